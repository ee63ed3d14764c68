import { invariant } from "../../core/assert.js";
import type { Rng } from "../../core/rng.js";
import type { GoalRates } from "../../domain/goals.js";
import { drawNormal } from "./draw.js";

/**
 * The known truth, on the log scale of the models: log home rate = intercept + homeAdvantage + attack_h - defence_a.
 */
export const TRUTH = {
  intercept: Math.log(1.2),
  homeAdvantage: 0.25,
  rho: -0.05,
  attackSd: 0.25,
  defenceSd: 0.2,
  /** Weekly autocorrelation of each strength: half of a lead over the average is gone in about 17 months. */
  weeklyPersistence: 0.9905,
} as const;

/** Strengths of the clubs of a division in one week; each sums to zero. Higher defence = stronger. */
export interface Strengths {
  readonly attack: readonly number[];
  readonly defence: readonly number[];
}

/**
 * Strengths for `weeks` weeks: a stationary first-order autoregression per club, so that the spread of the division
 * stays what it is while clubs rise and fall slowly.
 */
export function driftStrengths(rng: Rng, clubs: number, weeks: number): Strengths[] {
  const path: Strengths[] = [];
  let attack = startLevels(rng, clubs, TRUTH.attackSd);
  let defence = startLevels(rng, clubs, TRUTH.defenceSd);
  for (let week = 0; week < weeks; week++) {
    path.push({ attack, defence });
    attack = stepLevels(rng, attack, TRUTH.attackSd);
    defence = stepLevels(rng, defence, TRUTH.defenceSd);
  }
  return path;
}

/** True expected goals of home club `home` against `away`, indices into `strengths`. */
export function trueRates(strengths: Strengths, home: number, away: number): GoalRates {
  const { attack, defence } = strengths;
  invariant(home !== away && home < attack.length && away < attack.length, `no match ${home} - ${away}`);
  return {
    homeRate: Math.exp(TRUTH.intercept + TRUTH.homeAdvantage + attack[home] - defence[away]),
    awayRate: Math.exp(TRUTH.intercept + attack[away] - defence[home]),
    rho: TRUTH.rho,
  };
}

function startLevels(rng: Rng, clubs: number, sd: number): number[] {
  return centred(Array.from({ length: clubs }, () => sd * drawNormal(rng)));
}

function stepLevels(rng: Rng, levels: readonly number[], sd: number): number[] {
  const keep = TRUTH.weeklyPersistence;
  const shock = sd * Math.sqrt(1 - keep * keep);
  return centred(levels.map((level) => keep * level + shock * drawNormal(rng)));
}

function centred(levels: readonly number[]): number[] {
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return levels.map((level) => level - mean);
}
