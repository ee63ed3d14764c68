import type { App, Define } from "../app.js";
import { StatisticoError } from "../core/errors.js";
import { FAULTS } from "../exchange/practice/faults.js";
import { present } from "../report/present.js";
import { auditPractice } from "./practice/audit.js";
import { type RunOptions, runPractice } from "./practice/run.js";
import { countFlag, instantFlag, numberFlag } from "./shared/flags.js";

interface Options extends RunOptions {
  readonly listFaults?: boolean;
}

const EXAMPLES = `Examples:
  statistico practice                                    an exchange of made-up matches on this machine
  statistico practice --seed 7 --faults storm --speed 20
  statistico practice --league SIM1 --at 2026-03-06   coming fixtures of the database, at that time
  statistico practice audit                              hold a trader's ledger against what happened
  statistico practice --fresh                            forget what was played and bet
`;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--port <n>", "port of the API on 127.0.0.1; 0 for any free one", countFlag, 0)
    .option("--seed <n>", "same seed, same matches, prices and faults", countFlag, 1)
    .option("--markets <n>", "made-up markets, three a match", countFlag, 30)
    .option("--league <code>", "the coming fixtures of this league of the database instead")
    .option("--at <instant>", "when practice time begins (default: now)", instantFlag)
    .option("--speed <n>", "how much faster than the wall practice time runs", numberFlag, 1)
    .option("--balance <amount>", "money to begin with, in pounds", countFlag, 10_000)
    .option("--faults <name>", '"storm", or a JSON file of chances by fault')
    .option("--script <name>", '"all-errors": answer orders with every error code in turn')
    .option("--folder <path>", "where its state is kept (default: practice/ beside the database)")
    .option("--fresh", "forget what was played and bet before")
    .option("--list-faults", "say which faults there are, and stop")
    .action(
      withApp(async (app, options: Options) => {
        if (options.listFaults) listFaults(app);
        else await runPractice(app, checked(options));
      }),
    );
  command
    .command("audit")
    .description("hold a trader's ledger against what happened: one line, exit code 6 on any violation")
    .option("--ledger <file>", "the trader's ledger (default: --db, or practice.ledger beside the database)")
    .option("--folder <path>", "where the practice exchange keeps its state")
    .action(withApp(auditPractice));
};

function checked(options: Options): Options {
  if (!(options.speed >= 0.1 && options.speed <= 100_000))
    throw new StatisticoError("usage", `--speed is from 0.1 to 100000, was ${options.speed}`, "--speed 20");
  if (options.markets < 1 || options.markets > 3000)
    throw new StatisticoError("usage", `--markets is from 1 to 3000, was ${options.markets}`, "--markets 30");
  if (options.script !== undefined && options.script !== "all-errors")
    throw new StatisticoError("usage", `there is no script "${options.script}"`, "--script all-errors");
  return options;
}

function listFaults(app: App): void {
  const rows = Object.entries(FAULTS).map(([fault, meaning]) => ({ fault, meaning }));
  present(app, {
    schema: "statistico/practice-faults@1",
    document: { faults: rows },
    columns: [
      { key: "fault", title: "fault" },
      { key: "meaning", title: "what happens" },
    ],
    rows,
  });
}
