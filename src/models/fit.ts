import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import { compareText } from "../domain/fixture.js";
import { covarianceOf, type RatingErrors, ratingErrors } from "./fit-errors.js";
import { meanOf } from "./goal-likelihood.js";
import { collectMatches, type GoalMatch } from "./goal-match.js";
import { type SearchEnd, searchGoals } from "./goal-search.js";
import { startFromRates } from "./goal-start.js";
import { createWork, type GoalWork } from "./goal-work.js";
import { type Connection, connectionOf } from "./islands.js";
import type { PairSums } from "./pair-sums.js";

export type GoalModel = "poisson" | "dixon-coles";

export interface FitOptions {
  readonly model: GoalModel;
  /** Decay of weights a day, >= 0; or the days after which a match counts half. Neither: no decay. */
  readonly xi?: number | undefined;
  readonly halfLifeDays?: number | undefined;
  /** A match on this day or later has weight 0. */
  readonly asOf?: Day | undefined;
  /** Precision of a normal prior on attack and defence about their means; 0 when left out. */
  readonly ridge?: number | undefined;
  /** Hold rho at this value instead of estimating it. */
  readonly rho?: number | undefined;
  /** An earlier fit to start from: it saves steps and changes nothing else. */
  readonly start?: ConvergedFit | undefined;
  /** Leave out when no errors or intervals are wanted: they cost as much as a fit. */
  readonly standardErrors?: boolean | undefined;
  readonly iterationLimit?: number | undefined;
}

export interface TeamRating {
  readonly team: string;
  /** Log scale; higher is better for both. */
  readonly attack: number;
  readonly defence: number;
  /** Wald standard errors; NaN when the fit was asked for none. */
  readonly attackSe: number;
  readonly defenceSe: number;
  readonly matches: number;
}

/** An optimum: every gradient entry is below `gradientNorm`. */
export interface ConvergedFit {
  readonly kind: "converged";
  readonly model: GoalModel;
  /** Matches of positive weight. */
  readonly n: number;
  readonly totalWeight: number;
  readonly iterations: number;
  /** Largest absolute slope of the (penalised) log-likelihood left; without rho when that is held or at a bound. */
  readonly gradientNorm: number;
  /** Weighted and with the log-factorials, unless goals were not whole. Without the ridge's penalty. */
  readonly logLikelihood: number;
  readonly logFactorialsIncluded: boolean;
  readonly intercept: number;
  readonly homeAdvantage: number;
  /** NaN when the fit was asked for no errors; 0 when the quantity was not estimated. */
  readonly homeAdvantageSe: number;
  readonly rho: number;
  readonly rhoSe: number;
  readonly xi: number;
  readonly ridge: number;
  /** By name, code-unit order. Attacks sum to 0, and so do defences. */
  readonly teams: readonly TeamRating[];
  /** "rho low" or "rho high" when rho rests against the value that would make a cell negative. */
  readonly activeBounds: readonly string[];
  /** Free parameters: 2 teams, one more when rho was estimated. */
  readonly parameters: number;
  /** Null when a ridge makes the count of parameters meaningless. */
  readonly aic: number | null;
  readonly bic: number | null;
  /** Groups of teams that never met; more than one only where a ridge holds them together. */
  readonly islands: readonly (readonly string[])[];
  /**
   * Covariance of attack, defence (order of `teams`), home advantage and rho; row-major, 2 teams + 2 a row. Only
   * contrasts that leave the gauge out (attack[h] - defence[a]) may be read from it. Null without standard errors.
   */
  readonly covariance: Float64Array | null;
}

export interface SeparatedTeam {
  readonly team: string;
  readonly reason: "never scored" | "never conceded" | "rating diverges";
}

/** Why there is no fit. No probability may be printed from any of these. */
export type RefusedFit =
  | { readonly kind: "no-data"; readonly text: string }
  | { readonly kind: "invalid-match"; readonly match: number; readonly text: string }
  | { readonly kind: "disconnected"; readonly islands: readonly (readonly string[])[] }
  | { readonly kind: "two-halves"; readonly halves: readonly (readonly string[])[] }
  | { readonly kind: "separated"; readonly teams: readonly SeparatedTeam[] }
  | {
      readonly kind: "not-converged";
      readonly reason: string;
      readonly iterations: number;
      readonly gradientNorm: number;
    };

export type Fit = ConvergedFit | RefusedFit;

const ITERATION_LIMIT = 60;
/** e^8 goals a match: no rating of a real team lies this far out. */
const DIVERGED = 8;

/**
 * Fit attack, defence, home advantage (and rho) to matches by maximum likelihood.
 *
 *   log homeRate = intercept + homeAdvantage + attack[h] - defence[a]
 *   log awayRate = intercept + attack[a] - defence[h]
 *
 * Returns  a value for every honest failure: see `RefusedFit`.
 * Source   Maher (1982); Dixon & Coles, Applied Statistics 46(2), 1997.
 */
export function fitGoals(matches: readonly GoalMatch[], options: FitOptions): Fit {
  const xi = decayRate(options);
  const collected = collectMatches(matches, { xi, asOf: options.asOf ?? null });
  return collected.kind === "collected" ? fitSums(collected.sums, collected.teams, options) : collected;
}

/** Fit sums that are already weighted; `names` by team number. The options' decay is only reported. */
export function fitSums(sums: PairSums, names: readonly string[], options: FitOptions): Fit {
  const ridge = options.ridge ?? 0;
  invariant(ridge >= 0, "a ridge must not be negative");
  const connection = connectionOf(sums);
  const refusal = ridge > 0 ? null : structuralRefusal(sums, names, connection);
  if (refusal) return refusal;
  const work = createWork(sums);
  const theta = new Float64Array(work.order);
  startFromRates(work, sums, theta);
  if (options.start) startFromFit(theta, names, options.start);
  const iterationLimit = options.iterationLimit ?? ITERATION_LIMIT;
  const end = searchGoals(work, sums, theta, { ridge, rho: rhoTask(options), iterationLimit });
  if (end.kind !== "converged" || divergedTeams(theta, names).length > 0)
    return searchRefusal(end, theta, names);
  return report({ work, sums, theta, end, names, options, connection });
}

/** Decay a day of a fit's options, from xi or a half-life. */
export function decayRate(options: Pick<FitOptions, "xi" | "halfLifeDays">): number {
  const { xi, halfLifeDays } = options;
  invariant(
    xi === undefined || halfLifeDays === undefined,
    "a decay must be given as xi or as a half-life, not both",
  );
  const rate = halfLifeDays === undefined ? (xi ?? 0) : Math.LN2 / halfLifeDays;
  invariant(rate >= 0 && Number.isFinite(rate), `the decay must be a number >= 0, was ${rate}`);
  return rate;
}

/** One sentence for a person: why a fit was refused. */
export function refusalText(fit: RefusedFit): string {
  switch (fit.kind) {
    case "no-data":
    case "invalid-match":
      return fit.text;
    case "disconnected":
      return `the teams fall into ${fit.islands.length} islands without a match between them: ${fit.islands.map((island) => island.join(", ")).join(" | ")}`;
    case "two-halves":
      return `two groups of teams only ever met each other: ${fit.halves.map((half) => half.join(", ")).join(" | ")}`;
    case "separated":
      return fit.teams.map(({ team, reason }) => `${team}: ${reason}`).join("; ");
    case "not-converged":
      return `${fit.reason} after ${fit.iterations} iterations, largest slope ${fit.gradientNorm.toExponential(1)}`;
  }
}

function rhoTask(options: FitOptions): "none" | "free" | number {
  return options.model === "poisson" ? "none" : (options.rho ?? "free");
}

/** What can be told to have no optimum before any search. */
function structuralRefusal(
  sums: PairSums,
  names: readonly string[],
  connection: Connection,
): RefusedFit | null {
  const named = (group: readonly number[]) => group.map((t) => names[t]);
  if (connection.islands.length > 1) return { kind: "disconnected", islands: connection.islands.map(named) };
  const teams = separatedTeams(sums, names);
  if (teams.length > 0) return { kind: "separated", teams };
  if (connection.halves) return { kind: "two-halves", halves: connection.halves.map(named) };
  if (sums.homeWeight > 0 && (sums.homeGoals === 0 || sums.awayGoals === 0))
    return {
      kind: "no-data",
      text: `no ${sums.homeGoals === 0 ? "home" : "away"} side scored: the home advantage diverges`,
    };
  return null;
}

function separatedTeams(sums: PairSums, names: readonly string[]): SeparatedTeam[] {
  const found: SeparatedTeam[] = [];
  for (const [t, team] of names.entries()) {
    if (sums.goalsFor[t] === 0) found.push({ team, reason: "never scored" });
    if (sums.goalsAgainst[t] === 0) found.push({ team, reason: "never conceded" });
  }
  return found.sort((a, b) => compareText(a.team, b.team) || compareText(a.reason, b.reason));
}

/** A search that failed because a rating ran away is a separated team; any other failure says how it ended. */
function searchRefusal(end: SearchEnd, theta: Float64Array, names: readonly string[]): RefusedFit {
  const diverged = divergedTeams(theta, names);
  if (diverged.length > 0)
    return {
      kind: "separated",
      teams: diverged.sort(compareText).map((team) => ({ team, reason: "rating diverges" })),
    };
  const { iterations, gradientNorm } = end;
  return { kind: "not-converged", reason: END_TEXT[end.kind], iterations, gradientNorm };
}

const END_TEXT = {
  converged: "converged",
  cut: "rho presses on its bounds",
  stalled: "no step gained",
  limit: "the iteration limit was reached",
  impossible: "the given rho leaves a score that was seen no chance",
} as const;

function divergedTeams(theta: Float64Array, names: readonly string[]): string[] {
  return names.filter((_, t) => isFar(theta, t, names.length));
}

function isFar(theta: Float64Array, t: number, teams: number): boolean {
  const attack = theta[t] - meanOf(theta, 0, teams);
  const defence = theta[teams + t] - meanOf(theta, teams, 2 * teams);
  return Math.max(Math.abs(attack), Math.abs(defence)) > DIVERGED;
}

/** Ratings of an earlier fit for the teams it knows; the others keep their cold start. */
function startFromFit(theta: Float64Array, names: readonly string[], start: ConvergedFit): void {
  const known = new Map(start.teams.map((rating) => [rating.team, rating]));
  for (const [t, name] of names.entries()) {
    const rating = known.get(name);
    if (!rating) continue;
    theta[t] = start.intercept + rating.attack;
    theta[names.length + t] = rating.defence;
  }
  theta[2 * names.length] = start.homeAdvantage;
  theta[2 * names.length + 1] = start.rho;
}

interface Found {
  readonly work: GoalWork;
  readonly sums: PairSums;
  readonly theta: Float64Array;
  readonly end: SearchEnd;
  readonly names: readonly string[];
  readonly options: FitOptions;
  readonly connection: Connection;
}

function report(found: Found): ConvergedFit {
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
