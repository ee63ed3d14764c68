import { appendFileSync, existsSync } from "node:fs";
import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { EXIT, isStatisticoError, StatisticoError } from "../core/errors.js";
import { present } from "../report/present.js";
import type { Cycle } from "../trader/cycle.js";
import type { Floor } from "../trader/floor.js";
import { DEFAULT_LIMITS } from "../trader/limits.js";
import { refuseUnready } from "../trader/live-gates.js";
import {
  cycleOrRefuse,
  noteOf,
  noteRun,
  openFloor,
  type RunNote,
  reconcileOrRefuse,
  refuseUnresolved,
} from "../trader/run.js";
import type { Ledger, LedgerMode } from "../warehouse/ledger/port.js";
import { countFlag } from "./shared/flags.js";
import { interruptible } from "./shared/interruptible.js";
import { loadCode } from "./shared/strategy-code.js";
import { readStrategies } from "./shared/strategy-file.js";
import { planLines } from "./shared/trade-plan.js";
import { OFFER_COLUMNS, offerRows, runDocument, runLine } from "./shared/trade-rows.js";
import {
  type LoadedStrategy,
  ledgerPath,
  limitsOf,
  modeOf,
  type OpenedTrading,
  openTrading,
  refuseSources,
  type TradingFlags,
} from "./shared/trading.js";
import { tradingOptions } from "./shared/trading-options.js";

interface Options extends TradingFlags {
  readonly confirm?: string;
  readonly once?: boolean;
  readonly watch?: boolean;
  readonly every: number;
  readonly dryRun?: boolean;
  readonly reconcileOnly?: boolean;
  readonly attempts: number;
  readonly allowCode?: boolean;
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
    await trade(app, files, options);
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

async function trade(app: App, files: readonly string[], options: Options): Promise<void> {
  const strategies = await loadStrategies(files, options);
  const mode = modeOf(options);
  const limits = limitsOf(app, options.limits);
  if (mode !== "paper") refuseUnready(strategies, limits, options.confirm);
  for (const line of planLines({ mode, strategies, limits: limits ?? DEFAULT_LIMITS, options }))
    app.console.say(line);
  const path = ledgerPath(app, mode, options.ledger);
  if (!options.dryRun) await app.lock(`trade ${mode}`);
  const ledger = await openFor(app, path, mode, options.dryRun === true);
  const stop = interruptible();
  let opened: OpenedTrading | null = null;
  try {
    opened = await openTrading(app, options, {
      mode,
      ledger,
      strategies,
      limits: limits ?? DEFAULT_LIMITS,
      mostAttempts: options.attempts,
      signal: stop.signal,
    });
    const floor = await openFloor(opened.trading, mode === "paper" ? undefined : options.confirm);
    if (options.watch) await watch(app, floor, opened, options, stop.signal);
    else await once(app, floor, opened, options);
  } finally {
    await opened?.close();
    ledger.close();
    stop.release();
  }
  if (stop.signal.aborted) process.exitCode = stop.exitCode();
}

/** A dry run reads the ledger, and makes none where there is none. */
function openFor(app: App, path: string, mode: LedgerMode, dryRun: boolean): Promise<Ledger> {
  if (!dryRun) return app.ledger(path, mode, "write");
  return existsSync(path) ? app.ledger(path, mode, "read") : app.ledger(":memory:", mode, "write");
}

async function loadStrategies(files: readonly string[], options: Options): Promise<LoadedStrategy[]> {
  if (files.length === 0 && !options.reconcileOnly)
    throw new StatisticoError(
      "usage",
      "no strategy to trade",
      "statistico trade strategies/value.yaml --dry-run",
    );
  const loaded: LoadedStrategy[] = [];
  for (const filed of files.flatMap((file) => readStrategies(file))) {
    const { strategy, picker } = await loadCode(filed, options.allowCode === true);
    loaded.push({ file: filed.file, strategy, picker });
  }
  const names = loaded.map(({ strategy }) => strategy.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new StatisticoError(
      "usage",
      `two strategies have one name, was ${twice}`,
      "give each a name of its own",
    );
  for (const each of loaded) refuseSources(each, options);
  return loaded;
}

interface Round {
  readonly cycle: Cycle | null;
  readonly note: RunNote;
}

/** Reconcile, then decide and place unless trading is stopped. */
async function round(floor: Floor, opened: OpenedTrading, options: Options, start: boolean): Promise<Round> {
  const names = opened.desk.strategies.map(({ strategy }) => strategy.name);
  if (options.dryRun) {
    const cycle = await cycleOrRefuse(floor, opened.desk, { dryRun: true, externalMinor: 0 });
    return { cycle, note: noteOf(names, cycle, 0) };
  }
  const found = await reconcileOrRefuse(floor, start);
  const { external, unknown } = found;
  if (external.orders > 0)
    floor.warn(
      `${external.orders} orders of other hands risk ${(external.riskMinor / 100).toFixed(2)}: counted, not touched`,
    );
  refuseUnresolved(floor, found);
  if (options.reconcileOnly) return { cycle: null, note: noteOf(names, null, unknown) };
  refuseHalted(floor);
  const cycle = await cycleOrRefuse(floor, opened.desk, { dryRun: false, externalMinor: external.riskMinor });
  const left = [...floor.book.active(floor.clock.now())].filter(
    ({ state }) => state.stage === "UNKNOWN",
  ).length;
  const note = noteOf(names, cycle, left);
  noteRun(floor.book.ledger, floor.clock.now(), note);
  return { cycle, note };
}

function refuseHalted(floor: Floor): void {
  const reason = floor.halted();
  if (reason !== null) throw new StatisticoError("safetyStop", reason, "statistico resume");
}

async function once(app: App, floor: Floor, opened: OpenedTrading, options: Options): Promise<void> {
  const { cycle, note } = await round(floor, opened, options, true);
  const rows = offerRows(cycle);
  present(app, {
    schema: "statistico/trade@1",
    document: runDocument(opened.trading.mode, note, cycle, rows),
    columns: OFFER_COLUMNS,
    rows,
  });
  for (const reason of cycle?.unmatched ?? []) app.console.detail(`not bet: ${reason}`);
  app.console.say(runLine(opened.trading.mode, note, options.dryRun === true, cycle?.unmatched.length ?? 0));
  log(app, options, note);
  if (note.unknown > floor.limits.maxUnknown) process.exitCode = EXIT.unresolvedBet;
}

/** Rounds until told to stop. What the venue cannot answer now it may answer next time; a safety stop ends it. */
async function watch(
  app: App,
  floor: Floor,
  opened: OpenedTrading,
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  let start = true;
  while (!signal.aborted) {
    try {
      const { note, cycle } = await round(floor, opened, options, start);
      start = false;
      log(app, options, note);
      app.console.say(
        runLine(opened.trading.mode, note, options.dryRun === true, cycle?.unmatched.length ?? 0),
      );
    } catch (error) {
      if (!isStatisticoError(error) || error.kind !== "failed") throw error;
      app.console.warn(`${error.message}; tried again in ${options.every} s`);
    }
    await floor.clock.sleep(options.every * 1000);
  }
}
