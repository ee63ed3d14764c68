import type { Book } from "./book.js";
import type { Removal } from "./method.js";

const MOST_STEPS = 60;
/** Newton's error squares: after a step this small the next would be below rounding. */
const LAST_STEP = 1e-9;

/**
 * Raise to a power: p = q^k with k such that the probabilities sum to `winners`.
 *
 * Takes more from longshots than from favourites, stays inside (0, 1). Parameter k: 1 for a fair book, above 1 with a
 * margin, below with an underround.
 * Source    Clarke, Kovalchik & Ingram, "Adjusting bookmaker's odds to allow for overround", 2017.
 */
export function power({ inverse, winners }: Book): Removal {
  const logs = Float64Array.from(inverse, Math.log);
  const exponent = powerExponent(logs, winners);
  return { probabilities: inverse.map((_, i) => Math.exp(exponent * logs[i])), parameter: exponent };
}

/**
 * The hot form: margin-free probabilities of one winner into the caller's buffer, nothing allocated.
 *
 * Shape    `out` and `prices` hold one entry a runner, equally long; `out` may be `prices`.
 * Returns  the exponent, > 0; or 0, with `out` left alone, when there are fewer than two runners or a price is not a
 *          finite number above 1.
 */
export function powerProbabilities(out: Float64Array, prices: Float64Array): number {
  if (prices.length < 2) return 0;
  for (let i = 0; i < prices.length; i++) if (!(prices[i] > 1 && prices[i] < Infinity)) return 0;
  for (let i = 0; i < prices.length; i++) out[i] = -Math.log(prices[i]);
  const exponent = powerExponent(out, 1);
  for (let i = 0; i < prices.length; i++) out[i] = Math.exp(exponent * out[i]);
  return exponent;
}

/**
 * Newton's method on sum(exp(k log q)) = winners. The sum is convex and decreasing in k: from the second step on the
 * iterates climb to the root from the left and cannot overshoot.
 */
function powerExponent(logs: Float64Array, winners: number): number {
  let exponent = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    let excess = -winners;
    let slope = 0;
    for (let i = 0; i < logs.length; i++) {
      const p = Math.exp(exponent * logs[i]);
      excess += p;
      slope += p * logs[i];
    }
    const change = excess / slope;
    exponent -= change;
    if (Math.abs(change) <= LAST_STEP * exponent) break;
  }
  return exponent;
}
