/**
 * statistico as a library: `import { fitGoals, priceEverything } from "statistico"`.
 *
 * What stands here is kept stable within a major version. Pure functions take and give plain data; the database is
 * opened with `openSqlite` and read through the `Warehouse` port.
 */
export { type Backtest, type BacktestOptions, prepareInTurn, runBacktest } from "./backtest/backtest.js";
export { betsRows } from "./backtest/bets-table.js";
export { type EvaluateRequest, type Evaluation, evaluate } from "./backtest/evaluate/evaluate.js";
export { type ModelRegistry, modelsOf } from "./backtest/model.js";
export { type PreparedLeague, prepareLeague } from "./backtest/prepared.js";
export { type ProbeReport, probeLookAhead, type Subject } from "./backtest/probe/probe.js";
export { type Scene, sceneOf } from "./backtest/sights.js";
export { backtestOverfitting, type Overfitting } from "./backtest/statistics/overfitting.js";
export { ratioInterval } from "./backtest/statistics/ratio-interval.js";
export { type TrialBench, trialBench } from "./backtest/sweep/bench.js";
export { type Trial, withInterval } from "./backtest/sweep/trial.js";
export { comparePrices } from "./compiler/compare.js";
export { compileForecast } from "./compiler/compile.js";
export { compileLeague } from "./compiler/compile-league.js";
export { createForecaster, FORECASTERS, type ModelChoice } from "./compiler/forecasters.js";
export { type HistoricMatch, type History, readHistory } from "./compiler/history.js";
export { MARGIN_METHODS, type MarginMethod } from "./compiler/margin/method.js";
export { type Fair, removeMargin, removeMarginEveryWay } from "./compiler/margin/remove.js";
export { type MarketSheet, type PriceSheet, priceEverything, priceGrid } from "./compiler/sheet.js";
export { verifySheet } from "./compiler/verify.js";
export type { Clock, Instant } from "./core/clock.js";
export { type Day, dayOf, formatDay, formatInstant, parseIsoDay } from "./core/day.js";
export { EXIT, isStatisticoError, StatisticoError } from "./core/errors.js";
export { createRng, type Rng } from "./core/rng.js";
export type {
  Fixture,
  MatchStatistics,
  PlayedMatch,
  Result,
  SideStatistics,
  Team,
} from "./domain/fixture.js";
export type { GoalRates } from "./domain/goals.js";
export {
  MARKETS,
  type Market,
  type QuarterLine,
  RUNNERS,
  type Runner,
  type Selection,
} from "./domain/market.js";
export type { Moment, PriceSnapshot, PriceSource, Quote, Side } from "./domain/price.js";
export { parseSeasons, type Season } from "./domain/season.js";
export { type ParsedFile, parseFootballData } from "./ingest/parse/football-data.js";
export { simulateLeague } from "./ingest/simulate/league.js";
export { rhoBounds, scoreGrid } from "./models/dixon-coles-grid.js";
export { type ConvergedFit, type Fit, type FitOptions, fitGoals, refusalText } from "./models/fit.js";
export { forecastInterval } from "./models/fit-forecast.js";
export type { Division, Forecast, Forecaster, MarketView, Observation } from "./models/forecaster.js";
export type { GoalMatch } from "./models/goal-match.js";
export type { ScoreGrid } from "./models/grid.js";
export { fitHierarchical } from "./models/hierarchical.js";
export { type ImpliedRates, impliedRates } from "./models/implied-rates.js";
export { edgeAfterCommission, kellyBack, kellyLay } from "./models/kelly.js";
export { kellyExclusive } from "./models/kelly-exclusive.js";
export { fitScores } from "./models/score-fit.js";
export { scoreFitGrid } from "./models/score-fit-grid.js";
export { SCORE_LIKELIHOODS } from "./models/score-forecaster.js";
export { brierScore, ignorance, klDivergence, logLoss, rankedProbabilityScore } from "./models/scoring.js";
export { calibrationBins } from "./models/scoring-calibration.js";
export { clusteredBootstrap, dieboldMariano } from "./models/scoring-comparison.js";
export { simulateSeason } from "./models/season-outlook.js";
export { verifyFit } from "./models/verify-fit.js";
export { type RatingHistory, ratingsAsOf } from "./ratings/history.js";
export { RATING_ALGORITHMS, type RatingAlgorithmName, rate } from "./ratings/registry.js";
export { considerSlot, decide } from "./strategy/decide.js";
export { describeStrategy } from "./strategy/describe.js";
export { parseStrategy } from "./strategy/parse.js";
export { parseStrategies } from "./strategy/parse-many.js";
export type { Strategy } from "./strategy/strategy.js";
export type * from "./warehouse/port.js";
export { openSqlite } from "./warehouse/sqlite/open.js";
