import { invariant } from "../core/assert.js";

/**
 * Draws from a fixed discrete distribution in constant time: column k is kept when the draw's fraction lies below
 * `keep[k]`, else `other[k]` is taken.
 */
export interface AliasTable {
  readonly keep: Float64Array;
  readonly other: Uint32Array;
}

/**
 * The alias table of weights, which need not sum to one.
 *
 * Throws   InvariantError when a weight is negative or not finite, or none is positive.
 * Source   Vose, IEEE Transactions on Software Engineering 17(9), 1991 (after Walker, 1977).
 */
export function aliasTable(weights: Float64Array): AliasTable {
  const n = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  invariant(
    total > 0 && Number.isFinite(total) && weights.every((weight) => weight >= 0),
    `weights to draw by are positive, was a sum of ${total}`,
  );
  const keep = weights.map((weight) => (weight * n) / total);
  const other = Uint32Array.from(keep, (_, k) => k);
  pairColumns(keep, other);
  return { keep, other };
}

/** A column for a uniform draw in [0, 1). */
export function drawColumn(table: AliasTable, uniform: number): number {
  const scaled = uniform * table.keep.length;
  const column = Math.floor(scaled);
  return scaled - column < table.keep[column] ? column : table.other[column];
}

/** Fill each column that is short of 1 from one that has more; what rounding leaves over stays whole. */
function pairColumns(keep: Float64Array, other: Uint32Array): void {
  // One array holds both stacks: short columns grow from the left, long ones from the right.
  const stacks = new Uint32Array(keep.length);
  let short = 0;
  let long = keep.length;
  for (let k = 0; k < keep.length; k++) {
    if (keep[k] < 1) stacks[short++] = k;
    else stacks[--long] = k;
  }
  while (short > 0 && long < keep.length) {
    const poor = stacks[--short];
    const rich = stacks[long];
    other[poor] = rich;
    keep[rich] -= 1 - keep[poor];
    if (keep[rich] < 1) {
      stacks[short++] = rich;
      long++;
    }
  }
  while (short > 0) keep[stacks[--short]] = 1;
  while (long < keep.length) keep[stacks[long++]] = 1;
}
