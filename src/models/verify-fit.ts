import type { ConvergedFit } from "./goal-fit.js";
import type { GoalMatch } from "./goal-match.js";
import { matchLogLikelihood, type NamedParameters, namedParameters } from "./match-likelihood.js";
import { type StackedFit, stackedPoissonFit } from "./stacked-poisson.js";

/** What a second, independent path says of a fit. Differences are absolute. */
export interface FitVerification {
  readonly kind: "agreed" | "disagreed";
  /** Reported log-likelihood against the sum over matches. */
  readonly logLikelihoodDifference: number;
  /** Largest slope of the (penalised) log-likelihood found by central differences; rho only where it was estimated. */
  readonly largestSlope: number;
  /** Largest difference from the ratings found by reweighted least squares; null where that does not apply. */
  readonly ratingDifference: number | null;
  /** What disagreed, in words; empty when nothing did. */
  readonly faults: readonly string[];
}

const STEP = 1e-5;
/** Central differences of a sum of some thousand terms leave about this much noise at a step of 1e-5. */
const SLOPE_TOLERANCE = 1e-5;
const RATING_TOLERANCE = 1e-8;

/**
 * Check a fit against paths that share none of its code: the likelihood summed match by match, its slopes by finite
 * differences, and, for a Poisson fit without ridge, reweighted least squares on stacked rows.
 *
 * `matches` carry their final weights (see `weighMatches`). Takes some hundred times as long as the fit.
 */
export function verifyFit(matches: readonly GoalMatch[], fit: ConvergedFit): FitVerification {
  const used = matches.filter(({ weight = 1 }) => weight > 0);
  const value = matchLogLikelihood(used, namedParameters(fit));
  const logLikelihoodDifference = Math.abs(value - fit.logLikelihood);
  const largestSlope = finiteDifferenceSlope(used, fit);
  const stacked = fit.model === "poisson" && fit.ridge === 0 ? stackedPoissonFit(used) : null;
  const ratingDifference = stacked ? differenceFrom(fit, stacked) : null;
  const scale = Math.max(1, fit.totalWeight / 1000);
  const faults = [
    logLikelihoodDifference <= 1e-9 + 1e-12 * Math.abs(value)
      ? ""
      : `log-likelihood by ${logLikelihoodDifference}`,
    largestSlope <= SLOPE_TOLERANCE * scale ? "" : `slope of ${largestSlope} at the optimum`,
    ratingDifference === null || ratingDifference <= RATING_TOLERANCE ? "" : `ratings by ${ratingDifference}`,
  ].filter((fault) => fault !== "");
  const kind = faults.length === 0 ? "agreed" : "disagreed";
  return { kind, logLikelihoodDifference, largestSlope, ratingDifference, faults };
}

/** Largest absolute central difference of the penalised log-likelihood over every free parameter. */
export function finiteDifferenceSlope(matches: readonly GoalMatch[], fit: ConvergedFit): number {
  const at = namedParameters(fit);
  const slope = (shift: (by: number) => NamedParameters) =>
    Math.abs(penalised(matches, fit.ridge, shift(STEP)) - penalised(matches, fit.ridge, shift(-STEP))) /
    (2 * STEP);
  const shifts: ((by: number) => NamedParameters)[] = [(by) => ({ ...at, intercept: at.intercept + by })];
  if (fit.homeAdvantageSe !== 0) shifts.push((by) => ({ ...at, homeAdvantage: at.homeAdvantage + by }));
  if (fit.rhoSe !== 0) shifts.push((by) => ({ ...at, rho: at.rho + by }));
  for (const { team } of fit.teams) {
    shifts.push((by) => ({ ...at, attack: moved(at.attack, team, by) }));
    shifts.push((by) => ({ ...at, defence: moved(at.defence, team, by) }));
  }
  return Math.max(...shifts.map(slope));
}

function penalised(matches: readonly GoalMatch[], ridge: number, parameters: NamedParameters): number {
  const penalty = squares(parameters.attack) + squares(parameters.defence);
  return matchLogLikelihood(matches, parameters) - (ridge / 2) * penalty;
}

function squares(ratings: ReadonlyMap<string, number>): number {
  const values = [...ratings.values()];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function moved(ratings: ReadonlyMap<string, number>, team: string, by: number): ReadonlyMap<string, number> {
  const copy = new Map(ratings);
  copy.set(team, (ratings.get(team) ?? 0) + by);
  return copy;
}

function differenceFrom(fit: ConvergedFit, stacked: StackedFit): number {
  return Math.max(
    Math.abs(fit.intercept - stacked.intercept),
    Math.abs(fit.homeAdvantage - stacked.homeAdvantage),
    ...fit.teams.map(({ team, attack }) => Math.abs(attack - (stacked.attack.get(team) ?? Number.NaN))),
    ...fit.teams.map(({ team, defence }) => Math.abs(defence - (stacked.defence.get(team) ?? Number.NaN))),
  );
}
