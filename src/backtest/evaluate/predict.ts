import type { HistoricMatch, History } from "../../compiler/history.js";
import { fullTimeResult } from "../../domain/fixture.js";
import type { Season } from "../../domain/season.js";
import type { Forecast, Forecaster } from "../../models/forecaster.js";
import { FORECAST_WIDTH, type ForecastTable } from "./forecast-table.js";

export interface Walkers {
  readonly models: readonly Forecaster[];
  /** Asked of judgeable matches alone. */
  readonly baseline: Forecaster;
  /** First season the baseline learns from. */
  readonly baselineFrom: Season;
}

/**
 * Walk models forward through a division: all forecasts of a day first, then what it taught.
 *
 * Forecasts are made for matches of `seasons` only; every match of the history is learnt from.
 */
export function predictDivision(
  { division, matches }: History,
  { models, baseline, baselineFrom }: Walkers,
  seasons: ReadonlySet<Season>,
): ForecastTable {
  const wanted = matches.filter(({ observation }) => seasons.has(observation.fixture.season));
  const columns = models.map(() => emptyColumn(wanted.length));
  const baselineColumn = emptyColumn(wanted.length);
  let place = 0;
  let refits = 0;
  for (const day of daysOf(matches)) {
    const asked = day.filter(({ observation }) => seasons.has(observation.fixture.season));
    for (const [k, model] of models.entries()) predictDay(model, asked, columns[k], place);
    const judgeable = asked.filter(isJudgeable);
    for (const [i, match] of asked.entries())
      if (isJudgeable(match)) predict(baseline, match, baselineColumn, place + i);
    if (asked.length > 0) refits += models.length + (judgeable.length > 0 ? 1 : 0);
    place += asked.length;
    const learnt = day.map(({ observation }) => observation);
    for (const forecaster of models) forecaster.observe(learnt);
    baseline.observe(learnt.filter(({ fixture }) => fixture.season >= baselineFrom));
  }
  return {
    league: division.league,
    ...factsOf(wanted),
    forecasts: columns,
    baseline: baselineColumn,
    refits,
  };
}

function emptyColumn(matches: number): Float64Array {
  return new Float64Array(FORECAST_WIDTH * matches).fill(Number.NaN);
}

export function isJudgeable({ closing, early }: HistoricMatch): boolean {
  return closing !== null && early !== null;
}

function predictDay(
  model: Forecaster,
  matches: readonly HistoricMatch[],
  column: Float64Array,
  from: number,
): void {
  for (const [i, match] of matches.entries()) predict(model, match, column, from + i);
}

function predict(model: Forecaster, { observation }: HistoricMatch, column: Float64Array, m: number): void {
  const { fixture } = observation;
  fillPrediction(model.forecast(fixture, fixture.day), column, FORECAST_WIDTH * m);
}

function daysOf(matches: readonly HistoricMatch[]): HistoricMatch[][] {
  const days: HistoricMatch[][] = [];
  for (const match of matches) {
    const last = days.at(-1);
    if (last?.[0].observation.fixture.day === match.observation.fixture.day) last.push(match);
    else days.push([match]);
  }
  return days;
}

/** The grid leaves out less than 1e-12; dividing by its mass makes the three sum to 1 to the last bit that counts. */
function fillPrediction(forecast: Forecast, column: Float64Array, at: number): void {
  if (forecast.kind === "refused") return;
  const { cells, maxGoals } = forecast.grid();
  let home = 0;
  let draw = 0;
  let away = 0;
  let under = 0;
  for (let i = 0, cell = 0; i <= maxGoals; i++)
    for (let j = 0; j <= maxGoals; j++, cell++) {
      const p = cells[cell];
      if (i > j) home += p;
      else if (i < j) away += p;
      else draw += p;
      if (i + j < 3) under += p;
    }
  const mass = home + draw + away;
  column.set(
    [forecast.homeRate, forecast.awayRate, home / mass, draw / mass, away / mass, 1 - under / mass],
    at,
  );
}

const OUTCOMES = { H: 0, D: 1, A: 2 } as const;

function factsOf(matches: readonly HistoricMatch[]) {
  const fixtures = matches.map(({ observation }) => observation.fixture);
  const results = matches.map(({ observation }) => observation.result);
  const clubs = new Map<number, string>();
  for (const { home, away } of fixtures) clubs.set(home.id, home.name).set(away.id, away.name);
  return {
    clubs,
    fixtureId: Int32Array.from(fixtures, ({ id }) => id),
    season: Int32Array.from(fixtures, ({ season }) => season),
    day: Int32Array.from(fixtures, ({ day }) => day),
    home: Int32Array.from(fixtures, ({ home }) => home.id),
    away: Int32Array.from(fixtures, ({ away }) => away.id),
    outcome: Uint8Array.from(
      results,
      ({ homeGoals, awayGoals }) => OUTCOMES[fullTimeResult(homeGoals, awayGoals)],
    ),
    over25: Uint8Array.from(results, ({ homeGoals, awayGoals }) => (homeGoals + awayGoals > 2 ? 1 : 0)),
    closing: closingColumn(matches),
    judgeable: Uint8Array.from(matches, (match) => (isJudgeable(match) ? 1 : 0)),
  };
}

function closingColumn(matches: readonly HistoricMatch[]): Float64Array {
  const column = new Float64Array(3 * matches.length).fill(Number.NaN);
  for (const [m, { closing }] of matches.entries())
    if (closing !== null) column.set([closing.home, closing.draw, closing.away], 3 * m);
  return column;
}
