import type { Strategy } from "../strategy/strategy.js";
import type { Bet } from "./bet.js";
import type { Hash } from "./data-hash.js";
import { type BacktestDocument, backtestDocument, equityOf } from "./document.js";
import { type BacktestSource, readInputs } from "./inputs.js";
import { type ModelRegistry, modelEntry } from "./model.js";
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
  { seed, version, models, hash, trials = { count: 1, sharpeVariance: null }, onSlot }: BacktestOptions,
): Promise<Backtest> {
  const entry = modelEntry(strategy, models);
  const inputs = await readInputs(warehouse, strategy, entry);
  const walk = walkForward(inputs, strategy, entry, { onSlot });
  return {
    document: backtestDocument(inputs, strategy, walk, { seed, version, hash, trials }),
    bets: walk.bets,
    equity: equityOf(strategy, walk),
  };
}
