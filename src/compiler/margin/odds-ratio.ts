import type { Book } from "./book.js";
import { logarithmic } from "./logarithmic.js";
import type { Removal } from "./method.js";

/**
 * One odds ratio for all runners: p = q / (c + q - c q).
 *
 * The same numbers as the logarithmic method, whose parameter is log c: no independent evidence.
 * Source    Cheung, "Fixed-odds betting and traditional odds", 2015.
 */
export function oddsRatio(book: Book): Removal {
  const { probabilities, parameter } = logarithmic(book);
  return { probabilities, parameter: Math.exp(parameter ?? 0) };
}
