import { createRng } from "../../core/rng.js";
import type { Season } from "../../domain/season.js";
import type { Warehouse } from "../../warehouse/port.js";
import { byLeague, bySeason, type LeagueScore, type SeasonScore } from "./breakdown.js";
import { type ForecastRequest, forecastLeague } from "./forecast-league.js";
import { FORECAST_WIDTH, type ForecastTable, type MatchPlace } from "./forecast-table.js";
import { lossesOf } from "./losses.js";
import {
  type ClosingScore,
  type ModelScore,
  scoreClosing,
  scored,
  scoreModel,
  weeksOf,
  type Yardsticks,
} from "./score.js";

export interface EvaluateRequest extends ForecastRequest {
  readonly leagues: readonly string[];
  readonly seed: number;
}

export interface Evaluation {
  readonly protocol: string;
  readonly models: readonly ModelScore[];
  readonly closing: ClosingScore;
  readonly byLeague: readonly LeagueScore[];
  readonly bySeason: readonly SeasonScore[];
  /** Matches of the seasons asked for, and those of them that not every model could forecast. */
  readonly matches: number;
  readonly refusedForecasts: number;
  /** Match days on which models were brought up to date before a forecast. */
  readonly refits: number;
}

const BASELINE_NAME = "goals (baseline)";

/** Forecast leagues one after the other and score them: `forecastLeague` and `evaluateForecasts` in one. */
export async function evaluate(warehouse: Warehouse, request: EvaluateRequest): Promise<Evaluation> {
  const leagues = await warehouse.leagues();
  const tables: ForecastTable[] = [];
  for (const league of request.leagues)
    tables.push(await forecastLeague(warehouse, league, request, leagues));
  return evaluateForecasts(tables, request, request.seed);
}

/**
 * Score models on the same matches, beside the closing line.
 *
 * A match counts when every model and the baseline forecast it and it has a sharp closing and an early line; where no
 * match has a closing line, all forecasts count and nothing is said of the close or the baseline. The order of
 * `tables` is that of the leagues: the same tables give the same numbers, whoever made them.
 */
export function evaluateForecasts(
  tables: readonly ForecastTable[],
  { models, learnFrom }: ForecastRequest,
  seed: number,
): Evaluation {
  const all = tables.flatMap((table) => Array.from(table.fixtureId, (_, m): MatchPlace => ({ table, m })));
  const complete = all.filter(({ table, m }) => table.forecasts.every((column) => hasForecast(column, m)));
  const judgeable = complete.filter(
    ({ table, m }) => table.judgeable[m] === 1 && hasForecast(table.baseline, m),
  );
  const judged = judgeable.length > 0;
  const places = judged ? judgeable : complete;
  const yardsticks: Yardsticks = {
    baseline: judged ? lossesOf("baseline", places) : null,
    closing: judged ? lossesOf("closing", places) : null,
  };
  const rows = models.map(({ name }, k) => scored(name, k, places));
  if (judged) rows.push(scored(BASELINE_NAME, "baseline", places));
  const clusters = weeksOf(places);
  const score = (row: (typeof rows)[number], k: number) =>
    scoreModel(row, places, clusters, yardsticks, (stream) => createRng(seed, 2 * k + stream));
  return {
    protocol: protocolOf(learnFrom, judged),
    models: places.length === 0 ? [] : rows.map(score),
    closing: scoreClosing(yardsticks.closing, places.length, complete.length),
    byLeague: byLeague(places, rows, yardsticks),
    bySeason: bySeason(places, rows, yardsticks),
    matches: all.length,
    refusedForecasts: all.length - complete.length,
    refits: tables.reduce((sum, { refits }) => sum + refits, 0),
  };
}

function hasForecast(column: Float64Array, m: number): boolean {
  return !Number.isNaN(column[FORECAST_WIDTH * m]);
}

function protocolOf(learnFrom: Season, judged: boolean): string {
  const matches = judged
    ? "scored: matches that every model forecast and that have a Pinnacle closing and an early 1X2 price"
    : "scored: matches that every model forecast; none has a closing price";
  return `walk-forward by match day, each forecast from results, shots and closing lines of earlier days only, from season ${learnFrom} on; ${matches}; closing line: margin removed by the power method; intervals: 95%, bootstrap over division and week`;
}
