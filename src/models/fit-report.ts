import { compareText } from "../domain/fixture.js";
import { covarianceOf, type RatingErrors, ratingErrors } from "./fit-errors.js";
import { type ConvergedFit, decayRate, type FitOptions, rhoTask, type TeamRating } from "./goal-fit.js";
import { meanOf } from "./goal-likelihood.js";
import type { SearchEnd } from "./goal-search.js";
import type { GoalWork } from "./goal-work.js";
import type { Connection } from "./islands.js";
import type { PairSums } from "./pair-sums.js";

/** An optimum that was found, with all that the report of it needs. */
export interface Found {
  readonly work: GoalWork;
  readonly sums: PairSums;
  readonly theta: Float64Array;
  readonly end: SearchEnd;
  readonly names: readonly string[];
  readonly options: FitOptions;
  readonly connection: Connection;
}

/** The fit as a reader wants it: ratings centred and by name, with errors and what the optimum leans on. */
export function reportFit(found: Found): ConvergedFit {
  const { work, sums, theta, end, names, options, connection } = found;
  const order = names.map((_, t) => t).sort((a, b) => compareText(names[a], names[b]));
  const rhoFree = rhoTask(options) === "free" && end.activeBound === null;
  const ridge = options.ridge ?? 0;
  const covariance =
    options.standardErrors === false
      ? null
      : covarianceOf(work, sums, theta, { ridge, lowScores: rhoTask(options) !== "none" }, rhoFree, order);
  const errors = ratingErrors(covariance, sums.teams);
  const parameters = 2 * sums.teams + (rhoTask(options) === "free" ? 1 : 0) - (sums.homeWeight > 0 ? 0 : 1);
  const logLikelihood =
    end.value + penaltyOf(theta, sums.teams, ridge) - (sums.wholeGoals ? sums.logFactorials : 0);
  return {
    kind: "converged",
    model: options.model,
    n: sums.totalMatches,
    totalWeight: sums.totalWeight,
    iterations: end.iterations,
    gradientNorm: end.gradientNorm,
    logLikelihood,
    logFactorialsIncluded: sums.wholeGoals,
    intercept: meanOf(theta, 0, sums.teams) - meanOf(theta, sums.teams, 2 * sums.teams),
    homeAdvantage: theta[2 * sums.teams],
    homeAdvantageSe: sums.homeWeight > 0 ? errors.homeAdvantage : 0,
    rho: theta[2 * sums.teams + 1],
    rhoSe: rhoFree ? errors.rho : 0,
    xi: decayRate(options),
    ridge,
    teams: ratingsOf(theta, sums, names, order, errors),
    activeBounds: end.activeBound === null ? [] : [`rho ${end.activeBound}`],
    parameters,
    aic: ridge > 0 ? null : 2 * parameters - 2 * logLikelihood,
    bic: ridge > 0 ? null : parameters * Math.log(sums.totalMatches) - 2 * logLikelihood,
    islands: connection.islands.map((island) => island.map((t) => names[t]).sort(compareText)),
    covariance,
  };
}

/** Ratings centred to sum to zero; the means are in the intercept. */
function ratingsOf(
  theta: Float64Array,
  sums: PairSums,
  names: readonly string[],
  order: readonly number[],
  errors: RatingErrors,
): TeamRating[] {
  const { teams } = sums;
  const meanAttack = meanOf(theta, 0, teams);
  const meanDefence = meanOf(theta, teams, 2 * teams);
  return order.map((t, place) => ({
    team: names[t],
    attack: theta[t] - meanAttack,
    defence: theta[teams + t] - meanDefence,
    attackSe: errors.attack[place],
    defenceSe: errors.defence[place],
    matches: sums.matches[t],
  }));
}

/** The ridge's share of the value: taken out again, so that the log-likelihood is of the data alone. */
function penaltyOf(theta: Float64Array, teams: number, ridge: number): number {
  let squares = 0;
  for (let side = 0; side < 2; side++) {
    const mean = meanOf(theta, side * teams, (side + 1) * teams);
    for (let t = side * teams; t < (side + 1) * teams; t++) squares += (theta[t] - mean) ** 2;
  }
  return (ridge / 2) * squares;
}
