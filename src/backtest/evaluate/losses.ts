import { brierScore, klDivergence, logLoss, rankedProbabilityScore } from "../../models/scoring.js";
import { closingOf, type MatchPlace, resultChances, type Triple } from "./forecast-table.js";

/** Losses of one source of probabilities, one entry a match: all that scores, intervals and breakdowns are made of. */
export interface Losses {
  readonly log: Float64Array;
  readonly rps: Float64Array;
  readonly brier: Float64Array;
  /** KL(closing || these probabilities), nats; NaN without a closing line. */
  readonly kl: Float64Array;
}

/** Column k of the models' forecasts, the baseline's, or the closing line itself. */
export type Source = number | "baseline" | "closing";

/** Chances a source gave a match; null where it gave none. */
export function chancesOf(source: Source, place: MatchPlace): Triple | null {
  if (source === "closing") return closingOf(place);
  const { table, m } = place;
  return resultChances(source === "baseline" ? table.baseline : table.forecasts[source], m);
}

/** Losses on matches that the source has probabilities for: NaN for any other. */
export function lossesOf(source: Source, places: readonly MatchPlace[]): Losses {
  const losses = {
    log: new Float64Array(places.length).fill(Number.NaN),
    rps: new Float64Array(places.length).fill(Number.NaN),
    brier: new Float64Array(places.length).fill(Number.NaN),
    kl: new Float64Array(places.length).fill(Number.NaN),
  };
  for (const [i, place] of places.entries()) {
    const chances = chancesOf(source, place);
    if (chances === null) continue;
    const outcome = place.table.outcome[place.m];
    const closing = closingOf(place);
    losses.log[i] = logLoss(chances, outcome);
    losses.rps[i] = rankedProbabilityScore(chances, outcome);
    losses.brier[i] = brierScore(chances, outcome);
    if (closing !== null) losses.kl[i] = klDivergence(closing, chances);
  }
  return losses;
}

/** Mean of the entries named by `among`; of all when it is left out. */
export function meanOf(
  values: Float64Array,
  among: readonly number[] = Array.from(values, (_, i) => i),
): number {
  let sum = 0;
  for (const i of among) sum += values[i];
  return sum / among.length;
}

/** Entry by entry a - b. */
export function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]);
}
