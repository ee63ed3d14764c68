import type { Market, Runner } from "../domain/market.js";

/** Whether one source's prices of one market can be believed. */
export type BookCheck =
  | { readonly kind: "sane"; readonly overround: number }
  | { readonly kind: "incomplete"; readonly missing: readonly Runner[] }
  | { readonly kind: "implausible"; readonly overround: number; readonly limit: number };

export interface BookLimits {
  /** Below this the prices are stale or mistyped, not generous: -0.02 by default. */
  readonly minOverround?: number;
  /** Above this the book is not trying: 0.05 a runner by default, 0.15 for three. */
  readonly maxOverround?: number;
}

const LEAST_OVERROUND = -0.02;
const MOST_OVERROUND_PER_RUNNER = 0.05;

/** Check the prices of all runners that can win; `prices` may hold more. */
export function checkBook(
  market: Market,
  runners: readonly Runner[],
  prices: ReadonlyMap<Runner, number>,
  limits: BookLimits = {},
): BookCheck {
  const missing = runners.filter((runner) => !prices.has(runner));
  if (missing.length > 0) return { kind: "incomplete", missing };
  const least = limits.minOverround ?? LEAST_OVERROUND;
  const most = limits.maxOverround ?? MOST_OVERROUND_PER_RUNNER * runners.length;
  const overround = overroundOf(market, runners, prices);
  if (overround < least) return { kind: "implausible", overround, limit: least };
  return overround > most ? { kind: "implausible", overround, limit: most } : { kind: "sane", overround };
}

/** Sum of 1 / price less the number of runners that win: two in double chance, else one. */
function overroundOf(
  market: Market,
  runners: readonly Runner[],
  prices: ReadonlyMap<Runner, number>,
): number {
  const taken = runners.reduce((sum, runner) => sum + 1 / (prices.get(runner) ?? Infinity), 0);
  return taken - (market === "DOUBLE_CHANCE" ? 2 : 1);
}
