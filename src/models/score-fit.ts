import { invariant } from "../core/assert.js";
import { compareText } from "../domain/fixture.js";
import { factorise, inverseOfFactored } from "./cholesky.js";
import {
  type ConvergedFit,
  decayRate,
  type FitOptions,
  fitGoals,
  type RefusedFit,
  type TeamRating,
} from "./fit.js";
import { ratingErrorsFrom } from "./fit-errors.js";
import { weighMatches } from "./goal-match.js";
import type { ScoreGrid } from "./grid.js";
import type { ScoreLikelihood } from "./score-likelihood.js";
import {
  evaluateScores,
  pinnedAt,
  type ScoreSearch,
  scoreInformation,
  searchScores,
} from "./score-newton.js";
import {
  type CovariateMatch,
  gaugeRanges,
  matchLinks,
  placesOf,
  type ScoreProblem,
} from "./score-problem.js";

/** Parameters that are not estimated but held at a value: a second step, or a club whose rating is known elsewhere. */
export interface HeldParameters {
  readonly intercept?: number | undefined;
  readonly homeAdvantage?: number | undefined;
  readonly attack?: ReadonlyMap<string, number> | undefined;
  readonly defence?: ReadonlyMap<string, number> | undefined;
  readonly shapes?: ReadonlyMap<string, number> | undefined;
}

export interface ScoreFitOptions
  extends Pick<FitOptions, "xi" | "halfLifeDays" | "asOf" | "ridge" | "iterationLimit"> {
  readonly likelihood: ScoreLikelihood;
  readonly held?: HeldParameters | undefined;
  /** Names of the covariates, in the order of the matches' values. */
  readonly covariates?: readonly string[] | undefined;
}

export interface NamedEstimate {
  readonly name: string;
  readonly value: number;
  /** Wald standard error; 0 when held or at an end of its range. */
  readonly se: number;
}

/** An optimum of a likelihood that needs every match by itself. */
export interface ScoreFit {
  readonly kind: "converged";
  readonly model: string;
  readonly n: number;
  readonly iterations: number;
  readonly gradientNorm: number;
  /** Weighted, log-factorials included, without the ridge's penalty. */
  readonly logLikelihood: number;
  readonly intercept: number;
  readonly homeAdvantage: number;
  readonly homeAdvantageSe: number;
  /** By name. Attacks and defences each sum to 0 unless some are held. */
  readonly teams: readonly TeamRating[];
  readonly shapes: readonly NamedEstimate[];
  readonly covariates: readonly NamedEstimate[];
  /** Shapes that rest on an end of their range, as "dispersion low". */
  readonly activeBounds: readonly string[];
  readonly parameters: number;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly xi: number;
  readonly ridge: number;
  readonly likelihood: ScoreLikelihood;
}

const ITERATION_LIMIT = 60;
/** Holds separated teams while the start is sought, where ratings are held or a ridge is given. */
const START_RIDGE = 0.05;
/** A pivot this small beside its diagonal entry: the parameter cannot be told apart from others. */
const UNIDENTIFIED = 1e-9;

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
  return report(problem, theta, search, start, options);
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

function problemOf(
  matches: readonly CovariateMatch[],
  start: ConvergedFit,
  options: ScoreFitOptions,
): ScoreProblem {
  const { likelihood, held = {}, covariates = [], ridge = 0 } = options;
  const numbers = new Map(start.teams.map(({ team }, t) => [team, t]));
  const used = matches.filter(({ weight = 1 }) => weight > 0);
  const number = (team: string) => numbers.get(team) ?? -1;
  const teams = start.teams.length;
  const places = placesOf(teams, likelihood.shapes.length, covariates.length);
  const low = new Float64Array(places.size).fill(Number.NEGATIVE_INFINITY);
  const high = new Float64Array(places.size).fill(Number.POSITIVE_INFINITY);
  for (const [k, shape] of likelihood.shapes.entries()) {
    low[places.shapes + k] = shape.low;
    high[places.shapes + k] = shape.high;
  }
  return {
    likelihood,
    matches: used,
    home: Int32Array.from(used, ({ home }) => number(home)),
    away: Int32Array.from(used, ({ away }) => number(away)),
    matchLinks: used.flatMap((match) => [
      ...matchLinks(match, number(match.home), number(match.away), places),
    ]),
    shapeLinks: likelihood.shapes.map((_, k) => [[places.shapes + k, 1]]),
    teams,
    covariates: covariates.length,
    size: places.size,
    ridge,
    held: heldPlaces(start, likelihood, held, places.size),
    low,
    high,
  };
}

/** 1 at the place of every held unknown; home advantage is one where all ground is neutral. */
function heldPlaces(
  start: ConvergedFit,
  likelihood: ScoreLikelihood,
  held: HeldParameters,
  size: number,
): Uint8Array {
  const places = placesOf(start.teams.length, likelihood.shapes.length, 0);
  const flags = new Uint8Array(size);
  if (held.intercept !== undefined) flags[0] = 1;
  if (held.homeAdvantage !== undefined || start.parameters < 2 * start.teams.length) flags[1] = 1;
  for (const [t, { team }] of start.teams.entries()) {
    if (held.attack?.has(team)) flags[places.attack + t] = 1;
    if (held.defence?.has(team)) flags[places.defence + t] = 1;
  }
  for (const [k, { name }] of likelihood.shapes.entries())
    if (held.shapes?.has(name)) flags[places.shapes + k] = 1;
  return flags;
}

function startOf(problem: ScoreProblem, start: ConvergedFit, held: HeldParameters): Float64Array {
  const places = placesOf(problem.teams, problem.likelihood.shapes.length, problem.covariates);
  const theta = new Float64Array(problem.size);
  theta[0] = held.intercept ?? start.intercept;
  theta[1] = held.homeAdvantage ?? start.homeAdvantage;
  for (const [t, { team, attack, defence }] of start.teams.entries()) {
    theta[places.attack + t] = held.attack?.get(team) ?? attack;
    theta[places.defence + t] = held.defence?.get(team) ?? defence;
  }
  for (const [k, { name, start: first }] of problem.likelihood.shapes.entries())
    theta[places.shapes + k] = held.shapes?.get(name) ?? first;
  return theta;
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

function report(
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
    team,
    attack: theta[places.attack + t] - centre.attack,
    defence: theta[places.defence + t] - centre.defence,
    attackSe: errors.attack[t],
    defenceSe: errors.defence[t],
    matches,
  }));
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
    teams: ratings.sort((a, b) => compareText(a.team, b.team)),
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
  };
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

/** A fixture to price from a fit, with its covariates where the fit has some. */
export interface ScorePairing {
  readonly home: string;
  readonly away: string;
  readonly neutral?: boolean | undefined;
  readonly homeCovariates?: readonly number[] | undefined;
  readonly awayCovariates?: readonly number[] | undefined;
}

/** The grid of a fixture; null when the fit does not know a team or the rates are out of the distribution's reach. */
export function scoreFitGrid(fit: ScoreFit, pairing: ScorePairing): ScoreGrid | null {
  const home = fit.teams.find(({ team }) => team === pairing.home);
  const away = fit.teams.find(({ team }) => team === pairing.away);
  if (!home || !away) return null;
  const lift = pairing.neutral ? 0 : fit.homeAdvantage;
  const effect = (values: readonly number[] | undefined) =>
    fit.covariates.reduce((sum, { value }, c) => sum + value * (values?.[c] ?? 0), 0);
  const logs = {
    homeLog: fit.intercept + lift + home.attack - away.defence + effect(pairing.homeCovariates),
    awayLog: fit.intercept + away.attack - home.defence + effect(pairing.awayCovariates),
    lift,
  };
  return fit.likelihood.grid(
    logs,
    fit.shapes.map(({ value }) => value),
  );
}

/** A second step: everything of a Poisson fit held, only the shapes of the distribution estimated. */
export function heldFrom(fit: ConvergedFit): HeldParameters {
  return {
    intercept: fit.intercept,
    homeAdvantage: fit.homeAdvantage,
    attack: new Map(fit.teams.map(({ team, attack }) => [team, attack])),
    defence: new Map(fit.teams.map(({ team, defence }) => [team, defence])),
  };
}
