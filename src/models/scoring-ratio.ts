import type { Rng } from "../core/rng.js";
import { quantile } from "./scoring-comparison.js";

/** A ratio of sums with its bootstrap interval. */
export interface RatioInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly clusters: number;
}

/**
 * sum(numerators) / sum(denominators) with a 95% percentile interval, whole clusters drawn with replacement.
 *
 * Shape    three arrays of one length; `clusters[i]` is any number naming the cluster of entry i.
 * Returns  null with fewer than two clusters or a denominator that sums to 0.
 * Source   Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13.
 */
export function clusteredRatio(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  clusters: ArrayLike<number>,
  rng: Rng,
  replicates = 2000,
): RatioInterval | null {
  const sums = new Map<number, [number, number]>();
  for (let i = 0; i < numerators.length; i++) {
    const sum = sums.get(clusters[i]) ?? [0, 0];
    sums.set(clusters[i], [sum[0] + numerators[i], sum[1] + denominators[i]]);
  }
  const blocks = [...sums.values()];
  const whole = ratioOf(blocks);
  if (blocks.length < 2 || !Number.isFinite(whole)) return null;
  const drawn = new Float64Array(replicates);
  for (let r = 0; r < replicates; r++)
    drawn[r] = ratioOf(blocks.map(() => blocks[Math.floor(rng() * blocks.length)]));
  drawn.sort();
  return { value: whole, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975), clusters: blocks.length };
}

function ratioOf(blocks: readonly (readonly [number, number])[]): number {
  let above = 0;
  let below = 0;
  for (const [numerator, denominator] of blocks) {
    above += numerator;
    below += denominator;
  }
  return above / below;
}
