import type { Rng } from "../../core/rng.js";

/** One standard normal number. Source: Box and Muller, Ann. Math. Statist. 29(2), 1958; the second of the pair is left. */
export function drawNormal(rng: Rng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng()));
  return radius * Math.cos(2 * Math.PI * rng());
}

/** One Poisson count, `mean` >= 0 and small: cost grows with it. Source: Knuth, TAOCP 2, section 3.4.1, algorithm Q. */
export function drawPoisson(rng: Rng, mean: number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = rng(); product > floor; product *= rng()) count++;
  return count;
}

/** Successes among `trials` of probability `p`. */
export function drawBinomial(rng: Rng, trials: number, p: number): number {
  let successes = 0;
  for (let i = 0; i < trials; i++) if (rng() < p) successes++;
  return successes;
}

/** A shuffled copy. Source: Fisher and Yates, in Durstenfeld's form. */
export function shuffled<T>(rng: Rng, items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}
