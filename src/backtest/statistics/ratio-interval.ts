import type { Rng } from "../../core/rng.js";
import { quantile } from "../../models/scoring-comparison.js";
import { studentQuantile } from "../../models/student-quantile.js";
import { normalBelow, normalQuantile } from "./sharpe.js";

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
 * 95% interval of sum(top) / sum(bottom) over clusters: bias-corrected and accelerated bootstrap, whole clusters drawn
 * with replacement, 2,000 times.
 *
 * The plain percentiles are too narrow for few clusters and lie to one side where a few long prices make most of the
 * profit: bias and acceleration mend the second (acceleration from the jackknife over clusters), and the levels are
 * those of Student's t for the first, as far out as a normal interval with a known deviation would fall short.
 * Works on the sums of the clusters, so that a replicate costs their number and not the number of bets. Null with
 * fewer than two clusters: nothing can be said of the spread then.
 * Source   Efron, "Better bootstrap confidence intervals", JASA 82, 1987; Hesterberg, "What teachers should know about
 *          the bootstrap", American Statistician 69(4), 2015, section 5.1 (expanded levels).
 */
export function ratioInterval(clusters: readonly ClusterSum[], rng: Rng): Interval | null {
  const n = clusters.length;
  if (n < 2) return null;
  const tops = Float64Array.from(clusters, ({ top }) => top);
  const bottoms = Float64Array.from(clusters, ({ bottom }) => bottom);
  const ratios = drawnRatios(tops, bottoms, rng);
  const bias = biasOf(ratios, sum(tops) / sum(bottoms));
  const acceleration = accelerationOf(tops, bottoms);
  const reach = Math.sqrt(n / (n - 1)) * studentQuantile(n - 1);
  const levelAt = (z: number): number => {
    const from = bias + z;
    const stretch = 1 - acceleration * from;
    return stretch > 0 ? normalBelow(bias + from / stretch) : Number(z > 0);
  };
  return { low: quantile(ratios, levelAt(-reach)), high: quantile(ratios, levelAt(reach)) };
}

/** Ascending. */
function drawnRatios(tops: Float64Array, bottoms: Float64Array, rng: Rng): Float64Array {
  const ratios = new Float64Array(REPLICATES);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    let top = 0;
    let bottom = 0;
    for (let draw = 0; draw < tops.length; draw++) {
      const cluster = Math.floor(rng() * tops.length);
      top += tops[cluster];
      bottom += bottoms[cluster];
    }
    ratios[replicate] = top / bottom;
  }
  return ratios.sort();
}

/** How far the median of the draws lies from the ratio itself, in normal deviations; half of the ties count as below. */
function biasOf(ratios: Float64Array, ratio: number): number {
  let below = 0;
  for (const drawn of ratios) below += drawn < ratio ? 1 : Number(drawn === ratio) / 2;
  const share = below / REPLICATES;
  return normalQuantile(Math.min(1 - 1 / REPLICATES, Math.max(1 / REPLICATES, share)));
}

/** A sixth of the skewness of the ratios with one cluster left out, turned round (Efron, 1987, eq. 6.6). */
function accelerationOf(tops: Float64Array, bottoms: Float64Array): number {
  const [top, bottom] = [sum(tops), sum(bottoms)];
  const left = tops.map((each, cluster) => (top - each) / (bottom - bottoms[cluster]));
  const mean = sum(left) / left.length;
  const squares = left.reduce((all, each) => all + (mean - each) ** 2, 0);
  const cubes = left.reduce((all, each) => all + (mean - each) ** 3, 0);
  return squares > 1e-18 * left.length * (1 + mean * mean) ? cubes / (6 * squares ** 1.5) : 0;
}

function sum(values: Float64Array): number {
  return values.reduce((all, each) => all + each, 0);
}
