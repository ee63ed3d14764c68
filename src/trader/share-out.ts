import { invariant } from "../core/assert.js";
import type { Minor } from "../domain/money.js";

/**
 * Share an amount out by weights: whole pence, adding up exactly, what is left over to the largest remainders.
 *
 * Throws   InvariantError for a negative amount or weight. Without any weight nobody carries anything.
 */
export function shareOut(amountMinor: Minor, weights: readonly number[]): Minor[] {
  invariant(amountMinor >= 0 && weights.every((weight) => weight >= 0), "shares are of something");
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (amountMinor * weight) / total);
  const shares = exact.map(Math.floor);
  const left = amountMinor - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
