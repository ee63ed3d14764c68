import { roundTo } from "../../core/number.js";
import { createRng } from "../../core/rng.js";
import { toDecimal } from "../../domain/money.js";
import type { Season } from "../../domain/season.js";
import { DIGITS, type Estimate, estimate } from "../breakdown.js";
import { ratioInterval } from "../statistics/ratio-interval.js";
import type { DayAxis, Trial } from "./trial.js";

/** One season bet with the configuration that was best on all seasons before it. */
export interface Fold {
  readonly season: Season;
  /** Index of the configuration that the past chose. */
  readonly configuration: number;
  /** Match days it was chosen on. */
  readonly trainedOn: number;
  readonly staked: number;
  readonly profit: number;
  readonly roi: Estimate;
}

export interface Nested {
  readonly folds: readonly Fold[];
  readonly staked: number;
  readonly profit: number;
  readonly roi: Estimate;
}

/** Match days between what a fold is tuned on and what it is tested on: they are left out of both. */
export const EMBARGO_DAYS = 1;
/** Random streams of the folds, apart from those of a backtest. */
const FOLD_STREAM = 1000;

/**
 * Nested evaluation: each season but the first is bet with the configuration that did best, by mean over deviation of
 * its match days' profit, in the seasons before it less the last match day. The bank of every configuration runs on
 * from the first season: with flat stakes its bets are those of seasons played apart.
 */
export function nestedEvaluation(trials: readonly Trial[], { seasons }: DayAxis, seed: number): Nested {
  const tested = [...new Set(seasons)].sort((a, b) => a - b).slice(1);
  const parts = tested.flatMap((season, index) => {
    const begin = seasons.findIndex((each) => each >= season);
    const trainedOn = begin - EMBARGO_DAYS;
    if (trainedOn < 2) return [];
    const configuration = bestUntil(trials, trainedOn);
    const on = daysOf(trials[configuration], seasons, season, begin);
    return [{ season, configuration, trainedOn, on, index }];
  });
  const folds = parts.map(({ season, configuration, trainedOn, on, index }) => ({
    season,
    configuration,
    trainedOn,
    ...summaryOf(on, seed, FOLD_STREAM + 1 + index),
  }));
  return {
    folds,
    ...summaryOf(
      parts.flatMap(({ on }) => on),
      seed,
      FOLD_STREAM,
    ),
  };
}

interface DaySum {
  readonly top: number;
  readonly bottom: number;
}

function daysOf(trial: Trial, seasons: readonly Season[], season: Season, begin: number): DaySum[] {
  return seasons.flatMap((each, t) =>
    t >= begin && each === season ? [{ top: trial.dayProfitMinor[t], bottom: trial.dayStakedMinor[t] }] : [],
  );
}

/** The configuration with the best mean over deviation on the first `days`; the first of equals. */
function bestUntil(trials: readonly Trial[], days: number): number {
  const scores = trials.map(({ dayProfitMinor }) => score(dayProfitMinor.subarray(0, days)));
  return scores.reduce((top, value, index) => (value > scores[top] ? index : top), 0);
}

/** Mean over deviation; 0 where nothing was bet. */
export function score(profits: Float64Array): number {
  const mean = profits.reduce((sum, each) => sum + each, 0) / profits.length;
  const variance = profits.reduce((sum, each) => sum + (each - mean) ** 2, 0) / profits.length;
  return variance > 0 ? mean / Math.sqrt(variance) : 0;
}

function summaryOf(all: readonly DaySum[], seed: number, stream: number): Omit<Nested, "folds"> {
  const days = all.filter(({ bottom }) => bottom > 0);
  const profit = days.reduce((sum, { top }) => sum + top, 0);
  const staked = days.reduce((sum, { bottom }) => sum + bottom, 0);
  const none = { value: null, low: null, high: null };
  return {
    staked: toDecimal(staked),
    profit: toDecimal(profit),
    roi:
      staked === 0
        ? none
        : estimate(roundTo(profit / staked, DIGITS), ratioInterval(days, createRng(seed, stream))),
  };
}
