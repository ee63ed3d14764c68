import type { Day } from "../../core/day.js";
import type { Minor } from "../../domain/money.js";

/** The bank at the end of a match day. */
export interface EquityPoint {
  readonly day: Day;
  readonly bankMinor: Minor;
}

export interface Drawdown {
  readonly amountMinor: Minor;
  /** Of the peak it fell from. */
  readonly share: number;
  /** Calendar days from the peak until it was reached again, or to the last point. */
  readonly days: number;
}

/**
 * Deepest fall of a bank below its highest point so far, by amount; the first of equals. `startMinor` on the day of
 * the first point is the first peak.
 */
export function maxDrawdown(startMinor: Minor, points: readonly EquityPoint[]): Drawdown {
  let peak = { day: points[0]?.day ?? 0, bankMinor: startMinor };
  let deepest = { amountMinor: 0, peak };
  for (const point of points) {
    if (point.bankMinor >= peak.bankMinor) peak = point;
    const fall = peak.bankMinor - point.bankMinor;
    if (fall > deepest.amountMinor) deepest = { amountMinor: fall, peak };
  }
  if (deepest.amountMinor === 0) return { amountMinor: 0, share: 0, days: 0 };
  const from = deepest.peak;
  const recovered = points.find(({ day, bankMinor }) => day > from.day && bankMinor >= from.bankMinor);
  const end = recovered ?? points[points.length - 1];
  return {
    amountMinor: deepest.amountMinor,
    share: deepest.amountMinor / from.bankMinor,
    days: end.day - from.day,
  };
}

/** Longest run of losing bets one after another; bets whose stake came back neither lengthen nor end it. */
export function longestLosingRun(profitsMinor: readonly Minor[]): number {
  let longest = 0;
  let run = 0;
  for (const profit of profitsMinor) {
    if (profit < 0) run++;
    else if (profit > 0) run = 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
