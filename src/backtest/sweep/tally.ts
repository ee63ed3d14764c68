import type { Day } from "../../core/day.js";
import type { Bet } from "../bet.js";

/** What the bets of one configuration add up to. */
export interface Tally {
  readonly bets: number;
  readonly won: number;
  /** Bets with a closing price, and the sum of what they were worth against it. */
  readonly judged: number;
  readonly closingValue: number;
  /** On the axis of match days, a day without bets being 0. */
  readonly dayProfitMinor: Float64Array;
  readonly dayStakedMinor: Float64Array;
}

/** `axis`: places of the match days. */
export function tallyOf(bets: readonly Bet[], axis: ReadonlyMap<Day, number>): Tally {
  const dayProfitMinor = new Float64Array(axis.size);
  const dayStakedMinor = new Float64Array(axis.size);
  for (const { fixture, profitMinor, stakeMinor } of bets) {
    const day = axis.get(fixture.day) ?? 0;
    dayProfitMinor[day] += profitMinor;
    dayStakedMinor[day] += stakeMinor;
  }
  const values = bets.flatMap(({ closingLineValue }) => closingLineValue ?? []);
  return {
    bets: bets.length,
    won: bets.filter(({ outcome }) => outcome === "won").length,
    judged: values.length,
    closingValue: values.reduce((sum, value) => sum + value, 0),
    dayProfitMinor,
    dayStakedMinor,
  };
}
