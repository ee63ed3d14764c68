import { gridOfCells } from "./count-grid.js";
import type { ScoreGrid } from "./grid.js";
import { logFactorial } from "./log-factorial.js";
import { MAX_RATE, poissonReach } from "./poisson-pmf.js";
import type { MatchLogs, MatchTerm, ScoreLikelihood } from "./score-likelihood.js";

const COMMON = { name: "common", start: 0.05, low: 0, high: 3 } as const;
/** Draws 0-0, 1-1 and 2-2 may be more frequent than the rates say; beyond that football gives nothing to learn from. */
const INFLATED_DRAWS = 3;

/**
 * Bivariate Poisson: home = U + C, away = V + C with independent Poisson U, V and a common C.
 *
 * e^homeLog and e^awayLog are the rates of U and V; expected goals are those plus `common`. `common` = 0, two
 * independent Poissons, is the reachable end of its range: the dependence it can express is never negative.
 * Source   Karlis & Ntzoufras, The Statistician 52(3), 2003, section 2.
 */
export const BIVARIATE_POISSON: ScoreLikelihood = {
  name: "bivariate-poisson",
  shapes: [COMMON],
  at: ([common]) => bivariateTerm(common),
  grids:
    ([common]) =>
    (logs) =>
      bivariateGrid(logs, common),
};

/**
 * Bivariate Poisson with the diagonal raised: P(x, y) = (1 - sum d) BP(x, y), plus d_x where x = y <= 2.
 *
 * Source   Karlis & Ntzoufras (2003), section 2.3, with a discrete distribution on 0, 1, 2 for the inflated draws.
 */
export const DIAGONAL_INFLATED_POISSON: ScoreLikelihood = {
  name: "bivariate-poisson-inflated",
  shapes: [
    COMMON,
    ...Array.from({ length: INFLATED_DRAWS }, (_, k) => ({
      name: `draw${k}${k}`,
      start: 0.005,
      low: 0,
      high: 0.3,
    })),
  ],
  at: ([common, ...draws]) => inflatedTerm(bivariateTerm(common), draws),
  grids:
    ([common, ...draws]) =>
    (logs) => {
      const grid = bivariateGrid(logs, common);
      if (!grid) return null;
      const kept = 1 - sumOf(draws);
      const cells = grid.cells.map((cell) => kept * cell);
      for (const [k, extra] of draws.entries()) cells[k * (grid.maxGoals + 2)] += extra;
      return { ...grid, cells, tailMass: kept * grid.tailMass };
    },
};

/**
 * ln P = -(u + v + c) + ln sum_k u^(x-k) v^(y-k) c^k / ((x-k)! (y-k)! k!).
 *
 * Slopes: by ln u, the mean of x - k given the score, less u; by c, P(x-1, y-1) / P(x, y) - 1, which holds at c = 0.
 */
function bivariateTerm(common: number): MatchTerm {
  return (homeGoals, awayGoals, logs, slopes) => {
    const u = Math.exp(logs.homeLog);
    const v = Math.exp(logs.awayLog);
    const ratio = common / (u * v);
    let term = 1;
    let sum = 1;
    let shared = 0;
    let lowerSum = 0;
    for (let k = 1; k <= Math.min(homeGoals, awayGoals); k++) {
      const step = ((homeGoals - k + 1) * (awayGoals - k + 1)) / k;
      // The sum for (x-1, y-1) has the terms of this one with ((x-k+1)(y-k+1)) / (x y) of their weight.
      lowerSum += term * ((homeGoals - k + 1) * (awayGoals - k + 1));
      term *= step * ratio;
      sum += term;
      shared += k * term;
    }
    const mean = shared / sum;
    slopes[0] = homeGoals - mean - u;
    slopes[1] = awayGoals - mean - v;
    slopes[3] = lowerSum / (u * v * sum) - 1;
    return (
      homeGoals * logs.homeLog +
      awayGoals * logs.awayLog -
      (u + v + common) -
      logFactorial(homeGoals) -
      logFactorial(awayGoals) +
      Math.log(sum)
    );
  };
}

function inflatedTerm(base: MatchTerm, draws: readonly number[]): MatchTerm {
  const kept = 1 - sumOf(draws);
  return (homeGoals, awayGoals, logs, slopes) => {
    const bare = base(homeGoals, awayGoals, logs, slopes);
    if (!(kept > 0)) return Number.NEGATIVE_INFINITY;
    const raised = homeGoals === awayGoals && homeGoals < draws.length;
    const p = Math.exp(bare);
    const total = kept * p + (raised ? draws[homeGoals] : 0);
    const share = (kept * p) / total;
    slopes[0] *= share;
    slopes[1] *= share;
    slopes[3] *= share;
    for (let k = 0; k < draws.length; k++) slopes[4 + k] = ((raised && k === homeGoals ? 1 : 0) - p) / total;
    return raised ? Math.log(total) : Math.log(kept) + bare;
  };
}

/** Cells by the recursion x P(x, y) = u P(x-1, y) + c P(x-1, y-1); column 0 and row 0 are Poisson. */
function bivariateGrid(logs: MatchLogs, common: number): ScoreGrid | null {
  const u = Math.exp(logs.homeLog);
  const v = Math.exp(logs.awayLog);
  if (Math.max(u, v) + common > MAX_RATE) return null;
  const maxGoals = poissonReach(Math.max(u, v) + common, 5e-13, 10);
  const width = maxGoals + 1;
  const cells = new Float64Array(width * width);
  cells[0] = Math.exp(-u - v - common);
  for (let j = 1; j < width; j++) cells[j] = (cells[j - 1] * v) / j;
  for (let i = 1; i < width; i++)
    for (let j = 0; j < width; j++) {
      const corner = j > 0 ? common * cells[(i - 1) * width + j - 1] : 0;
      cells[i * width + j] = (u * cells[(i - 1) * width + j] + corner) / i;
    }
  return gridOfCells(maxGoals, cells);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
