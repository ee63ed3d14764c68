import { crossing, decreasingRoot } from "../../models/root.js";
import { type Book, sum } from "./book.js";
import type { Removal } from "./method.js";

/**
 * Take the same amount off every log odds: logit p = logit q - c, with c such that the probabilities sum to `winners`.
 *
 * Parameter c, the logarithm of the odds ratio: 0 for a fair book. Stays inside (0, 1).
 */
export function logarithmic({ inverse, winners, overround }: Book): Removal {
  const at = (c: number): number[] => inverse.map((q) => q / (q + Math.exp(c) * (1 - q)));
  const excess = (c: number): number => sum(at(c)) - winners;
  const edge = crossing(excess, overround < 0 ? -1 : 1);
  const shift = decreasingRoot(excess, Math.min(0, edge), Math.max(0, edge));
  return { probabilities: at(shift), parameter: shift };
}
