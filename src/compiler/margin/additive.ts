import type { Book } from "./book.js";
import type { Removal } from "./method.js";

/**
 * Take the same amount from every runner: p = q - overround / n.
 *
 * Turns negative for a longshot whose q is below its share of the margin. For two runners equal to Shin's.
 */
export function additive({ inverse, overround }: Book): Removal {
  const share = overround / inverse.length;
  return { probabilities: inverse.map((q) => q - share), parameter: null };
}
