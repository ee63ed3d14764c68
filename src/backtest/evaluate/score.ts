import type { Rng } from "../../core/rng.js";
import { type CalibrationBin, calibrationBins } from "../../models/scoring-calibration.js";
import { clusteredBootstrap, dieboldMariano } from "../../models/scoring-comparison.js";
import { clusteredRatio, type RatioInterval } from "../../models/scoring-ratio.js";
import { type MatchPlace, overChance } from "./forecast-table.js";
import { chancesOf, difference, type Losses, lossesOf, meanOf, type Source } from "./losses.js";

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

/** A source of probabilities under the name it is shown by, with its losses on the scored matches. */
export interface Scored {
  readonly model: string;
  readonly source: Source;
  readonly losses: Losses;
}

export interface Yardsticks {
  /** Both null where no match has a closing line. */
  readonly baseline: Losses | null;
  readonly closing: Losses | null;
}

const WEEK = 7;
/** More days than a division has ever played: leagues do not share a week's number. */
const LEAGUE_STRIDE = 100_000;

export function scored(model: string, source: Source, places: readonly MatchPlace[]): Scored {
  return { model, source, losses: lossesOf(source, places) };
}

/** Score of one source on the matches, each of which it has probabilities for. */
export function scoreModel(
  { model, source, losses }: Scored,
  places: readonly MatchPlace[],
  clusters: Float64Array,
  { baseline, closing }: Yardsticks,
  rng: (stream: number) => Rng,
): ModelScore {
  const logLoss = meanOf(losses.log);
  const interval = clusteredBootstrap(losses.log, clusters, rng(0));
  const kl = closing && clusteredBootstrap(losses.kl, clusters, rng(0));
  const versus = closing && dieboldMariano(difference(losses.log, closing.log), clusters);
  return {
    model,
    n: places.length,
    logLoss,
    low: interval?.low ?? logLoss,
    high: interval?.high ?? logLoss,
    rps: meanOf(losses.rps),
    brier: meanOf(losses.brier),
    ignorance: logLoss / Math.LN2,
    klToClosing: kl && { value: kl.mean, low: kl.low, high: kl.high },
    versusClosing: versus && {
      difference: versus.mean,
      standardError: versus.standardError,
      pValue: versus.pValue,
    },
    gapClosed:
      baseline && closing && source !== "baseline"
        ? clusteredRatio(
            difference(baseline.log, losses.log),
            difference(baseline.log, closing.log),
            clusters,
            rng(1),
          )
        : null,
    logLossOver25: meanOf(Float64Array.from(places, (place) => totalLoss(source, place))),
    calibration: calibrate(source, places),
  };
}

/** `forecasts`: matches that every model forecast, with or without a closing line. */
export function scoreClosing(closing: Losses | null, n: number, forecasts: number): ClosingScore {
  if (closing === null || n === 0) return { n: 0, coverage: 0, logLoss: null, rps: null, brier: null };
  return {
    n,
    coverage: n / forecasts,
    logLoss: meanOf(closing.log),
    rps: meanOf(closing.rps),
    brier: meanOf(closing.brier),
  };
}

/** Matches of one division in one week are drawn together: what moves one often moves all. */
export function weeksOf(places: readonly MatchPlace[]): Float64Array {
  const leagues = new Map<string, number>();
  return Float64Array.from(places, ({ table, m }) => {
    if (!leagues.has(table.league)) leagues.set(table.league, leagues.size);
    return (leagues.get(table.league) ?? 0) * LEAGUE_STRIDE + Math.floor(table.day[m] / WEEK);
  });
}

function totalLoss(source: Source, { table, m }: MatchPlace): number {
  if (source === "closing") return Number.NaN;
  const over = overChance(source === "baseline" ? table.baseline : table.forecasts[source], m);
  return -Math.log(table.over25[m] === 1 ? over : 1 - over);
}

function calibrate(source: Source, places: readonly MatchPlace[]): readonly CalibrationBin[] {
  const probabilities: number[] = [];
  const happened: boolean[] = [];
  for (const place of places)
    for (const [runner, p] of (chancesOf(source, place) ?? []).entries()) {
      probabilities.push(p);
      happened.push(place.table.outcome[place.m] === runner);
    }
  return calibrationBins(probabilities, happened);
}
