import { poissonReach } from "./poisson-pmf.js";

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

/** The probability a grid may leave out. */
export const TAIL_MASS = 1e-12;

/** No grid is smaller, so that every listed total and correct score lies on it. */
export const LEAST_MAX_GOALS = 10;

/** `maxGoals` such that two Poisson counts leave less than 1e-12 beyond the grid; at least 10. */
export function gridSize(homeRate: number, awayRate: number): number {
  return poissonReach(Math.max(homeRate, awayRate), TAIL_MASS / 2, LEAST_MAX_GOALS);
}

/** Mean goals of either side by the grid's own cells. */
export function expectedGoals(grid: ScoreGrid): { readonly homeRate: number; readonly awayRate: number } {
  const width = grid.maxGoals + 1;
  let homeRate = 0;
  let awayRate = 0;
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) {
      homeRate += i * grid.cells[i * width + j];
      awayRate += j * grid.cells[i * width + j];
    }
  return { homeRate, awayRate };
}
