import { invariant } from "../core/assert.js";
import { fitGoals } from "./fit.js";
import { decayRate, type RefusedFit } from "./goal-fit.js";
import { weighMatches } from "./goal-match.js";
import type { ScoreFit, ScoreFitOptions } from "./score-model.js";
import { type ScoreSearch, searchScores } from "./score-newton.js";
import type { CovariateMatch } from "./score-problem.js";
import { reportScores } from "./score-report.js";
import { problemOf, startOf } from "./score-setup.js";

const ITERATION_LIMIT = 60;
/** Holds separated teams while the start is sought, where ratings are held or a ridge is given. */
const START_RIDGE = 0.05;
/**
 * Fit a score distribution through team ratings by projected Newton, exact in the gradient.
 *
 * Starts from the Poisson fit of the same matches, whose refusals it shares. Goals must be whole.
 */
export function fitScores(
  matches: readonly CovariateMatch[],
  options: ScoreFitOptions,
): ScoreFit | RefusedFit {
  const { asOf, held = {}, covariates = [] } = options;
  const fault = faultOf(matches, covariates.length);
  if (fault) return fault;
  const ridge = options.ridge ?? 0;
  const free = held.attack === undefined && held.defence === undefined;
  const startRidge = ridge > 0 ? ridge : free ? 0 : START_RIDGE;
  const start = fitGoals(matches, {
    model: "poisson",
    xi: options.xi,
    halfLifeDays: options.halfLifeDays,
    asOf,
    ridge: startRidge,
    standardErrors: false,
  });
  if (start.kind !== "converged") return start;
  const weighed = weighMatches(matches, { xi: decayRate(options), asOf: asOf ?? null });
  const problem = problemOf(weighed, start, options);
  const theta = startOf(problem, start, held);
  const search = searchScores(problem, theta, options.iterationLimit ?? ITERATION_LIMIT);
  if (search.kind !== "converged") return refusalOf(search);
  return reportScores(problem, theta, search, start, options);
}

function faultOf(matches: readonly CovariateMatch[], covariates: number): RefusedFit | null {
  for (const [i, match] of matches.entries()) {
    const at = `(match ${i + 1}: ${match.home} v ${match.away})`;
    const { homeGoals, awayGoals, homeCovariates = [], awayCovariates = [] } = match;
    if (!Number.isInteger(homeGoals) || !Number.isInteger(awayGoals))
      return {
        kind: "invalid-match",
        match: i,
        text: `goals must be whole, was ${homeGoals}-${awayGoals} ${at}`,
      };
    const values = [...homeCovariates, ...awayCovariates];
    if (
      homeCovariates.length !== covariates ||
      awayCovariates.length !== covariates ||
      !values.every(Number.isFinite)
    )
      return {
        kind: "invalid-match",
        match: i,
        text: `each side needs ${covariates} finite covariates ${at}`,
      };
  }
  return null;
}

const END_TEXT = {
  stalled: "no step gained",
  limit: "the iteration limit was reached",
  impossible: "a score that was seen has no chance at the start",
} as const;

function refusalOf(search: ScoreSearch): RefusedFit {
  invariant(search.kind !== "converged", "a converged search is no refusal");
  const { iterations, gradientNorm } = search;
  return { kind: "not-converged", reason: END_TEXT[search.kind], iterations, gradientNorm };
}
