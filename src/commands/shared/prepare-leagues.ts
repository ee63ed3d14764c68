import { availableParallelism } from "node:os";
import type { App } from "../../app.js";
import { refuseMissing } from "../../backtest/inputs.js";
import { modelsOf } from "../../backtest/model.js";
import { type PreparedLeague, prepareLeague } from "../../backtest/prepared.js";
import { type Scene, sceneOf } from "../../backtest/sights.js";
import { FORECASTERS } from "../../compiler/forecasters.js";
import { invariant } from "../../core/assert.js";
import { compareText } from "../../domain/fixture.js";
import { sha256Of } from "../../ingest/archive.js";
import type { Strategy } from "../../strategy/strategy.js";
import type { LeagueSummary, Warehouse } from "../../warehouse/port.js";
import { type LeagueStore, openLeagueStore } from "./league-store.js";
import { inWorkers } from "./league-workers.js";

/** Where leagues are prepared: this thread's database, what is known of it, and the store of earlier preparations. */
export interface Bench {
  readonly warehouse: Warehouse;
  readonly summaries: readonly LeagueSummary[];
  readonly store: LeagueStore;
}

export async function openBench(app: App, warehouse: Warehouse, fresh: boolean): Promise<Bench> {
  const summaries = await warehouse.leagues();
  return { warehouse, summaries, store: await openLeagueStore(app, warehouse, summaries, fresh) };
}

export interface ThreadOptions {
  /** The command that the threads run, with the flags of this process. */
  readonly command: string;
  /** Threads at most; undefined takes one a core. */
  readonly workers: number | undefined;
  /** Put before the name of a thread's task. */
  readonly prefix?: string;
  readonly onLeague: (league: string, done: number) => void;
}

/** A league of one of the strategies that a command works on, as the name of a thread's task. */
export function leagueTask(strategy: number, league: string): string {
  return `${strategy} ${league}`;
}

/** In a thread: do a task of `leagueTask`. */
export function doLeagueTask(
  bench: Bench,
  strategies: readonly Strategy[],
  task: string,
): Promise<PreparedLeague> {
  const [index, league] = task.split(" ");
  const strategy = strategies[Number(index)];
  invariant(strategy !== undefined && league !== undefined, "a thread knows the strategies of its command");
  return storedOrPrepared(bench, strategy, league);
}

/** One league, from the store or made and stored. */
export async function storedOrPrepared(
  { warehouse, summaries, store }: Bench,
  strategy: Strategy,
  league: string,
): Promise<PreparedLeague> {
  const stored = store.read(strategy, league);
  if (stored !== null) return stored;
  const models = modelsOf(strategy, FORECASTERS);
  const prepared = await prepareLeague(warehouse, strategy, league, { models, hash: sha256Of, summaries });
  store.write(strategy, prepared);
  return prepared;
}

/** The scene of a strategy from prepared leagues. */
export async function sceneFor(bench: Bench, strategy: Strategy): Promise<Scene> {
  const leagues = [];
  for (const league of strategy.leagues) leagues.push(await storedOrPrepared(bench, strategy, league));
  return sceneOf(leagues, strategy);
}

/**
 * Every league of a strategy in the strategy's order: from the store, else in threads where there are several leagues
 * and cores, else one after the other. The same leagues whichever way.
 *
 * Throws   StatisticoError("data") when a league has no fixture in the strategy's seasons.
 */
export async function prepareLeagues(
  bench: Bench,
  strategy: Strategy,
  index: number,
  { command, workers, prefix = "", onLeague }: ThreadOptions,
): Promise<readonly PreparedLeague[]> {
  refuseMissing(strategy, bench.summaries);
  const found = new Map<string, PreparedLeague>();
  for (const league of strategy.leagues) keep(found, bench.store.read(strategy, league));
  const missing = largestFirst(
    strategy.leagues.filter((league) => !found.has(league)),
    bench.summaries,
  );
  const told = (task: string, done: number): void =>
    onLeague(task.split(" ").at(-1) ?? task, found.size + done);
  const threads = Math.min(workers ?? availableParallelism(), missing.length);
  const tasks = missing.map((league) => `${prefix}${leagueTask(index, league)}`);
  const made = threads > 1 ? await inWorkers<PreparedLeague>(command, tasks, threads, told) : null;
  for (const league of made ?? []) keep(found, league);
  for (const [done, league] of missing.entries()) {
    if (made !== null) break;
    onLeague(league, done + 1);
    keep(found, await storedOrPrepared(bench, strategy, league));
  }
  return strategy.leagues.flatMap((league) => found.get(league) ?? []);
}

function keep(found: Map<string, PreparedLeague>, league: PreparedLeague | null): void {
  if (league !== null) found.set(league.league, league);
}

/** So that no thread starts on the longest when the others are done. */
function largestFirst(leagues: readonly string[], summaries: readonly LeagueSummary[]): string[] {
  const sizes = new Map(summaries.map(({ code, results }) => [code, results]));
  return [...leagues].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || compareText(a, b));
}
