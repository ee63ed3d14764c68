import type { GoalRates } from "../domain/goals.js";
import type { Observation } from "./forecaster.js";
import type { LineFilterParameters } from "./market-parameters.js";

/** Expected goals of both sides, whatever their dependence. */
export type RatePair = Pick<GoalRates, "homeRate" | "awayRate">;

/** What both sides did in a match, counted in goals. */
export interface Showing {
  readonly home: number;
  readonly away: number;
}

/** The showings of a match; shots are null unless both sides' counts of both kinds are known. */
export interface Performance {
  readonly goals: Showing;
  readonly shots: { readonly all: Showing; readonly onTarget: Showing } | null;
}

/** Shots and shots on target for each expected goal: running means. */
export interface ShotRatios {
  all: number;
  onTarget: number;
}

/** Read a finished match in goals: shots are divided by what a goal has cost so far. */
export function performanceOf({ result, statistics }: Observation, ratios: ShotRatios): Performance {
  const goals = { home: result.homeGoals, away: result.awayGoals };
  const all = showing(statistics?.home.shots, statistics?.away.shots, ratios.all);
  const onTarget = showing(statistics?.home.shotsOnTarget, statistics?.away.shotsOnTarget, ratios.onTarget);
  return { goals, shots: all && onTarget ? { all, onTarget } : null };
}

function showing(home: number | null | undefined, away: number | null | undefined, ratio: number) {
  return home == null || away == null ? null : { home: home / ratio, away: away / ratio };
}

/** By how much a showing beat the rates in supremacy (sign -1) or in total (sign +1), to first order in logs. */
export function surprise(showing: Showing, { homeRate, awayRate }: RatePair, sign: 1 | -1): number {
  return (2 * (showing.home - homeRate + sign * (showing.away - awayRate))) / (homeRate + awayRate);
}

/**
 * Shots to expect, counted in goals: as many as goals, but split less lopsidedly, for the better side's shots are also
 * the better ones. `elasticity`: log ratio of shots per log ratio of goals; at 1 they are split alike.
 */
export function shotRatesOf(rates: RatePair, elasticity: number): RatePair {
  if (elasticity === 1) return rates;
  const { homeRate, awayRate } = rates;
  const ratio = (homeRate / awayRate) ** elasticity;
  const guest = (homeRate + awayRate) / (1 + ratio);
  return { homeRate: ratio * guest, awayRate: guest };
}

/**
 * The weighted surprise of a match: how far its clubs' ratings jump beyond what the closing line says.
 *
 * `rates`, `shotRates`: what was to be expected of goals, and of shots.
 */
export function surpriseJump(
  { goals, shots }: Performance,
  rates: RatePair,
  shotRates: RatePair,
  sign: 1 | -1,
  weights: LineFilterParameters,
): number {
  const inGoals = surprise(goals, rates, sign);
  if (shots === null) return weights.goalsAlone * inGoals;
  return (
    weights.goals * inGoals +
    weights.onTarget * surprise(shots.onTarget, shotRates, sign) +
    weights.shots * surprise(shots.all, shotRates, sign)
  );
}

/** Draw the running ratios towards this match's shots for each goal its line expected. */
export function learnRatios(
  ratios: ShotRatios,
  shots: NonNullable<Performance["shots"]>,
  { homeRate, awayRate }: RatePair,
  rate: number,
): void {
  const expected = homeRate + awayRate;
  // A showing is shots / ratio: the mean moves by ratio (showing / expected - 1).
  ratios.all += rate * ratios.all * ((shots.all.home + shots.all.away) / expected - 1);
  ratios.onTarget += rate * ratios.onTarget * ((shots.onTarget.home + shots.onTarget.away) / expected - 1);
}
