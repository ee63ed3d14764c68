import type { Book } from "./book.js";
import type { Removal } from "./method.js";

/**
 * Balanced book: a bookmaker who faces a share z of insiders and minimises risk instead of maximising profit.
 *
 *   z = overround / (n - winners)      p = (q - z) / (1 - z)
 *
 * Parameter z. Turns negative for a longshot with q < z.
 * Source    Fingleton & Waldron, "Optimal determination of bookmakers' betting odds", 1999, with no operating cost.
 */
export function balancedBook({ inverse, winners, overround }: Book): Removal {
  const z = overround / (inverse.length - winners);
  return { probabilities: inverse.map((q) => (q - z) / (1 - z)), parameter: z };
}
