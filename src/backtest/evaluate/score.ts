import type { Rng } from "../../core/rng.js";
import { type FullTimeResult, fullTimeResult } from "../../domain/fixture.js";
import type { MarketView } from "../../models/forecaster.js";
import {
  brierScore,
  ignorance,
  klDivergence,
  logLoss,
  rankedProbabilityScore,
} from "../../models/scoring.js";
import { type CalibrationBin, calibrationBins } from "../../models/scoring-calibration.js";
import { clusteredBootstrap, dieboldMariano } from "../../models/scoring-comparison.js";
import { clusteredRatio, type RatioInterval } from "../../models/scoring-ratio.js";
import type { PredictedMatch } from "./predict.js";

export interface ModelScore {
  readonly model: string;
  readonly n: number;
  readonly logLoss: number;
  /** 95% interval of the log loss, match weeks drawn with replacement. */
  readonly low: number;
  readonly high: number;
  readonly rps: number;
  readonly brier: number;
  readonly ignorance: number;
  /** Mean KL(closing || model), nats, with its 95% interval; null without a closing line. */
  readonly klToClosing: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Log loss less the closing line's: Diebold-Mariano by match week; null without a closing line. */
  readonly versusClosing: {
    readonly difference: number;
    readonly standardError: number;
    readonly pValue: number;
  } | null;
  /** Share of the way from the baseline's log loss to the closing line's; null without either. */
  readonly gapClosed: RatioInterval | null;
  /** Log loss of over and under 2.5 goals. */
  readonly logLossOver25: number;
  /** Of home, draw and away probabilities together. */
  readonly calibration: readonly CalibrationBin[];
}

export interface ClosingScore {
  readonly n: number;
  /** Share of the forecasts that have a closing line to be judged by. */
  readonly coverage: number;
  readonly logLoss: number | null;
  readonly rps: number | null;
  readonly brier: number | null;
}

const ORDER: Readonly<Record<FullTimeResult, number>> = { H: 0, D: 1, A: 2 };
const WEEK = 7;

export function outcomeOf({ match }: PredictedMatch): FullTimeResult {
  const { homeGoals, awayGoals } = match.observation.result;
  return fullTimeResult(homeGoals, awayGoals);
}

export function tripleOf({ home, draw, away }: MarketView): readonly [number, number, number] {
  return [home, draw, away];
}

/**
 * Scores of every model on the same matches: each of `matches` has a prediction of every model.
 *
 * `judged`: whether all of them have a closing line. `baseline`: index of the model that gapClosed starts from.
 */
export function scoreModels(
  names: readonly string[],
  matches: readonly PredictedMatch[],
  {
    judged,
    baseline,
    rng,
  }: { readonly judged: boolean; readonly baseline: number; readonly rng: (stream: number) => Rng },
): ModelScore[] {
  const outcomes = matches.map((match) => ORDER[outcomeOf(match)]);
  const clusters = weeksOf(matches);
  const closing = judged
    ? matches.map(({ match }) => (match.closing ? tripleOf(match.closing) : null))
    : null;
  const lossesOf = (k: number): number[] =>
    matches.map(({ predictions }, i) => logLoss(predictions[k]?.result ?? [], outcomes[i]));
  const closingLosses = closing?.map((triple, i) => logLoss(triple ?? [], outcomes[i])) ?? null;
  const baselineLosses = lossesOf(baseline);
  return names.map((model, k) => {
    const forecasts = matches.map(({ predictions }) => predictions[k]?.result ?? [0, 0, 0]);
    const losses = lossesOf(k);
    const interval = clusteredBootstrap(losses, clusters, rng(2 * k));
    return {
      model,
      n: matches.length,
      logLoss: mean(losses),
      low: interval?.low ?? mean(losses),
      high: interval?.high ?? mean(losses),
      rps: mean(forecasts.map((forecast, i) => rankedProbabilityScore(forecast, outcomes[i]))),
      brier: mean(forecasts.map((forecast, i) => brierScore(forecast, outcomes[i]))),
      ignorance: mean(forecasts.map((forecast, i) => ignorance(forecast, outcomes[i]))),
      klToClosing: closing && divergence(closing, forecasts, clusters, rng(2 * k)),
      versusClosing: closingLosses && againstClosing(losses, closingLosses, clusters),
      gapClosed:
        closingLosses && k !== baseline
          ? gap(baselineLosses, losses, closingLosses, clusters, rng(2 * k + 1))
          : null,
      logLossOver25: mean(matches.map((match) => totalLoss(match, k))),
      calibration: calibrate(forecasts, outcomes),
    };
  });
}

export function scoreClosing(
  matches: readonly PredictedMatch[],
  forecasts: number,
  judged: boolean,
): ClosingScore {
  const coverage = forecasts === 0 ? 0 : (judged ? matches.length : 0) / forecasts;
  if (!judged || matches.length === 0) return { n: 0, coverage, logLoss: null, rps: null, brier: null };
  const outcomes = matches.map((match) => ORDER[outcomeOf(match)]);
  const closing = matches.flatMap(({ match }) => (match.closing ? [tripleOf(match.closing)] : []));
  return {
    n: matches.length,
    coverage,
    logLoss: mean(closing.map((triple, i) => logLoss(triple, outcomes[i]))),
    rps: mean(closing.map((triple, i) => rankedProbabilityScore(triple, outcomes[i]))),
    brier: mean(closing.map((triple, i) => brierScore(triple, outcomes[i]))),
  };
}

/** Matches of one division in one week are drawn together: what moves one often moves all. */
function weeksOf(matches: readonly PredictedMatch[]): Float64Array {
  const leagues = new Map<string, number>();
  return Float64Array.from(matches, ({ match }) => {
    const { league, day } = match.observation.fixture;
    if (!leagues.has(league)) leagues.set(league, leagues.size);
    return (leagues.get(league) ?? 0) * 100_000 + Math.floor(day / WEEK);
  });
}

function divergence(
  closing: readonly (readonly number[] | null)[],
  forecasts: readonly (readonly number[])[],
  clusters: Float64Array,
  rng: Rng,
): ModelScore["klToClosing"] {
  const divergences = forecasts.map((forecast, i) => klDivergence(closing[i] ?? [], forecast));
  const interval = clusteredBootstrap(divergences, clusters, rng);
  return interval && { value: interval.mean, low: interval.low, high: interval.high };
}

function againstClosing(
  losses: readonly number[],
  closing: readonly number[],
  clusters: Float64Array,
): ModelScore["versusClosing"] {
  const compared = dieboldMariano(
    losses.map((loss, i) => loss - closing[i]),
    clusters,
  );
  return (
    compared && { difference: compared.mean, standardError: compared.standardError, pValue: compared.pValue }
  );
}

function gap(
  baseline: readonly number[],
  losses: readonly number[],
  closing: readonly number[],
  clusters: Float64Array,
  rng: Rng,
): RatioInterval | null {
  return clusteredRatio(
    baseline.map((loss, i) => loss - losses[i]),
    baseline.map((loss, i) => loss - closing[i]),
    clusters,
    rng,
  );
}

function totalLoss({ match, predictions }: PredictedMatch, k: number): number {
  const { homeGoals, awayGoals } = match.observation.result;
  const over = predictions[k]?.over25 ?? 0;
  return -Math.log(homeGoals + awayGoals > 2 ? over : 1 - over);
}

function calibrate(
  forecasts: readonly (readonly number[])[],
  outcomes: readonly number[],
): readonly CalibrationBin[] {
  const probabilities = forecasts.flat();
  const happened = forecasts.flatMap((forecast, i) => forecast.map((_, runner) => runner === outcomes[i]));
  return calibrationBins(probabilities, happened);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
