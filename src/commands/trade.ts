import { appendFileSync } from "node:fs";
import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { isStatisticoError } from "../core/errors.js";
import { countFlag } from "./shared/flags.js";
import type { TradeOptions } from "./shared/trade-run.js";
import { modeOf, tradingOptions } from "./shared/trading-options.js";

interface Options extends TradeOptions {
  readonly log?: string;
}

const EXAMPLES = `Examples:
  statistico trade strategies/value.yaml --dry-run       what it would bet on stored prices, and why not
  statistico trade strategies/value.yaml --once          on paper: what cron runs
  statistico trade strategies/ --watch --every 60        on paper until told to stop
  statistico trade demo.yaml --live --profile practice --confirm practice
  statistico trade value.yaml --live --confirm ACCOUNT --credentials-file betfair.json --limits limits.yaml
`;

export const define: Define = (command, withApp) => {
  tradingOptions(command)
    .argument("[files...]", "strategies, YAML files or folders of them")
    .addHelpText("before", EXAMPLES)
    .option("--confirm <account>", "with --live: the name of the account, typed out")
    .option("--once", "one round: reconcile, read, decide, place (the default)")
    .option("--watch", "round after round until told to stop")
    .option("--every <seconds>", "between rounds of --watch", countFlag, 30)
    .option("-n, --dry-run", "decide and show; write nothing, send nothing")
    .option("--reconcile-only", "hold ledger and venue against each other, and stop")
    .option(
      "--attempts <n>",
      "copies of one request at most while the venue knows them for one",
      countFlag,
      1,
    )
    .option("--allow-code", "run the code that a strategy names, with all rights of this program")
    .option("--log <file>", "one line of JSON for each round, and for what ended the run")
    .action(withApp(logged));
};

/** What ends a run stands in its log, too: cron's mail may go unread. */
async function logged(app: App, files: readonly string[], options: Options): Promise<void> {
  try {
    // Before the models are loaded: who finds the lock taken is gone at once.
    if (!options.dryRun) await app.lock(`trade ${modeOf(options)}`);
    const { runTrade } = await import("./shared/trade-run.js");
    await runTrade(app, files, options, (what) => log(app, options, what));
  } catch (error) {
    if (isStatisticoError(error)) log(app, options, { error: error.kind, message: error.message });
    throw error;
  }
}

function log(app: App, { log: path, ...options }: Options, what: object): void {
  if (path === undefined) return;
  const line = { at: formatInstant(app.clock.now()), mode: modeOf(options), pid: process.pid, ...what };
  appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
}
