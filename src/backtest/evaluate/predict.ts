import type { HistoricMatch, History } from "../../compiler/history.js";
import type { Season } from "../../domain/season.js";
import type { Forecast, Forecaster } from "../../models/forecaster.js";

/** One model's probabilities of one match, made before its day was observed. */
export interface Prediction {
  readonly homeRate: number;
  readonly awayRate: number;
  /** Home, draw, away; they sum to 1. */
  readonly result: readonly [number, number, number];
  readonly over25: number;
}

/** A match with every model's prediction, in the order of the models; null where a model gave none. */
export interface PredictedMatch {
  readonly match: HistoricMatch;
  readonly predictions: readonly (Prediction | null)[];
}

/**
 * Walk models forward through a division: all forecasts of a day first, then what it taught.
 *
 * Forecasts are made for matches of `seasons` only; every match of the history is learnt from.
 */
export function predictDivision(
  { matches }: History,
  forecasters: readonly Forecaster[],
  seasons: ReadonlySet<Season>,
): PredictedMatch[] {
  const predicted: PredictedMatch[] = [];
  for (const day of daysOf(matches)) {
    for (const match of day) {
      const { fixture } = match.observation;
      if (!seasons.has(fixture.season)) continue;
      const predictions = forecasters.map((forecaster) =>
        predictionOf(forecaster.forecast(fixture, fixture.day)),
      );
      predicted.push({ match, predictions });
    }
    const learnt = day.map(({ observation }) => observation);
    for (const forecaster of forecasters) forecaster.observe(learnt);
  }
  return predicted;
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
function predictionOf(forecast: Forecast): Prediction | null {
  if (forecast.kind === "refused") return null;
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
  return {
    homeRate: forecast.homeRate,
    awayRate: forecast.awayRate,
    result: [home / mass, draw / mass, away / mass],
    over25: 1 - under / mass,
  };
}
