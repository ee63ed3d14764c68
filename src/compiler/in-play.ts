import { invariant } from "../core/assert.js";
import type { GoalRates } from "../domain/goals.js";
import { lowScoreFactor } from "../models/dixon-coles-grid.js";
import { gridSize, type ScoreGrid } from "../models/grid.js";
import { fillPoissonPmf } from "../models/poisson-pmf.js";
import { DEFAULT_HALF_SHARE } from "./half-share.js";
import type { Score } from "./next-goal.js";

/**
 * What one sending-off does to the scoring of the side reduced to ten, and of its opponents, while it lasts.
 *
 * Round figures for the effect Vecer, Kopriva & Ichiba (JQAS 5(1), 2009) read from betting markets: the side with ten
 * scores clearly less, the other a little more. Estimates in the literature differ widely: pass your own.
 */
export const RED_CARD_FACTORS = { own: 2 / 3, opponent: 5 / 4 } as const;

/** Sizes a grid when no goal is to come: the kernels take no rate of zero. */
const LEAST_RATE = 1e-9;

export interface ClockState {
  /** Playing time, 0 to 90; put stoppage time of a half at its last minute. */
  readonly minute: number;
  readonly redCardsHome: number;
  readonly redCardsAway: number;
}

export interface InPlayOptions {
  readonly halfShare?: number;
  readonly redCardFactors?: { readonly own: number; readonly opponent: number };
}

/** Expected goals still to come, >= 0; both zero at minute 90. */
export interface RemainingRates {
  readonly homeRate: number;
  readonly awayRate: number;
}

/** Share of a match's goals still to come at a minute: evenly spread within each half. */
export function remainingShare(minute: number, halfShare = DEFAULT_HALF_SHARE): number {
  invariant(minute >= 0 && minute <= 90, `a minute must lie between 0 and 90, was ${minute}`);
  if (minute <= 45) return 1 - (halfShare * minute) / 45;
  return ((1 - halfShare) * (90 - minute)) / 45;
}

/** Expected goals from a minute to the end, given the pre-match rates and the sendings-off so far. */
export function remainingRates(
  rates: GoalRates,
  state: ClockState,
  options: InPlayOptions = {},
): RemainingRates {
  const { own, opponent } = options.redCardFactors ?? RED_CARD_FACTORS;
  const share = remainingShare(state.minute, options.halfShare);
  const { redCardsHome, redCardsAway } = state;
  return {
    homeRate: rates.homeRate * share * own ** redCardsHome * opponent ** redCardsAway,
    awayRate: rates.awayRate * share * own ** redCardsAway * opponent ** redCardsHome,
  };
}

/**
 * Grid of final scores given the score and the clock: every market is priced from it as before the match.
 *
 * Dixon and Coles weight final scores by tau; given what has happened the weight of a final score is still tau, so a
 * cell is tau(final) x Poisson(goals to come), over the sum. At 0-0 in minute 0 that is the pre-match grid.
 */
export function inPlayGrid(
  rates: GoalRates,
  state: ClockState & { readonly score: Score },
  options: InPlayOptions = {},
): ScoreGrid {
  const { homeRate, awayRate } = remainingRates(rates, state, options);
  const reach = gridSize(Math.max(homeRate, LEAST_RATE), Math.max(awayRate, LEAST_RATE));
  return weighted(rates, state.score, goalsToCome(homeRate, reach), goalsToCome(awayRate, reach));
}

function goalsToCome(rate: number, most: number): Float64Array {
  const mass = new Float64Array(most + 1);
  if (rate > 0) fillPoissonPmf(mass, rate);
  else mass[0] = 1;
  return mass;
}

/** Below this the score that stands is one that rho on its bound calls impossible: tau then says nothing. */
const LEAST_WEIGHT = 1e-9;

function weighted(rates: GoalRates, score: Score, home: Float64Array, away: Float64Array): ScoreGrid {
  const maxGoals = Math.max(score.home, score.away) + home.length - 1;
  const plain = finalScores(maxGoals, score, home, away);
  const tau = plain.map((p, cell) => {
    const width = maxGoals + 1;
    return p * Math.max(0, lowScoreFactor(Math.floor(cell / width), cell % width, rates));
  });
  const beyond = Math.max(0, 1 - total(plain));
  const weight = total(tau) + beyond;
  if (weight < LEAST_WEIGHT) return { maxGoals, cells: plain, tailMass: beyond };
  return { maxGoals, cells: tau.map((p) => p / weight), tailMass: beyond / weight };
}

function finalScores(maxGoals: number, score: Score, home: Float64Array, away: Float64Array): Float64Array {
  const cells = new Float64Array((maxGoals + 1) ** 2);
  for (let i = 0; i < home.length; i++)
    for (let j = 0; j < away.length; j++)
      cells[(score.home + i) * (maxGoals + 1) + score.away + j] = home[i] * away[j];
  return cells;
}

function total(cells: Float64Array): number {
  let sum = 0;
  for (const p of cells) sum += p;
  return sum;
}
