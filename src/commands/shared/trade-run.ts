import { existsSync } from "node:fs";
import type { App } from "../../app.js";
import { EXIT, isStatisticoError, StatisticoError } from "../../core/errors.js";
import { present } from "../../report/present.js";
import type { Cycle } from "../../trader/cycle.js";
import type { Floor } from "../../trader/floor.js";
import { DEFAULT_LIMITS } from "../../trader/limits.js";
import { refuseUnready } from "../../trader/live-gates.js";
import {
  cycleOrRefuse,
  noteOf,
  noteRun,
  openFloor,
  type RunNote,
  reconcileOrRefuse,
  refuseUnresolved,
} from "../../trader/run.js";
import type { Ledger, LedgerMode } from "../../warehouse/ledger/port.js";
import { interruptible } from "./interruptible.js";
import { ledgerPath } from "./ledger-place.js";
import { loadCode } from "./strategy-code.js";
import { readStrategies } from "./strategy-file.js";
import { planLines } from "./trade-plan.js";
import { OFFER_COLUMNS, offerRows, runDocument, runLine } from "./trade-rows.js";
import { type LoadedStrategy, limitsOf, type OpenedTrading, openTrading, refuseSources } from "./trading.js";
import { modeOf, type TradingFlags } from "./trading-options.js";

export interface TradeOptions extends TradingFlags {
  readonly confirm?: string;
  readonly once?: boolean;
  readonly watch?: boolean;
  readonly every: number;
  readonly dryRun?: boolean;
  readonly reconcileOnly?: boolean;
  readonly attempts: number;
  readonly allowCode?: boolean;
}

/** Trade under the lock that the command has taken; `log` is told each round. */
export async function runTrade(
  app: App,
  files: readonly string[],
  options: TradeOptions,
  log: (what: object) => void,
): Promise<void> {
  const strategies = await loadStrategies(files, options);
  const mode = modeOf(options);
  const limits = limitsOf(app, options.limits);
  if (mode !== "paper") refuseUnready(strategies, limits, options.confirm);
  for (const line of planLines({ mode, strategies, limits: limits ?? DEFAULT_LIMITS, options }))
    app.console.say(line);
  const path = ledgerPath(app, mode, options.ledger);
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
    if (options.watch) await watch(app, floor, opened, { options, log, signal: stop.signal });
    else await once(app, floor, opened, { options, log });
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

async function loadStrategies(files: readonly string[], options: TradeOptions): Promise<LoadedStrategy[]> {
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

interface Rounds {
  readonly options: TradeOptions;
  readonly log: (what: object) => void;
  readonly signal: AbortSignal;
}

interface Round {
  readonly cycle: Cycle | null;
  readonly note: RunNote;
}

/** Reconcile, then decide and place unless trading is stopped. */
async function round(
  floor: Floor,
  opened: OpenedTrading,
  options: TradeOptions,
  start: boolean,
): Promise<Round> {
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

async function once(
  app: App,
  floor: Floor,
  opened: OpenedTrading,
  { options, log }: Omit<Rounds, "signal">,
): Promise<void> {
  const { cycle, note } = await round(floor, opened, options, true);
  const rows = offerRows(cycle);
  present(app, {
    schema: "statistico/trade@1",
    document: runDocument(opened.trading.mode, note, cycle, rows),
    columns: OFFER_COLUMNS,
    rows,
  });
  for (const reason of cycle?.unmatched ?? []) app.console.detail(`not bet: ${reason}`);
  app.console.say(runLine(opened.trading.mode, note, options.dryRun === true, cycle));
  log(note);
  if (note.unknown > floor.limits.maxUnknown) process.exitCode = EXIT.unresolvedBet;
}

/** Rounds until told to stop. What the venue cannot answer now it may answer next time; a safety stop ends it. */
async function watch(
  app: App,
  floor: Floor,
  opened: OpenedTrading,
  { options, log, signal }: Rounds,
): Promise<void> {
  let start = true;
  while (!signal.aborted) {
    try {
      const { note, cycle } = await round(floor, opened, options, start);
      start = false;
      log(note);
      app.console.say(runLine(opened.trading.mode, note, options.dryRun === true, cycle));
    } catch (error) {
      if (!isStatisticoError(error) || error.kind !== "failed") throw error;
      app.console.warn(`${error.message}; tried again in ${options.every} s`);
    }
    await floor.clock.sleep(options.every * 1000);
  }
}
