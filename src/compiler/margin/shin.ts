import { decreasingRoot } from "../../models/root.js";
import { type Book, isFair, isUnderround, sum } from "./book.js";
import type { Removal } from "./method.js";

/**
 * Shin: the margin guards the bookmaker against a share z of bettors who know the result.
 *
 *   p = (sqrt(z^2 + 4 (1 - z) x) - z) / (2 (1 - z))      x = q^2 winners / sum(q)      z so that sum(p) = winners
 *
 * With several winners an insider spreads the stake over them; carrying that through Shin's derivation only scales x.
 * Parameter z in [0, 1): 0 for a fair book. An underround has no such z: null.
 * Source    Shin, Economic Journal 102, 1992 and 103, 1993; Jullien & Salanie, Economic Journal 104, 1994.
 */
export function shin(book: Book): Removal | null {
  if (isUnderround(book)) return null;
  if (isFair(book)) return { probabilities: book.inverse, parameter: 0 };
  const scale = book.winners / (book.winners + book.overround);
  const squares = book.inverse.map((q) => q * q * scale);
  const at = (z: number): number[] => squares.map((x) => shinProbability(x, z));
  const z = decreasingRoot((candidate) => sum(at(candidate)) - book.winners, 0, 1);
  return { probabilities: at(z), parameter: z };
}

/** The formula above with the root moved to the denominator: no cancellation, and finite at z = 1. */
function shinProbability(x: number, z: number): number {
  return (2 * x) / (z + Math.sqrt(z * z + 4 * (1 - z) * x));
}
