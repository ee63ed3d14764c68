import { invariant } from "../core/assert.js";
import type { Rng } from "../core/rng.js";

/** How far sums of resampled days reach after `at` of them: quantiles of 2.5, 25, 75 and 97.5 %. */
export interface FanPoint {
  readonly at: number;
  readonly quantiles: readonly [number, number, number, number];
}

const REPLICATES = 1000;
const SHARES = [0.025, 0.25, 0.75, 0.975] as const;

/**
 * The fan of ways a sum could have gone had its days come in other draws: days with replacement, 1,000 times.
 *
 * `steps` is what each day added. Quantiles are taken after 0 days, after all, and at about `most` places between.
 * Source   Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 8.
 */
export function bootstrapFan(steps: readonly number[], most: number, rng: Rng): FanPoint[] {
  invariant(most >= 1, `a fan needs a place at least, was ${most}`);
  const places = placesOf(steps.length, most);
  const sums = places.map(() => new Float64Array(REPLICATES));
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    let sum = 0;
    let drawn = 0;
    places.forEach((at, place) => {
      for (; drawn < at; drawn++) sum += steps[Math.floor(rng() * steps.length)];
      sums[place][replicate] = sum;
    });
  }
  return places.map((at, place) => ({ at, quantiles: quantilesOf(sums[place].sort()) }));
}

function placesOf(steps: number, most: number): number[] {
  const parts = Math.min(steps, most);
  return Array.from({ length: parts + 1 }, (_, i) => (parts === 0 ? 0 : Math.round((i * steps) / parts)));
}

function quantilesOf(ascending: Float64Array): FanPoint["quantiles"] {
  const [a, b, c, d] = SHARES.map((share) => ascending[Math.round(share * (ascending.length - 1))]);
  return [a, b, c, d];
}
