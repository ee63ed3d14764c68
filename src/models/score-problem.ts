import type { GoalMatch } from "./goal-match.js";
import { LOGS, type MatchLogs, type ScoreLikelihood } from "./score-likelihood.js";

/** A match with numbers that move its two log rates, one coefficient a column, shared by all matches. */
export interface CovariateMatch extends GoalMatch {
  readonly homeCovariates?: readonly number[] | undefined;
  readonly awayCovariates?: readonly number[] | undefined;
}

/**
 * Matches and unknowns of a fit whose likelihood needs every match by itself.
 *
 * Unknowns in order: intercept, home advantage, attack, defence (each `teams` long), shapes, coefficients.
 */
export interface ScoreProblem {
  readonly likelihood: ScoreLikelihood;
  readonly matches: readonly CovariateMatch[];
  readonly home: Int32Array;
  readonly away: Int32Array;
  /** Of match m at LOGS x m: homeLog, awayLog, lift. */
  readonly matchLinks: readonly Dependence[];
  readonly shapeLinks: readonly Dependence[];
  readonly teams: number;
  readonly covariates: number;
  readonly size: number;
  readonly ridge: number;
  /** 1 where an unknown is held at its start. */
  readonly held: Uint8Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Places of the blocks among the unknowns. */
export interface Places {
  readonly attack: number;
  readonly defence: number;
  readonly shapes: number;
  readonly covariates: number;
  readonly size: number;
}

export function placesOf(teams: number, shapes: number, covariates: number): Places {
  const attack = 2;
  const defence = attack + teams;
  const after = defence + teams;
  return { attack, defence, shapes: after, covariates: after + shapes, size: after + shapes + covariates };
}

/** Unknowns that a quantity depends on linearly, with their factors. */
export type Dependence = readonly (readonly [place: number, factor: number])[];

/** How local unknown `local` of match `m` (homeLog, awayLog, lift, then shapes) depends on the unknowns. */
export function dependence(problem: ScoreProblem, m: number, local: number): Dependence {
  return local < LOGS ? problem.matchLinks[LOGS * m + local] : problem.shapeLinks[local - LOGS];
}

/** The dependence of homeLog, awayLog and lift of one match. */
export function matchLinks(
  match: CovariateMatch,
  home: number,
  away: number,
  places: Places,
): readonly [Dependence, Dependence, Dependence] {
  const lift: [number, number][] = match.neutral ? [] : [[1, 1]];
  const side = (
    scorer: number,
    opponent: number,
    values: readonly number[] | undefined,
  ): [number, number][] => [
    [0, 1],
    [places.attack + scorer, 1],
    [places.defence + opponent, -1],
    ...(values ?? []).map((value, c): [number, number] => [places.covariates + c, value]),
  ];
  return [[...side(home, away, match.homeCovariates), ...lift], side(away, home, match.awayCovariates), lift];
}

/** Fill `logs` with what the unknowns make of a match. */
export function fillLogs(problem: ScoreProblem, theta: Float64Array, m: number, logs: MatchLogs): void {
  const { teams, matches, home, away, covariates, likelihood } = problem;
  const match = matches[m];
  const h = home[m];
  const a = away[m];
  logs.lift = match.neutral ? 0 : theta[1];
  logs.homeLog = theta[0] + logs.lift + theta[2 + h] - theta[2 + teams + a];
  logs.awayLog = theta[0] + theta[2 + a] - theta[2 + teams + h];
  const from = 2 + 2 * teams + likelihood.shapes.length;
  for (let c = 0; c < covariates; c++) {
    logs.homeLog += theta[from + c] * (match.homeCovariates?.[c] ?? 0);
    logs.awayLog += theta[from + c] * (match.awayCovariates?.[c] ?? 0);
  }
}

/** The shapes among the unknowns. */
export function shapesOf(problem: ScoreProblem, theta: Float64Array): number[] {
  const { shapes } = placesOf(problem.teams, problem.likelihood.shapes.length, problem.covariates);
  return problem.likelihood.shapes.map((_, k) => theta[shapes + k]);
}

/**
 * Ranges of ratings that a constant can be added to without changing a rate: attack and defence each, against the
 * intercept; both together where the intercept is held; none that contains a held rating.
 */
export function gaugeRanges(problem: ScoreProblem): readonly (readonly [from: number, to: number])[] {
  const { attack, defence } = placesOf(problem.teams, problem.likelihood.shapes.length, problem.covariates);
  const end = defence + problem.teams;
  const ranges: [number, number][] =
    problem.held[0] === 1
      ? [[attack, end]]
      : [
          [attack, defence],
          [defence, end],
        ];
  return ranges.filter(([from, to]) => !problem.held.subarray(from, to).includes(1));
}
