import { invariant } from "../core/assert.js";

const MOST_HALVINGS = 200;
const MOST_DOUBLINGS = 100;

/**
 * Root of a decreasing function in [low, high] by bisection down to the last bit.
 *
 * Bisection, not a faster method: these solves are not hot, and it cannot leave the bracket. At most 200 halvings, so
 * the answer is exact to 1 ulp or to (high - low) x 2^-200, whichever is coarser.
 * Throws   InvariantError when the bracket holds no root.
 */
export function decreasingRoot(excess: (x: number) => number, low: number, high: number): number {
  invariant(excess(low) >= 0 && excess(high) <= 0, `no root between ${low} and ${high}`);
  let left = low;
  let right = high;
  for (let i = 0; i < MOST_HALVINGS; i++) {
    const middle = (left + right) / 2;
    if (middle <= left || middle >= right) break;
    if (excess(middle) > 0) left = middle;
    else right = middle;
  }
  return Math.abs(excess(left)) < Math.abs(excess(right)) ? left : right;
}

/** The first of 1, 2, 4, ... (times `sign`) at which a decreasing function has crossed zero. */
export function crossing(excess: (x: number) => number, sign: 1 | -1): number {
  let x: number = sign;
  for (let i = 0; i < MOST_DOUBLINGS; i++) {
    if (sign * excess(x) <= 0) return x;
    x *= 2;
  }
  invariant(false, `no sign change out to ${x}`);
}
