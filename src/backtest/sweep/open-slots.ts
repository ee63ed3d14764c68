import { consider } from "../../strategy/decide.js";
import type { Range, Strategy } from "../../strategy/strategy.js";
import type { SightSlot } from "../sights.js";

/** Edges that could be had at each sight: to skip those on which a strategy certainly does not bet. */
export interface EdgeTable {
  readonly slot: Int32Array;
  readonly sight: Int32Array;
  readonly edge: Float64Array;
}

const OPEN: Range = { min: null, max: null };
/** Enough for any stake to be struck. */
const RICH_MINOR = 1e12;

/** What a strategy's entry rules are applied to, all else being as it is: strategies with equal texts share a table. */
export function edgeTableKey(strategy: Strategy): string {
  const { name: _name, description: _description, entry: _entry, staking: _staking, ...rest } = strategy;
  const { bankMinor: _bank, limits: _limits, ...kept } = rest;
  return JSON.stringify(kept);
}

/** The edges of every bet that the strategy would strike if its entry ranges were open and its stakes flat. */
export function edgeTable(strategy: Strategy, slots: readonly SightSlot[]): EdgeTable {
  const open: Strategy = {
    ...strategy,
    entry: { ...strategy.entry, edge: OPEN, price: OPEN },
    staking: { method: "flat", stakeMinor: 100, minStakeMinor: 0, maxStakeMinor: null },
    bankMinor: RICH_MINOR,
    limits: { perBetMinor: null, perFixtureMinor: null, perDayMinor: null, perDayLossMinor: null },
  };
  const account = { bankMinor: RICH_MINOR, openMinor: 0, dayRiskMinor: 0, dayLossMinor: 0 };
  const rows = slots.flatMap(({ sights }, slot) =>
    sights.flatMap(({ view }, sight) =>
      consider(open, { ...view, account }).intents.map(({ edge }) => ({ slot, sight, edge })),
    ),
  );
  return {
    slot: Int32Array.from(rows, (row) => row.slot),
    sight: Int32Array.from(rows, (row) => row.sight),
    edge: Float64Array.from(rows, (row) => row.edge),
  };
}

/**
 * The slots on which a strategy may bet, with the sights that have an edge in its range. Leaving the others out changes
 * no bet: a sight without such an edge has none, and money is settled by instants, not by slots.
 */
export function openSlots(
  { entry: { edge: range } }: Strategy,
  slots: readonly SightSlot[],
  { slot, sight, edge }: EdgeTable,
): SightSlot[] {
  const low = range.min ?? Number.NEGATIVE_INFINITY;
  const high = range.max ?? Number.POSITIVE_INFINITY;
  const open = new Map<number, Set<number>>();
  for (let row = 0; row < edge.length; row++) {
    if (edge[row] < low || edge[row] > high) continue;
    const own = open.get(slot[row]);
    if (own) own.add(sight[row]);
    else open.set(slot[row], new Set([sight[row]]));
  }
  return [...open].map(([index, chosen]) => ({
    ...slots[index],
    sights: slots[index].sights.filter((_, at) => chosen.has(at)),
  }));
}
