import type { Book } from "./book.js";
import type { Removal } from "./method.js";

/**
 * Divide by the book sum: p = q x winners / sum(q), q = 1 / price.
 *
 * Takes the same share from every runner, so it leaves the favourite-longshot bias in. Always inside (0, 1) for one
 * winner; with more winners a strong favourite can pass 1.
 */
export function multiplicative({ inverse, winners, overround }: Book): Removal {
  const scale = winners / (winners + overround);
  return { probabilities: inverse.map((q) => q * scale), parameter: null };
}
