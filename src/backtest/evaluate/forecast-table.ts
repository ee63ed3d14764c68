import type { Season } from "../../domain/season.js";

/**
 * Forecasts of one league's matches beside what they are judged by, packed: a hundred thousand matches go from a thread
 * to the next as a few arrays.
 *
 * Shape    entry m of the plain arrays is match m, kick-off order; `closing` has home, draw, away at 3 m; each of
 *          `forecasts` has `FORECAST_WIDTH` numbers at `FORECAST_WIDTH` m. NaN where there is none.
 */
export interface ForecastTable {
  readonly league: string;
  readonly fixtureId: Int32Array;
  readonly season: Int32Array;
  readonly day: Int32Array;
  /** Ids of the clubs, by name in `clubs`. */
  readonly home: Int32Array;
  readonly away: Int32Array;
  readonly clubs: ReadonlyMap<number, string>;
  /** 0 home win, 1 draw, 2 away win. */
  readonly outcome: Uint8Array;
  /** 1 where three goals or more fell. */
  readonly over25: Uint8Array;
  readonly closing: Float64Array;
  /** 1 where there is a sharp closing line and an early price. */
  readonly judgeable: Uint8Array;
  /** One of the requested models each, in their order. */
  readonly forecasts: readonly Float64Array[];
  /** The baseline's, of judgeable matches alone. */
  readonly baseline: Float64Array;
  /** Match days on which a model was brought up to date before a forecast, added up over models. */
  readonly refits: number;
}

/** homeRate, awayRate, home, draw, away, over25. */
export const FORECAST_WIDTH = 6;

/** A match of one of several tables. */
export interface MatchPlace {
  readonly table: ForecastTable;
  readonly m: number;
}

export type Triple = readonly [home: number, draw: number, away: number];

export function seasonOf({ table, m }: MatchPlace): Season {
  return table.season[m];
}

export function closingOf({ table, m }: MatchPlace): Triple | null {
  const { closing } = table;
  return Number.isNaN(closing[3 * m]) ? null : [closing[3 * m], closing[3 * m + 1], closing[3 * m + 2]];
}

/** Home, draw and away of one model's column of forecasts; null where it gave none. */
export function resultChances(forecasts: Float64Array, m: number): Triple | null {
  const at = FORECAST_WIDTH * m;
  return Number.isNaN(forecasts[at]) ? null : [forecasts[at + 2], forecasts[at + 3], forecasts[at + 4]];
}

export function overChance(forecasts: Float64Array, m: number): number {
  return forecasts[FORECAST_WIDTH * m + 5];
}
