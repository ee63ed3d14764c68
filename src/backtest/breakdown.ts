import { roundTo } from "../core/number.js";
import { createRng } from "../core/rng.js";
import { toDecimal } from "../domain/money.js";
import type { Bet } from "./bet.js";
import { matchDays, sumOf } from "./match-day.js";
import { type Interval, ratioInterval } from "./statistics/ratio-interval.js";

/** A share or a rate with its 95% interval; null where there is nothing to take it of. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Return of a part of the bets, as the JSON document shows it. */
export interface Part {
  readonly bets: number;
  readonly won: number;
  readonly staked: number;
  readonly profit: number;
  readonly roi: Estimate;
  readonly clv: { readonly mean: number | null; readonly coverage: number };
}

/** Random streams of one seed: one a statistic, so that none depends on what was drawn before it. */
export const STREAM = { roi: 1, clv: 2, luck: 3, parts: 100 } as const;

export const DIGITS = 6;

/** Profit over stakes, match days drawn together. */
export function returnOnStakes(bets: readonly Bet[], seed: number, stream: number): Estimate {
  const days = matchDays(bets);
  const staked = sumOf(days, ({ stakedMinor }) => stakedMinor);
  if (staked === 0) return { value: null, low: null, high: null };
  const clusters = days.map(({ profitMinor, stakedMinor }) => ({ top: profitMinor, bottom: stakedMinor }));
  return estimate(
    sumOf(days, ({ profitMinor }) => profitMinor) / staked,
    ratioInterval(clusters, createRng(seed, stream)),
  );
}

export function estimate(value: number, interval: Interval | null): Estimate {
  return {
    value: roundTo(value, DIGITS),
    low: interval === null ? null : roundTo(interval.low, DIGITS),
    high: interval === null ? null : roundTo(interval.high, DIGITS),
  };
}

/** The bets in parts by a key, parts in the order of `order`. */
export function partsBy<K extends string | number>(
  bets: readonly Bet[],
  keyOf: (bet: Bet) => K,
  order: (a: K, b: K) => number,
  seed: number,
): { readonly key: K; readonly part: Part }[] {
  const groups = new Map<K, Bet[]>();
  for (const bet of bets) {
    const group = groups.get(keyOf(bet));
    if (group) group.push(bet);
    else groups.set(keyOf(bet), [bet]);
  }
  return [...groups]
    .sort(([a], [b]) => order(a, b))
    .map(([key, own], index) => ({ key, part: partOf(own, seed, STREAM.parts + index) }));
}

function partOf(bets: readonly Bet[], seed: number, stream: number): Part {
  const judged = bets.flatMap(({ closingLineValue }) =>
    closingLineValue === null ? [] : [closingLineValue],
  );
  return {
    bets: bets.length,
    won: bets.filter(({ outcome }) => outcome === "won" || outcome === "half-won").length,
    staked: toDecimal(sumOf(bets, ({ stakeMinor }) => stakeMinor)),
    profit: toDecimal(sumOf(bets, ({ profitMinor }) => profitMinor)),
    roi: returnOnStakes(bets, seed, stream),
    clv: {
      mean: judged.length === 0 ? null : roundTo(sumOf(judged, (each) => each) / judged.length, DIGITS),
      coverage: roundTo(judged.length / bets.length, DIGITS),
    },
  };
}

/** Lower ends of the edge bands; the band below the first takes everything under it. */
const EDGE_BANDS = [0, 0.02, 0.05, 0.1, 0.2];

/** Index of the band an edge lies in: 0 = negative. */
export function edgeBand(edge: number): number {
  return EDGE_BANDS.filter((low) => edge >= low).length;
}

export function edgeBandEnds(band: number): { readonly from: number | null; readonly to: number | null } {
  return { from: EDGE_BANDS[band - 1] ?? null, to: EDGE_BANDS[band] ?? null };
}

/** Lower ends of the price bands. */
const PRICE_BANDS = [1.5, 2, 3, 5, 10];

/** Index of the band a price lies in: 0 = below the first. */
export function priceBand(price: number): number {
  return PRICE_BANDS.filter((low) => price >= low).length;
}

export function priceBandEnds(band: number): { readonly from: number | null; readonly to: number | null } {
  return { from: PRICE_BANDS[band - 1] ?? null, to: PRICE_BANDS[band] ?? null };
}
