import { invariant } from "../core/assert.js";
import type { Rng } from "../core/rng.js";
import { normalTwoSidedTail } from "./scoring-interval.js";

/** Mean of loss differences with its doubt. Negative: the first forecaster was better. */
export interface Comparison {
  readonly n: number;
  readonly clusters: number;
  readonly mean: number;
  readonly standardError: number;
  /** mean / standardError. */
  readonly statistic: number;
  /** Two-sided, normal. */
  readonly pValue: number;
}

export interface BootstrapInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly clusters: number;
  readonly replicates: number;
}

/** Sum and count of each cluster's differences: all that the mean and its variance need. */
interface ClusterSums {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Diebold and Mariano's test on loss differences that are dependent within a cluster (a match day) and not between.
 *
 *   variance of the mean = G / (G - 1) x sum over clusters of (sum of residuals)^2 / n^2
 *
 * `clusterOf[i]`: any number naming the cluster of difference i. Null with fewer than two clusters: no variance then.
 * Source   Diebold & Mariano, JBES 13(3), 1995; cluster variance Liang & Zeger, Biometrika 73, 1986.
 */
export function dieboldMariano(
  differences: ArrayLike<number>,
  clusterOf: ArrayLike<number>,
): Comparison | null {
  const { sums, counts } = clusterSums(differences, clusterOf);
  if (sums.length < 2) return null;
  const n = differences.length;
  const mean = total(sums) / n;
  let squares = 0;
  for (let c = 0; c < sums.length; c++) squares += (sums[c] - counts[c] * mean) ** 2;
  const standardError = Math.sqrt((squares * sums.length) / (sums.length - 1)) / n;
  const statistic = standardError === 0 && mean === 0 ? 0 : mean / standardError;
  return { n, clusters: sums.length, mean, standardError, statistic, pValue: normalTwoSidedTail(statistic) };
}

/**
 * Percentile interval of the mean difference, whole clusters drawn with replacement.
 *
 * Works on cluster sums: a replicate costs the number of clusters, not of matches. `level` 0.95 gives the 2.5% and
 * 97.5% points. Null without differences.
 * Source   Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13.
 */
export function clusteredBootstrap(
  differences: ArrayLike<number>,
  clusterOf: ArrayLike<number>,
  rng: Rng,
  { replicates = 2000, level = 0.95 } = {},
): BootstrapInterval | null {
  const { sums, counts } = clusterSums(differences, clusterOf);
  const clusters = sums.length;
  if (clusters === 0) return null;
  const means = new Float64Array(replicates);
  for (let r = 0; r < replicates; r++) {
    let sum = 0;
    let n = 0;
    for (let c = 0; c < clusters; c++) {
      const drawn = Math.floor(rng() * clusters);
      sum += sums[drawn];
      n += counts[drawn];
    }
    means[r] = sum / n;
  }
  means.sort();
  const mean = total(sums) / differences.length;
  const tail = (1 - level) / 2;
  return { mean, low: quantile(means, tail), high: quantile(means, 1 - tail), clusters, replicates };
}

/** Quantile of ascending values, linear between order statistics (type 7 of Hyndman & Fan, 1996). */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  invariant(ascending.length > 0 && share >= 0 && share <= 1, `a quantile must lie in [0, 1], was ${share}`);
  const place = share * (ascending.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
}

function clusterSums(differences: ArrayLike<number>, clusterOf: ArrayLike<number>): ClusterSums {
  invariant(differences.length === clusterOf.length, "every difference needs a cluster");
  const slots = new Map<number, number>();
  for (let i = 0; i < clusterOf.length; i++)
    if (!slots.has(clusterOf[i])) slots.set(clusterOf[i], slots.size);
  const sums = new Float64Array(slots.size);
  const counts = new Float64Array(slots.size);
  for (let i = 0; i < differences.length; i++) {
    const slot = slots.get(clusterOf[i]) ?? 0;
    sums[slot] += differences[i];
    counts[slot] += 1;
  }
  return { sums, counts };
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
