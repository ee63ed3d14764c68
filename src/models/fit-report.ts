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
  const { teams } = work;
  const order = names.map((_, t) => t).sort((a, b) => compareText(names[a], names[b]));
  const rhoFree = rhoTask(options) === "free" && end.activeBound === null;
  const ridge = options.ridge ?? 0;
  const ratings = ratingsOf(found, order, rhoFree);
  const parameters = 2 * teams + (rhoTask(options) === "free" ? 1 : 0) - (work.homeWeight > 0 ? 0 : 1);
  const logLikelihood =
    end.value + penaltyOf(theta, teams, ridge) - (sums.wholeGoals ? sums.logFactorials : 0);
  return {
    kind: "converged",
    model: options.model,
    n: sums.totalMatches,
    totalWeight: work.totalWeight,
    iterations: end.iterations,
    gradientNorm: end.gradientNorm,
    logLikelihood,
    logFactorialsIncluded: sums.wholeGoals,
    intercept: meanOf(theta, 0, teams) - meanOf(theta, teams, 2 * teams),
    homeAdvantage: theta[2 * teams],
    get homeAdvantageSe() {
      return ratings().homeAdvantageSe;
    },
    rho: theta[2 * teams + 1],
    get rhoSe() {
      return ratings().rhoSe;
    },
    xi: decayRate(options),
    ridge,
    get teams() {
      return ratings().teams;
    },
    activeBounds: end.activeBound === null ? [] : [`rho ${end.activeBound}`],
    parameters,
    aic: ridge > 0 ? null : 2 * parameters - 2 * logLikelihood,
    bic: ridge > 0 ? null : parameters * Math.log(sums.totalMatches) - 2 * logLikelihood,
    islands: namedIslands(connection, names, order),
    get covariance() {
      return ratings().covariance;
    },
  };
}

/** Each group by name, code-unit order. */
function namedIslands(connection: Connection, names: readonly string[], order: readonly number[]) {
  if (connection.islands.length === 1) return [order.map((t) => names[t])];
  return connection.islands.map((island) => island.map((t) => names[t]).sort(compareText));
}

type Ratings = Pick<ConvergedFit, "teams" | "homeAdvantageSe" | "rhoSe" | "covariance">;

/** Ratings with their errors, worked out once and when first read: errors cost as much as the fit. */
function ratingsOf(found: Found, order: readonly number[], rhoFree: boolean): () => Ratings {
  const { work, theta, options } = found;
  const matches = found.sums.matches.slice(0, work.teams);
  const terms = { ridge: options.ridge ?? 0, lowScores: rhoTask(options) !== "none" };
  const homeSeen = work.homeWeight > 0;
  let known: Ratings | null = null;
  return () => {
    if (known) return known;
    const covariance =
      options.standardErrors === false ? null : covarianceOf(work, theta, terms, rhoFree, order);
    const errors = ratingErrors(covariance, matches.length);
    known = {
      teams: teamRatings(theta, matches, found.names, order, errors),
      homeAdvantageSe: homeSeen ? errors.homeAdvantage : 0,
      rhoSe: rhoFree ? errors.rho : 0,
      covariance,
    };
    return known;
  };
}

/** Ratings centred to sum to zero; the means are in the intercept. */
function teamRatings(
  theta: Float64Array,
  matches: Int32Array,
  names: readonly string[],
  order: readonly number[],
  errors: RatingErrors,
): TeamRating[] {
  const teams = matches.length;
  const meanAttack = meanOf(theta, 0, teams);
  const meanDefence = meanOf(theta, teams, 2 * teams);
  return order.map((t, place) => ({
    team: names[t],
    attack: theta[t] - meanAttack,
    defence: theta[teams + t] - meanDefence,
    attackSe: errors.attack[place],
    defenceSe: errors.defence[place],
    matches: matches[t],
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
