import type { ConvergedFit } from "./goal-fit.js";
import type { ScoreLikelihood } from "./score-likelihood.js";
import type { HeldParameters, ScoreFitOptions } from "./score-model.js";
import { type CovariateMatch, matchLinks, placesOf, type ScoreProblem } from "./score-problem.js";

/** The problem of fitting weighted matches; teams are numbered as in the Poisson fit it starts from. */
export function problemOf(
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

/** Where the search starts: the Poisson fit, what is held, and each shape's usual value. */
export function startOf(problem: ScoreProblem, start: ConvergedFit, held: HeldParameters): Float64Array {
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
