/**
 * P(home = i, away = j) for one fixture: the narrow waist between goal models and markets.
 *
 * Shape    `cells` is row-major, (maxGoals + 1)^2, cell [i, j] at `i * (maxGoals + 1) + j`.
 * Units    probabilities; never negative. They sum to 1 - tailMass, and are not renormalised.
 */
export interface ScoreGrid {
  readonly maxGoals: number;
  readonly cells: Float64Array;
  /** Probability of a score beyond the grid, < 1e-12 by the choice of `maxGoals`. */
  readonly tailMass: number;
}
