import { invariant } from "../core/assert.js";
import type { ScoreGrid } from "../models/grid.js";
import type { RunnerTable } from "./match-odds.js";

/**
 * Grid of half-time scores: each goal of the final score falls in the first half with probability `share`, on its own.
 *
 * Exact thinning for Poisson goals (the halves are then Poisson with rates share x rate and (1 - share) x rate), and
 * it needs nothing but the full-time grid, so half-time and full-time prices of any model agree with each other.
 */
export function halfTimeGrid(grid: ScoreGrid, share: number): ScoreGrid {
  const width = grid.maxGoals + 1;
  const binomial = binomialRows(grid.maxGoals, share);
  const away = new Float64Array(width * width);
  const cells = new Float64Array(width * width);
  for (let x = 0; x < width; x++)
    for (let y = 0; y < width; y++)
      for (let j = 0; j <= y; j++) away[x * width + j] += grid.cells[x * width + y] * binomial[y][j];
  for (let x = 0; x < width; x++)
    for (let i = 0; i <= x; i++)
      for (let j = 0; j < width; j++) cells[i * width + j] += binomial[x][i] * away[x * width + j];
  return { maxGoals: grid.maxGoals, cells, tailMass: grid.tailMass };
}

const RESULTS = ["HOME", "DRAW", "AWAY"] as const;

/** HALF_TIME_FULL_TIME: HOME_HOME, HOME_DRAW, ..., half time first. */
export function halfTimeFullTime(grid: ScoreGrid, share: number): RunnerTable {
  const width = grid.maxGoals + 1;
  const binomial = binomialRows(grid.maxGoals, share);
  const mass = new Float64Array(9);
  for (let x = 0, cell = 0; x < width; x++)
    for (let y = 0; y < width; y++, cell++) {
      const full = 1 - Math.sign(x - y);
      const half = compareHalves(binomial[x], binomial[y]);
      mass[full] += grid.cells[cell] * half.ahead;
      mass[3 + full] += grid.cells[cell] * half.level;
      mass[6 + full] += grid.cells[cell] * half.behind;
    }
  const pairs = RESULTS.flatMap((half) => RESULTS.map((full) => `${half}_${full}`));
  return Object.fromEntries(pairs.map((runner, i) => [runner, mass[i]]));
}

/** P(first > second), P(equal) and P(first < second) of two independent counts. */
function compareHalves(
  first: Float64Array,
  second: Float64Array,
): { readonly ahead: number; readonly level: number; readonly behind: number } {
  let [ahead, level, behind] = [0, 0, 0];
  let secondBelow = 0;
  let secondLeft = 1;
  for (let i = 0; i < first.length; i++) {
    const here = i < second.length ? second[i] : 0;
    secondLeft = Math.max(0, secondLeft - here);
    ahead += first[i] * secondBelow;
    level += first[i] * here;
    behind += first[i] * secondLeft;
    secondBelow += here;
  }
  return { ahead, level, behind };
}

/** Row n holds P(k of n), k = 0 .. n, by Pascal's rule: sums of positive terms, no cancellation. */
function binomialRows(most: number, share: number): Float64Array[] {
  invariant(share > 0 && share < 1, `the first half's share of goals must lie in (0, 1), was ${share}`);
  const rows = [Float64Array.of(1)];
  for (let n = 1; n <= most; n++) {
    const row = new Float64Array(n + 1);
    const above = rows[n - 1];
    for (let k = 0; k < n; k++) {
      row[k] += above[k] * (1 - share);
      row[k + 1] += above[k] * share;
    }
    rows.push(row);
  }
  return rows;
}
