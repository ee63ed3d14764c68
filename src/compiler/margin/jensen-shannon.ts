import { decreasingRoot } from "../../models/root.js";
import { type Book, isFair, isUnderround, sum } from "./book.js";
import type { Removal } from "./method.js";

/**
 * Move every runner by the same Jensen-Shannon distance between the two-way distributions (p, 1 - p) and (q, 1 - q),
 * down for a margin and up for an underround, until the probabilities sum to `winners`.
 *
 * Parameter the distance, natural logarithms: 0 for a fair book. A runner that would have to pass 0 or 1 stays there,
 * which the caller reports as problematic.
 * Source    C. D. Long's method as described in the documentation of the R package `implied`, method "jsd".
 */
export function jensenShannon(book: Book): Removal {
  if (isFair(book)) return { probabilities: book.inverse, parameter: 0 };
  const end = isUnderround(book) ? 1 : 0;
  const sign = isUnderround(book) ? -1 : 1;
  const at = (divergence: number): number[] => book.inverse.map((q) => movedTowards(end, q, divergence));
  const excess = (divergence: number): number => sign * (sum(at(divergence)) - book.winners);
  const divergence = decreasingRoot(excess, 0, Math.LN2);
  return { probabilities: at(divergence), parameter: Math.sqrt(divergence) };
}

/** The probability between q and `end` at the given divergence from q; `end` itself when none is so far off. */
function movedTowards(end: 0 | 1, q: number, divergence: number): number {
  if (binaryDivergence(end, q) <= divergence) return end;
  const share = decreasingRoot((t) => divergence - binaryDivergence(q + t * (end - q), q), 0, 1);
  return q + share * (end - q);
}

/**
 * Jensen-Shannon divergence of (p, 1 - p) and (q, 1 - q), nats.
 *
 * With m = (p + q) / 2 it is (m psi(u) + (1 - m) psi(v)) / 2 where u and v are the relative distances from the mean:
 * the form keeps its relative accuracy when p is close to q, where entropies would cancel.
 */
function binaryDivergence(p: number, q: number): number {
  const m = (p + q) / 2;
  return (m * psi((q - p) / (q + p)) + (1 - m) * psi((q - p) / (2 - p - q))) / 2;
}

/** (1 + u) log(1 + u) + (1 - u) log(1 - u), even in u. */
function psi(u: number): number {
  const size = Math.min(1, Math.abs(u));
  return size === 1 ? 2 * Math.LN2 : Math.log1p(-size * size) + 2 * size * Math.atanh(size);
}
