import { type Book, sum } from "./book.js";
import type { Removal } from "./method.js";

/**
 * Take the margin in proportion to each price's standard error, s = sqrt((q - q^2) / q) = sqrt(1 - q).
 *
 *   z = overround / sum(s)      p = q - z s
 *
 * Parameter z, the margin in standard errors. Turns negative for a longshot with q < z s.
 * Source    Goto, Takeishi & Yairi, "goto_conversion", 2021-.
 */
export function gotoConversion({ inverse, overround }: Book): Removal {
  const errors = inverse.map((q) => Math.sqrt(1 - q));
  const z = overround / sum(errors);
  return { probabilities: inverse.map((q, i) => q - z * errors[i]), parameter: z };
}
