import { createForecaster, type ModelChoice } from "../../compiler/forecasters.js";
import { readHistory } from "../../compiler/history.js";
import { formatDay } from "../../core/day.js";
import { createRng } from "../../core/rng.js";
import type { FullTimeResult } from "../../domain/fixture.js";
import type { Season } from "../../domain/season.js";
import type { Forecaster } from "../../models/forecaster.js";
import type { Warehouse } from "../../warehouse/port.js";
import { type PredictedMatch, predictDivision } from "./predict.js";
import { type ClosingScore, type ModelScore, outcomeOf, scoreClosing, scoreModels } from "./score.js";

export interface EvaluateRequest {
  readonly leagues: readonly string[];
  readonly seasons: readonly Season[];
  readonly models: readonly ModelChoice[];
  readonly seed: number;
  /** First season that is learnt from. */
  readonly learnFrom: Season;
  /** Called when a league is done. */
  readonly onLeague?: (league: string, done: number) => void;
}

export interface Evaluation {
  readonly protocol: string;
  readonly models: readonly ModelScore[];
  readonly closing: ClosingScore;
  /** Matches of the seasons asked for, forecasts made of them, and those no model could be asked about. */
  readonly matches: number;
  readonly refusedForecasts: number;
  /** Match days on which models were brought up to date before a forecast. */
  readonly refits: number;
  readonly predictions: readonly PredictionLine[];
}

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

/** The plain model on goals that every other is measured from: docs/market-informed.md, yardstick. */
export const BASELINE: ModelChoice = {
  name: "dixon-coles",
  parameters: { xi: 0.0018, ridge: 2, rho: -0.04 },
};
const BASELINE_NAME = "goals (baseline)";

/**
 * Walk models forward through leagues and score them on the same matches, beside the closing line.
 *
 * A match counts when every model forecast it and it has a sharp closing and an early line; where no match has a
 * closing line, all forecasts count and nothing is said of the close.
 */
export async function evaluate(warehouse: Warehouse, request: EvaluateRequest): Promise<Evaluation> {
  const choices = [...request.models, BASELINE];
  const names = [...request.models.map(({ name }) => name), BASELINE_NAME];
  const predicted: PredictedMatch[] = [];
  for (const [done, league] of request.leagues.entries()) {
    predicted.push(...(await predictLeague(warehouse, league, choices, request)));
    request.onLeague?.(league, done + 1);
  }
  const complete = predicted.filter(({ predictions }) =>
    predictions.every((prediction) => prediction !== null),
  );
  const judgeable = complete.filter(({ match }) => match.closing !== null && match.early !== null);
  const judged = judgeable.length > 0;
  const scored = judged ? judgeable : complete;
  const rng = (stream: number) => createRng(request.seed, stream);
  const scores =
    scored.length === 0 ? [] : scoreModels(names, scored, { judged, baseline: names.length - 1, rng });
  return {
    protocol: protocolOf(request, judged),
    models: scores,
    closing: scoreClosing(scored, complete.length, judged),
    matches: predicted.length,
    refusedForecasts: predicted.length - complete.length,
    refits: refitsOf(predicted) * choices.length,
    predictions: request.models.flatMap(({ name }, k) =>
      predicted.flatMap((match) => lineOf(match, name, k)),
    ),
  };
}

async function predictLeague(
  warehouse: Warehouse,
  league: string,
  choices: readonly ModelChoice[],
  { seasons, learnFrom }: EvaluateRequest,
): Promise<PredictedMatch[]> {
  const history = await readHistory(warehouse, league, {
    fromSeason: learnFrom,
    toSeason: Math.max(...seasons),
  });
  const forecasters: Forecaster[] = choices.map((choice) => createForecaster(choice, history.division));
  return predictDivision(history, forecasters, new Set(seasons));
}

function protocolOf({ learnFrom }: EvaluateRequest, judged: boolean): string {
  const scored = judged
    ? "scored: matches that every model forecast and that have a Pinnacle closing and an early 1X2 price"
    : "scored: matches that every model forecast; none has a closing price";
  return `walk-forward by match day, each forecast from results, shots and closing lines of earlier days only, from season ${learnFrom} on; ${scored}; closing line: margin removed by the power method; intervals: 95%, bootstrap over division and week`;
}

function refitsOf(predicted: readonly PredictedMatch[]): number {
  return new Set(
    predicted.map(({ match: { observation } }) => `${observation.fixture.league} ${observation.fixture.day}`),
  ).size;
}

function lineOf(predicted: PredictedMatch, model: string, k: number): PredictionLine[] {
  const prediction = predicted.predictions[k];
  if (prediction === null) return [];
  const { fixture } = predicted.match.observation;
  const { closing } = predicted.match;
  const [pHome, pDraw, pAway] = prediction.result;
  return [
    {
      fixtureId: fixture.id,
      league: fixture.league,
      season: fixture.season,
      date: formatDay(fixture.day),
      home: fixture.home.name,
      away: fixture.away.name,
      model,
      asOf: formatDay(fixture.day),
      homeRate: prediction.homeRate,
      awayRate: prediction.awayRate,
      pHome,
      pDraw,
      pAway,
      pOver25: prediction.over25,
      closeHome: closing?.home ?? null,
      closeDraw: closing?.draw ?? null,
      closeAway: closing?.away ?? null,
      result: outcomeOf(predicted),
    },
  ];
}
