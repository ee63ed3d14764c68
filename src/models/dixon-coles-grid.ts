import { invariant } from "../core/assert.js";
import type { GoalRates } from "../domain/goals.js";
import { gridSize, type ScoreGrid } from "./grid.js";
import { assertRate, poissonUpperTail } from "./poisson-pmf.js";

/** Rounding at an active bound: 1 - rate * rate * (1 / (rate * rate)) may come out this far below zero. */
const ROUNDING = 1e-14;

/**
 * Dixon & Coles' tau: what the low scores are multiplied by. The one place it is written down.
 *
 * tau(0, 0) = 1 - homeRate awayRate rho, tau(0, 1) = 1 + homeRate rho, tau(1, 0) = 1 + awayRate rho,
 * tau(1, 1) = 1 - rho, else 1; home goals first.
 * Source   Dixon & Coles, Applied Statistics 46(2), 1997, section 4.1.
 */
export function lowScoreFactor(homeGoals: number, awayGoals: number, rates: GoalRates): number {
  const { homeRate, awayRate, rho } = rates;
  if (homeGoals > 1 || awayGoals > 1) return 1;
  if (homeGoals === 0) return awayGoals === 0 ? 1 - homeRate * awayRate * rho : 1 + homeRate * rho;
  return awayGoals === 0 ? 1 + awayRate * rho : 1 - rho;
}

/** The values of rho for which no cell is negative: max(-1/home, -1/away) <= rho <= min(1/(home away), 1). */
export function rhoBounds(
  homeRate: number,
  awayRate: number,
): { readonly low: number; readonly high: number } {
  return { low: Math.max(-1 / homeRate, -1 / awayRate), high: Math.min(1 / (homeRate * awayRate), 1) };
}

/**
 * Fill `out` with P(home = i, away = j) under Dixon & Coles (1997).
 *
 * Shape    `out` is row-major, (maxGoals + 1)^2, cell [i, j] at `i * (maxGoals + 1) + j`; maxGoals >= 1.
 * Units    `homeRate`, `awayRate`: expected goals, > 0. `rho`: dimensionless low-score dependence.
 * Returns  the probability mass beyond `maxGoals`; the cells sum to one minus it and are not renormalised.
 * Throws   InvariantError when a rate is out of range or `rho` would make a cell negative.
 * Source   Dixon & Coles, Applied Statistics 46(2), 1997, section 4.
 */
export function fillScoreGrid(out: Float64Array, maxGoals: number, rates: GoalRates): number {
  invariant(
    maxGoals >= 1 && out.length === (maxGoals + 1) ** 2,
    "a score grid must be (maxGoals + 1)^2 cells",
  );
  fillIndependent(out, maxGoals, rates.homeRate, rates.awayRate);
  if (rates.rho !== 0) applyLowScoreFactor(out, maxGoals, rates);
  return tailMass(maxGoals, rates.homeRate, rates.awayRate);
}

/** The score grid of a fixture's rates, large enough to leave less than 1e-12 out. Throws as `fillScoreGrid` does. */
export function scoreGrid(rates: GoalRates): ScoreGrid {
  const maxGoals = gridSize(rates.homeRate, rates.awayRate);
  const cells = new Float64Array((maxGoals + 1) ** 2);
  return { maxGoals, cells, tailMass: fillScoreGrid(cells, maxGoals, rates) };
}

/** Product of two Poissons. Row 0 carries the away probabilities until every other row has been made of it. */
function fillIndependent(out: Float64Array, maxGoals: number, homeRate: number, awayRate: number): void {
  assertRate(homeRate);
  assertRate(awayRate);
  const width = maxGoals + 1;
  let p = Math.exp(-awayRate);
  for (let j = 0; j < width; j++) {
    out[j] = p;
    p *= awayRate / (j + 1);
  }
  const none = Math.exp(-homeRate);
  p = none;
  for (let i = 1; i < width; i++) {
    p *= homeRate / i;
    for (let j = 0, row = i * width; j < width; j++) out[row + j] = p * out[j];
  }
  for (let j = 0; j < width; j++) out[j] *= none;
}

function applyLowScoreFactor(out: Float64Array, maxGoals: number, rates: GoalRates): void {
  for (let i = 0; i <= 1; i++) {
    for (let j = 0; j <= 1; j++) {
      const factor = lowScoreFactor(i, j, rates);
      invariant(
        factor >= -ROUNDING,
        `rho must leave every cell positive, was ${rates.rho} for rates ${rates.homeRate} and ${rates.awayRate}`,
      );
      out[i * (maxGoals + 1) + j] *= Math.max(factor, 0);
    }
  }
}

/** tau moves mass between the four low cells only, so the tail is that of two independent Poissons. */
function tailMass(maxGoals: number, homeRate: number, awayRate: number): number {
  const home = poissonUpperTail(maxGoals, homeRate);
  const away = poissonUpperTail(maxGoals, awayRate);
  return home + away - home * away;
}
