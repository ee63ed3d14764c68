import type { Outcome } from "../../strategy/settlement.js";

/** How a runner may end for its backer; the columns hold places in this list. */
export const OUTCOMES: readonly Outcome[] = ["won", "half-won", "push", "half-lost", "lost", "void"];

/**
 * Every bet that strategies differing in entry rules, filters, runners, staking, bank and limits alone can strike on a
 * scene, in columns over shared memory: threads read one copy. Rows in the order in which they are decided.
 */
export interface LeanTable {
  readonly slots: SlotColumns;
  readonly sights: SightColumns;
  readonly rows: RowColumns;
  readonly moves: MoveColumns;
  /** Names that `rows.runner` holds the places of. */
  readonly runners: readonly string[];
  /** UTC days from the first decision to the last settlement. */
  readonly utcDays: number;
  /** Match days of the axis that `sights.day` counts on. */
  readonly matchDays: number;
}

/** Decision instants on which anything can be bet, ascending. */
export interface SlotColumns {
  /** UTC day of the instant, the first one being 0. */
  readonly utcDay: Int32Array;
  /** First sight of each, and the end of the last: one longer. */
  readonly sights: Int32Array;
  /** First move that is known by each, and the end of those known by the last: one longer. The others come later. */
  readonly moves: Int32Array;
}

export interface SightColumns {
  /** Place of the match day on the axis of the sweep. */
  readonly day: Int32Array;
  /** First row of each, and the end of the last: one longer. */
  readonly rows: Int32Array;
}

export interface RowColumns {
  /** 1 = lay. */
  readonly lay: Uint8Array;
  /** Place in the table's `runners`. */
  readonly runner: Uint16Array;
  /** Bets of one fixture with one number are settled together: same source, same market. */
  readonly account: Uint16Array;
  /** As the source had it; what a range of prices is asked of. */
  readonly quoted: Float64Array;
  /** The worst price that will do; what is staked on. */
  readonly price: Float64Array;
  /** What is had; 0 where the bet is not filled. */
  readonly had: Float64Array;
  readonly edge: Float64Array;
  /** Edge in the eyes of the confirming model; NaN where it has none. */
  readonly second: Float64Array;
  /** Full Kelly, as the share of the bank at risk. */
  readonly kelly: Float64Array;
  /** What the size on offer lets a bet lose, minor units; infinite where the source gives none. */
  readonly depth: Float64Array;
  readonly commission: Float64Array;
  /** Closing line value at the price that is had; NaN without a closing price. */
  readonly closingValue: Float64Array;
  /** Under the last correction of the result. */
  readonly outcome: Uint8Array;
}

/** Settlements and corrections in the order in which they become known, slot by slot. */
export interface MoveColumns {
  readonly sight: Int32Array;
  /** UTC day on which it became known. */
  readonly utcDay: Int32Array;
  /** 1 = the first settlement of its sight: it frees the stakes. */
  readonly first: Uint8Array;
  /** Where the outcomes of the sight's rows begin in `outcomes`. */
  readonly start: Int32Array;
  readonly outcomes: Uint8Array;
}

export function sharedFloats(values: readonly number[]): Float64Array {
  const column = new Float64Array(new SharedArrayBuffer(8 * values.length));
  column.set(values);
  return column;
}

export function sharedIntegers(values: readonly number[]): Int32Array {
  const column = new Int32Array(new SharedArrayBuffer(4 * values.length));
  column.set(values);
  return column;
}

export function sharedBytes(values: readonly number[]): Uint8Array {
  const column = new Uint8Array(new SharedArrayBuffer(values.length));
  column.set(values);
  return column;
}

export function sharedWords(values: readonly number[]): Uint16Array {
  const column = new Uint16Array(new SharedArrayBuffer(2 * values.length));
  column.set(values);
  return column;
}
