import type { Rng } from "../../core/rng.js";
import { quantile } from "../../models/scoring-comparison.js";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Sums of one cluster: a match day's profit and stakes, say. */
export interface ClusterSum {
  readonly top: number;
  readonly bottom: number;
}

const REPLICATES = 2000;

/**
 * 95% percentile interval of sum(top) / sum(bottom), whole clusters drawn with replacement, 2,000 times.
 *
 * Works on the sums of the clusters, so that a replicate costs their number and not the number of bets. Null with
 * fewer than two clusters: nothing can be said of the spread then.
 * Source   Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13.
 */
export function ratioInterval(clusters: readonly ClusterSum[], rng: Rng): Interval | null {
  const drawn = clusters.length;
  if (drawn < 2) return null;
  const tops = Float64Array.from(clusters, ({ top }) => top);
  const bottoms = Float64Array.from(clusters, ({ bottom }) => bottom);
  const ratios = new Float64Array(REPLICATES);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    let top = 0;
    let bottom = 0;
    for (let draw = 0; draw < drawn; draw++) {
      const cluster = Math.floor(rng() * drawn);
      top += tops[cluster];
      bottom += bottoms[cluster];
    }
    ratios[replicate] = top / bottom;
  }
  ratios.sort();
  return { low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) };
}
