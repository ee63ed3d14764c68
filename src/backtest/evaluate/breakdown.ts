import type { Season } from "../../domain/season.js";
import { type MatchPlace, seasonOf } from "./forecast-table.js";
import { type Losses, meanOf } from "./losses.js";
import type { Scored, Yardsticks } from "./score.js";

/** Scores on a part of the matches: means alone, their intervals would be as wide as the differences. */
export interface PartScore {
  readonly n: number;
  readonly models: readonly {
    readonly model: string;
    readonly logLoss: number;
    readonly rps: number;
    readonly klToClosing: number | null;
    readonly gapClosed: number | null;
  }[];
  /** Null without closing lines. */
  readonly closing: { readonly logLoss: number; readonly rps: number } | null;
}

export type LeagueScore = PartScore & { readonly league: string };
export type SeasonScore = PartScore & { readonly season: Season };

/** A table for each league, in the order they first come. */
export function byLeague(
  places: readonly MatchPlace[],
  models: readonly Scored[],
  yardsticks: Yardsticks,
): LeagueScore[] {
  const parts = partsBy(places, ({ table }) => table.league);
  return [...parts].map(([league, among]) => ({ league, ...partScore(among, models, yardsticks) }));
}

/** A table for each season, ascending. */
export function bySeason(
  places: readonly MatchPlace[],
  models: readonly Scored[],
  yardsticks: Yardsticks,
): SeasonScore[] {
  const parts = partsBy(places, seasonOf);
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([season, among]) => ({ season, ...partScore(among, models, yardsticks) }));
}

function partsBy<Key>(places: readonly MatchPlace[], keyOf: (place: MatchPlace) => Key): Map<Key, number[]> {
  const parts = new Map<Key, number[]>();
  for (const [i, place] of places.entries()) {
    const key = keyOf(place);
    const part = parts.get(key);
    if (part) part.push(i);
    else parts.set(key, [i]);
  }
  return parts;
}

function partScore(
  among: readonly number[],
  models: readonly Scored[],
  { baseline, closing }: Yardsticks,
): PartScore {
  return {
    n: among.length,
    models: models.map(({ model, source, losses }) => ({
      model,
      logLoss: meanOf(losses.log, among),
      rps: meanOf(losses.rps, among),
      klToClosing: closing && meanOf(losses.kl, among),
      gapClosed: baseline && closing && source !== "baseline" ? gap(baseline, losses, closing, among) : null,
    })),
    closing: closing && { logLoss: meanOf(closing.log, among), rps: meanOf(closing.rps, among) },
  };
}

/** Null where baseline and closing line do equally well: there is no way to go then. */
function gap(baseline: Losses, model: Losses, closing: Losses, among: readonly number[]): number | null {
  const from = meanOf(baseline.log, among);
  const whole = from - meanOf(closing.log, among);
  return whole === 0 ? null : (from - meanOf(model.log, among)) / whole;
}
