import { formatDay } from "../../core/day.js";
import type { FullTimeResult } from "../../domain/fixture.js";
import type { Season } from "../../domain/season.js";
import { closingOf, FORECAST_WIDTH, type ForecastTable } from "./forecast-table.js";

/** A line of --predictions: the contract of the command line. */
export interface PredictionLine {
  readonly fixtureId: number;
  readonly league: string;
  readonly season: Season;
  readonly date: string;
  readonly home: string;
  readonly away: string;
  readonly model: string;
  readonly asOf: string;
  readonly homeRate: number;
  readonly awayRate: number;
  readonly pHome: number;
  readonly pDraw: number;
  readonly pAway: number;
  readonly pOver25: number;
  readonly closeHome: number | null;
  readonly closeDraw: number | null;
  readonly closeAway: number | null;
  readonly result: FullTimeResult;
}

const RESULTS = ["H", "D", "A"] as const;

/** Every forecast that was made, model by model, each in the order of the tables. */
export function predictionLines(
  tables: readonly ForecastTable[],
  models: readonly string[],
): PredictionLine[] {
  return models.flatMap((model, k) =>
    tables.flatMap((table) =>
      Array.from(table.fixtureId, (_, m) => m)
        .filter((m) => !Number.isNaN(table.forecasts[k][FORECAST_WIDTH * m]))
        .map((m) => lineOf(table, m, model, k)),
    ),
  );
}

function lineOf(table: ForecastTable, m: number, model: string, k: number): PredictionLine {
  const at = FORECAST_WIDTH * m;
  const [homeRate, awayRate, pHome, pDraw, pAway, pOver25] = table.forecasts[k].subarray(
    at,
    at + FORECAST_WIDTH,
  );
  const closing = closingOf({ table, m });
  const date = formatDay(table.day[m]);
  return {
    fixtureId: table.fixtureId[m],
    league: table.league,
    season: table.season[m],
    date,
    home: table.clubs.get(table.home[m]) ?? "",
    away: table.clubs.get(table.away[m]) ?? "",
    model,
    asOf: date,
    homeRate,
    awayRate,
    pHome,
    pDraw,
    pAway,
    pOver25,
    closeHome: closing?.[0] ?? null,
    closeDraw: closing?.[1] ?? null,
    closeAway: closing?.[2] ?? null,
    result: RESULTS[table.outcome[m]],
  };
}
