import { invariant } from "../core/assert.js";

/** Rates beyond this are no expected goals: forecasters refuse them, the kernels treat them as a bug. */
export const MAX_RATE = 100;

/**
 * Fill `out` with P(X = k), k = 0 .. out.length - 1, for X ~ Poisson(rate).
 *
 * One exponential, then P(k) = P(k - 1) rate / k: relative error about k rounding units, no factorial to overflow.
 * Units    `rate`: expected count, 0 < rate <= MAX_RATE.
 * Throws   InvariantError when the rate is out of range.
 */
export function fillPoissonPmf(out: Float64Array, rate: number): void {
  assertRate(rate);
  let p = Math.exp(-rate);
  for (let k = 0; k < out.length; k++) {
    out[k] = p;
    p *= rate / (k + 1);
  }
}

/** P(X > k) for X ~ Poisson(rate), summed from the tail's first term so that small tails keep their digits. */
export function poissonUpperTail(k: number, rate: number): number {
  let p = Math.exp(-rate);
  let below = p;
  for (let j = 1; j <= k; j++) {
    p *= rate / j;
    below += p;
  }
  return k < rate ? 1 - below : tailFrom(p, k, rate);
}

function tailFrom(pmfAtK: number, k: number, rate: number): number {
  let term = (pmfAtK * rate) / (k + 1);
  let sum = 0;
  for (let j = k + 2; sum + term > sum; j++) {
    sum += term;
    term *= rate / j;
  }
  return sum;
}

/** Smallest k >= `atLeast` with P(X > k) < mass; the geometric bound of the tail stands for the tail. */
export function poissonReach(rate: number, mass: number, atLeast: number): number {
  assertRate(rate);
  let p = Math.exp(-rate);
  for (let k = 0; ; k++) {
    const next = (p * rate) / (k + 1);
    const ratio = rate / (k + 2);
    if (k >= atLeast && ratio < 1 && next < mass * (1 - ratio)) return k;
    p = next;
  }
}

/** States that a rate is a positive, finite number of goals the kernels can carry. */
export function assertRate(rate: number): void {
  invariant(rate > 0 && rate <= MAX_RATE, `a goal rate must lie in (0, ${MAX_RATE}], was ${rate}`);
}
