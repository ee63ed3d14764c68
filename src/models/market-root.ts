/** Value and slope of a function at one point. */
export interface Tangent {
  readonly value: number;
  readonly slope: number;
}

const MOST_STEPS = 80;
/** Newton doubles its digits with each step: the point after a step of 1e-7 is exact to rounding. */
const STEP_TOLERANCE = 1e-7;

/**
 * The zero of a rising function between `low` and `high`, or null when it is not there or not reached in 80 steps.
 *
 * Newton from `start`; a step that leaves the bracket is replaced by a bisection, so it cannot run away.
 */
export function risingRoot(
  tangentAt: (x: number) => Tangent,
  low: number,
  high: number,
  start: number,
): number | null {
  let below = low;
  let above = high;
  let x = start > low && start < high ? start : (low + high) / 2;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { value, slope } = tangentAt(x);
    if (value === 0) return x;
    if (value < 0) below = x;
    else above = x;
    const newton = x - value / slope;
    if (Math.abs(newton - x) <= STEP_TOLERANCE * Math.abs(x))
      return newton > low && newton < high ? newton : null;
    x = newton > below && newton < above ? newton : (below + above) / 2;
  }
  return null;
}
