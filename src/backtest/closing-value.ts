import { roundTo } from "../core/number.js";
import { createRng } from "../core/rng.js";
import type { Bet } from "./bet.js";
import { DIGITS, estimate, STREAM } from "./breakdown.js";
import { matchDays, sumOf } from "./match-day.js";
import { ratioInterval } from "./statistics/ratio-interval.js";

/** Closing line value of the bets that have a closing price; `coverage` says how many do. */
export interface ClosingSummary {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Share of the judged bets with a price better than the fair close. */
  readonly beatShare: number | null;
  readonly coverage: number | null;
  /** How many bets each source judged. */
  readonly sources: readonly { readonly source: string; readonly bets: number }[];
}

/** Mean with its interval by match day, unweighted by stakes: price x fair close - 1. */
export function closingSummary(bets: readonly Bet[], seed: number): ClosingSummary {
  const judged = bets.filter(({ closingLineValue }) => closingLineValue !== null);
  const coverage = bets.length === 0 ? null : roundTo(judged.length / bets.length, DIGITS);
  if (judged.length === 0)
    return { mean: null, low: null, high: null, beatShare: null, coverage, sources: [] };
  const clusters = matchDays(judged).map((day) => ({
    top: sumOf(day.bets, valueOfBet),
    bottom: day.bets.length,
  }));
  const { value, low, high } = estimate(
    sumOf(judged, valueOfBet) / judged.length,
    ratioInterval(clusters, createRng(seed, STREAM.clv)),
  );
  const beating = judged.filter((bet) => valueOfBet(bet) > 0).length;
  const beatShare = roundTo(beating / judged.length, DIGITS);
  return { mean: value, low, high, beatShare, coverage, sources: sourcesOf(judged) };
}

function valueOfBet(bet: Bet): number {
  return bet.closingLineValue ?? 0;
}

function sourcesOf(judged: readonly Bet[]): { source: string; bets: number }[] {
  const counts = new Map<string, number>();
  for (const { closing } of judged)
    if (closing !== null) counts.set(closing.source, (counts.get(closing.source) ?? 0) + 1);
  return [...counts]
    .map(([source, bets]) => ({ source, bets }))
    .sort((a, b) => b.bets - a.bets || (a.source < b.source ? -1 : 1));
}
