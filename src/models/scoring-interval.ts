import { invariant } from "../core/assert.js";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95% point of the standard normal distribution. */
export const NORMAL_95 = 1.959963984540054;

/**
 * Wilson's score interval of a share: `hits` of `n`.
 *
 * Holds its coverage for small n and shares near 0 or 1, where the usual one does not; [0, 1] when n = 0.
 * Source   Wilson, JASA 22, 1927; Brown, Cai & DasGupta, Statistical Science 16(2), 2001.
 */
export function wilsonInterval(hits: number, n: number, z = NORMAL_95): Interval {
  invariant(n >= 0 && hits >= 0 && hits <= n, `hits must lie between 0 and ${n}, was ${hits}`);
  if (n === 0) return { low: 0, high: 1 };
  const share = hits / n;
  const shrink = 1 / (1 + (z * z) / n);
  const centre = shrink * (share + (z * z) / (2 * n));
  const reach = shrink * z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: hits === 0 ? 0 : centre - reach, high: hits === n ? 1 : centre + reach };
}

const NORMAL_SERIES_END = 5;

/** Probability that a standard normal variable lies beyond |z|, on both sides. Relative error below 1e-9 for |z| < 30. */
export function normalTwoSidedTail(z: number): number {
  const x = Math.abs(z);
  return x < NORMAL_SERIES_END ? 1 - 2 * normalHalfMass(x) : 2 * millsTail(x);
}

/** P(0 < Z < x) by the all-positive series exp(-x^2/2) (x + x^3/3 + x^5/15 + ...) / sqrt(2 pi). */
function normalHalfMass(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return normalDensity(x) * sum;
}

/** P(Z > x), x >= 5, by Laplace's continued fraction x + 1/(x + 2/(x + 3/(x + ...))). */
function millsTail(x: number): number {
  let fraction = x;
  for (let k = 60; k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}

function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}
