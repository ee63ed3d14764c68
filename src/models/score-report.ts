import { compareText } from "../domain/fixture.js";
import { factorise, inverseOfFactored } from "./cholesky.js";
import { ratingErrorsFrom } from "./fit-errors.js";
import { type ConvergedFit, decayRate, type RefusedFit } from "./goal-fit.js";
import { evaluateScores, scoreInformation } from "./score-evaluation.js";
import type { ScoreFit, ScoreFitOptions } from "./score-model.js";
import { pinnedAt, type ScoreSearch } from "./score-newton.js";
import { gaugeRanges, placesOf, type ScoreProblem } from "./score-problem.js";

/** A pivot this small beside its diagonal entry: the parameter cannot be told apart from others. */
const UNIDENTIFIED = 1e-9;

/** The fit as a reader wants it, or why it is none: parameters that cannot be told apart. */
export function reportScores(
  problem: ScoreProblem,
  theta: Float64Array,
  search: ScoreSearch,
  start: ConvergedFit,
  options: ScoreFitOptions,
): ScoreFit | RefusedFit {
  const { likelihood, teams, size, ridge } = problem;
  const places = placesOf(teams, likelihood.shapes.length, problem.covariates);
  const gradient = new Float64Array(size);
  evaluateScores(problem, theta, gradient);
  const pinned = pinnedAt(problem, theta, gradient);
  const covariance = scoreCovariance(problem, theta, pinned);
  if (covariance === null) {
    const { iterations, gradientNorm } = search;
    return {
      kind: "not-converged",
      reason: "some parameters cannot be told apart",
      iterations,
      gradientNorm,
    };
  }
  const errors = ratingErrorsFrom(covariance, size, places.attack, places.defence, teams, pinned);
  const se = (place: number) => (pinned[place] ? 0 : Math.sqrt(Math.max(0, covariance[place * (size + 1)])));
  const centre = centresOf(problem, theta);
  const estimated = problem.held.reduce((count, flag) => count - flag, size) - gaugeRanges(problem).length;
  const logLikelihood = search.value + (ridge / 2) * squaresOf(theta, places.attack, places.shapes);
  const ratings = start.teams.map(({ team, matches }, t) => ({
    number: t,
    team,
    attack: theta[places.attack + t] - centre.attack,
    defence: theta[places.defence + t] - centre.defence,
    attackSe: errors.attack[t],
    defenceSe: errors.defence[t],
    matches,
  }));
  ratings.sort((a, b) => compareText(a.team, b.team));
  return {
    kind: "converged",
    model: likelihood.name,
    n: problem.matches.length,
    iterations: search.iterations,
    gradientNorm: search.gradientNorm,
    logLikelihood,
    intercept: theta[0] + centre.attack - centre.defence,
    homeAdvantage: theta[1],
    homeAdvantageSe: se(1),
    teams: ratings.map(({ number: _number, ...rating }) => rating),
    shapes: likelihood.shapes.map(({ name }, k) => ({
      name,
      value: theta[places.shapes + k],
      se: se(places.shapes + k),
    })),
    covariates: (options.covariates ?? []).map((name, c) => ({
      name,
      value: theta[places.covariates + c],
      se: se(places.covariates + c),
    })),
    activeBounds: boundsOf(problem, theta, pinned),
    parameters: estimated,
    aic: ridge > 0 ? null : 2 * estimated - 2 * logLikelihood,
    bic: ridge > 0 ? null : estimated * Math.log(problem.matches.length) - 2 * logLikelihood,
    xi: decayRate(options),
    ridge,
    likelihood,
    covariance: reported(
      covariance,
      problem,
      pinned,
      ratings.map(({ number }) => number),
    ),
  };
}

/** The covariance with teams in their reported order and nothing in what stayed put. */
function reported(
  covariance: Float64Array,
  { size, teams }: ScoreProblem,
  pinned: Uint8Array,
  order: readonly number[],
): Float64Array {
  const from = Array.from({ length: size }, (_, i) => i);
  for (const [t, number] of order.entries()) {
    from[2 + t] = 2 + number;
    from[2 + teams + t] = 2 + teams + number;
  }
  const rows = new Float64Array(size * size);
  for (const [i, row] of from.entries())
    for (const [j, column] of from.entries())
      if (!pinned[row] && !pinned[column]) rows[i * size + j] = covariance[row * size + column];
  return rows;
}

/** Inverse information at the optimum; null when a parameter cannot be told apart from others. */
function scoreCovariance(
  problem: ScoreProblem,
  theta: Float64Array,
  pinned: Uint8Array,
): Float64Array | null {
  const { size } = problem;
  const matrix = new Float64Array(size * size);
  scoreInformation(problem, theta, pinned, matrix);
  const diagonal = Float64Array.from({ length: size }, (_, i) => matrix[i * (size + 1)]);
  if (!factorise(matrix, size, size)) return null;
  for (let i = 0; i < size; i++) if (matrix[i * (size + 1)] ** 2 < UNIDENTIFIED * diagonal[i]) return null;
  return inverseOfFactored(matrix, size, size);
}

/** Means to fold into the intercept; 0 for a block in which ratings are held, or where the intercept is. */
function centresOf(problem: ScoreProblem, theta: Float64Array): { attack: number; defence: number } {
  const places = placesOf(problem.teams, problem.likelihood.shapes.length, problem.covariates);
  const mean = (from: number) => {
    const block = theta.subarray(from, from + problem.teams);
    const fixed = problem.held[0] === 1 || problem.held.subarray(from, from + problem.teams).includes(1);
    return fixed ? 0 : block.reduce((sum, value) => sum + value, 0) / problem.teams;
  };
  return { attack: mean(places.attack), defence: mean(places.defence) };
}

function squaresOf(values: Float64Array, from: number, to: number): number {
  return values.subarray(from, to).reduce((sum, value) => sum + value * value, 0);
}

function boundsOf(problem: ScoreProblem, theta: Float64Array, pinned: Uint8Array): string[] {
  const { shapes } = placesOf(problem.teams, problem.likelihood.shapes.length, problem.covariates);
  return problem.likelihood.shapes.flatMap(({ name, low }, k) =>
    pinned[shapes + k] === 1 && problem.held[shapes + k] === 0
      ? [`${name} ${theta[shapes + k] <= low ? "low" : "high"}`]
      : [],
  );
}
