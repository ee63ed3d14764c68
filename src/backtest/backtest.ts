import type { Picker } from "../strategy/pick.js";
import type { Strategy } from "../strategy/strategy.js";
import type { Bet } from "./bet.js";
import type { Hash } from "./data-hash.js";
import { type BacktestDocument, backtestDocument, equityOf } from "./document.js";
import { type BacktestSource, refuseMissing } from "./inputs.js";
import { type ModelRegistry, type Models, modelsOf } from "./model.js";
import { type PreparedLeague, prepareLeague } from "./prepared.js";
import type { EquityPoint } from "./statistics/drawdown.js";
import type { Trials } from "./statistics/sharpe.js";
import { walkForward } from "./walk.js";

export interface BacktestOptions {
  readonly seed: number;
  /** Of this program, for the record. */
  readonly version: string;
  readonly models: ModelRegistry;
  readonly hash: Hash;
  /** Configurations tried so far, this one included; one by default. */
  readonly trials?: Trials;
  /** Where the prepared leagues come from: threads, or a store of earlier ones; by default one after the other. */
  readonly prepare?: (strategy: Strategy, models: Models) => Promise<readonly PreparedLeague[]>;
  /** The strategy's code, where it is written in one. */
  readonly picker?: Picker | null;
  /** Told after every decision instant, for a progress bar. */
  readonly onSlot?: (done: number, of: number) => void;
}

export interface Backtest {
  readonly document: BacktestDocument;
  /** In the order in which they were struck. */
  readonly bets: readonly Bet[];
  /** The bank at the start and after each match day with bets. */
  readonly equity: readonly EquityPoint[];
}

/**
 * Replay a strategy over the seasons it names.
 *
 * The same warehouse content, strategy and seed give the same answer, byte for byte: time, chance and digest are
 * arguments.
 * Throws   StatisticoError("data") when a league has no fixtures in these seasons, ("usage") for a model that cannot
 *          be backtested or a parameter it does not have.
 */
export async function runBacktest(
  warehouse: BacktestSource,
  strategy: Strategy,
  {
    seed,
    version,
    models,
    hash,
    trials = { count: 1, sharpeVariance: null },
    prepare = prepareInTurn(warehouse, hash),
    picker = null,
    onSlot,
  }: BacktestOptions,
): Promise<Backtest> {
  const leagues = await prepare(strategy, modelsOf(strategy, models));
  const walk = walkForward(leagues, strategy, { picker, onSlot });
  return {
    document: backtestDocument(leagues, strategy, walk, { seed, version, hash, trials }),
    bets: walk.bets,
    equity: equityOf(strategy, walk),
  };
}

/** Leagues of a strategy one after the other, in its own order. */
export function prepareInTurn(
  warehouse: BacktestSource,
  hash: Hash,
): (strategy: Strategy, models: Models) => Promise<readonly PreparedLeague[]> {
  return async (strategy, models) => {
    const summaries = await warehouse.leagues();
    refuseMissing(strategy, summaries);
    const leagues: PreparedLeague[] = [];
    for (const league of strategy.leagues)
      leagues.push(await prepareLeague(warehouse, strategy, league, { models, hash, summaries }));
    return leagues;
  };
}
