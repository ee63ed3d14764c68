import { availableParallelism } from "node:os";
import type { App, Define } from "../app.js";
import { type Evaluation, evaluateForecasts } from "../backtest/evaluate/evaluate.js";
import { type ForecastRequest, forecastLeague } from "../backtest/evaluate/forecast-league.js";
import { FORECAST_WIDTH, type ForecastTable } from "../backtest/evaluate/forecast-table.js";
import { predictionLines } from "../backtest/evaluate/prediction-line.js";
import { DEFAULT_MODEL, FORECASTERS, unknownModel } from "../compiler/forecasters.js";
import { LEARN_FROM } from "../compiler/history.js";
import { StatisticoError } from "../core/errors.js";
import { compareText } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import { writeWhole } from "../files/write-whole.js";
import { toJsonl } from "../report/json.js";
import { type Column, present } from "../report/present.js";
import type { LeagueSummary, Warehouse } from "../warehouse/port.js";
import { countFlag, listFlag, requireLeagues, seasonsFlag } from "./shared/flags.js";
import { inWorkers, isLeagueWorker, serveLeagues } from "./shared/league-workers.js";

interface Options {
  readonly league?: string[];
  readonly season: Season[];
  readonly model: string[];
  readonly predictions?: string;
  readonly seed: number;
  readonly learnFrom?: Season;
  readonly workers?: number;
}

const EXAMPLES = `Examples:
  statistico evaluate --league E0 --season 2015..2022
  statistico evaluate --league E0,D1 --season 2018..2022 --model market-informed,dixon-coles,ratings
  statistico evaluate --league E0 --season 2022 --predictions forecasts.jsonl --json

Models: ${Object.keys(FORECASTERS).join(", ")}
`;

const COLUMNS: readonly Column[] = [
  { key: "model", title: "model" },
  { key: "n", title: "n" },
  { key: "logLoss", title: "log loss", digits: 5 },
  { key: "interval", title: "95%" },
  { key: "rps", title: "RPS", digits: 5 },
  { key: "brier", title: "Brier", digits: 4 },
  { key: "kl", title: "KL to close e-3" },
  { key: "gap", title: "gap closed" },
];

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--league <codes>", "leagues (default: all in the database)", listFlag)
    .requiredOption("--season <years>", "seasons to forecast", seasonsFlag)
    .option("--model <names>", "models, side by side", listFlag, [DEFAULT_MODEL])
    .option("--predictions <file>", "every forecast, a JSON object a line")
    .option(
      "--learn-from <year>",
      `first season learnt from (default: ${LEARN_FROM}, or the first asked for)`,
      countFlag,
    )
    .option("--seed <n>", "of the bootstrap", countFlag, 1)
    .option(
      "--workers <n>",
      "threads, a league each (default: one a core); the numbers stay the same",
      countFlag,
    )
    .action(withApp(run));
};

async function run(app: App, options: Options): Promise<void> {
  const started = performance.now();
  const unknown = options.model.find((name) => !Object.hasOwn(FORECASTERS, name));
  if (unknown !== undefined) throw unknownModel(unknown);
  const request: ForecastRequest = {
    seasons: options.season,
    models: options.model.map((name) => ({ name, parameters: {} })),
    learnFrom: options.learnFrom ?? Math.min(LEARN_FROM, options.season[0]),
  };
  const warehouse = await app.warehouse("read");
  const summaries = await warehouse.leagues();
  if (isLeagueWorker("evaluate"))
    return serveLeagues((league) => forecastLeague(warehouse, league, request, summaries));
  await requireLeagues(warehouse, options.league);
  const leagues = options.league ?? summaries.map(({ code }) => code);
  const tables = await forecastLeagues(app, { warehouse, summaries, leagues, request, options });
  const evaluation = evaluateForecasts(tables, request, options.seed);
  if (evaluation.models.length === 0)
    throw new StatisticoError(
      "data",
      `nothing could be forecast in ${leagues.join(", ")}`,
      "statistico leagues",
    );
  if (options.predictions) writeWhole(options.predictions, toJsonl(predictionLines(tables, options.model)));
  show(app, evaluation, tables, performance.now() - started);
}

interface Work {
  readonly warehouse: Warehouse;
  readonly summaries: readonly LeagueSummary[];
  readonly leagues: readonly string[];
  readonly request: ForecastRequest;
  readonly options: Options;
}

/** In threads where there are several leagues and cores, else one after the other; the same tables either way. */
async function forecastLeagues(app: App, work: Work): Promise<ForecastTable[]> {
  const { warehouse, summaries, leagues, request, options } = work;
  const progress = app.console.progress("evaluate", leagues.length);
  const onLeague = (league: string, done: number): void => progress.update(done, league);
  const workers = Math.min(options.workers ?? availableParallelism(), leagues.length);
  const parallel =
    workers > 1
      ? await inWorkers<ForecastTable>("evaluate", bySize(leagues, summaries), workers, onLeague)
      : null;
  const tables: ForecastTable[] = parallel === null ? [] : inOrder(parallel, leagues);
  if (parallel === null)
    for (const [done, league] of leagues.entries()) {
      tables.push(await forecastLeague(warehouse, league, request, summaries));
      onLeague(league, done + 1);
    }
  progress.stop();
  return tables;
}

/** The longest first, so that no thread starts on it when the others are done. */
function bySize(leagues: readonly string[], summaries: readonly LeagueSummary[]): string[] {
  const sizes = new Map(summaries.map(({ code, results }) => [code, results]));
  return [...leagues].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || compareText(a, b));
}

function inOrder(tables: readonly ForecastTable[], leagues: readonly string[]): ForecastTable[] {
  return leagues.flatMap((code) => tables.filter(({ league }) => league === code));
}

function show(app: App, evaluation: Evaluation, tables: readonly ForecastTable[], elapsedMs: number): void {
  const { closing, models } = evaluation;
  const klToClosing = Object.fromEntries(models.map(({ model, klToClosing: kl }) => [model, kl]));
  present(app, {
    schema: "statistico/evaluate@1",
    document: {
      ...evaluation,
      gapClosed: models[0].gapClosed,
      klToClosing,
      forecasts: forecastsIn(tables),
      elapsedMs: Math.round(elapsedMs),
    },
    columns: COLUMNS,
    rows: [...models.map(modelRow), ...closingRow(closing)],
  });
  app.console.say(evaluation.protocol);
  app.console.say(
    `closing line for ${(100 * closing.coverage).toFixed(1)}% of the forecasts; ${evaluation.refusedForecasts} of ${evaluation.matches} matches could not be forecast by every model`,
  );
}

/** Forecasts of the models asked for, scored or not. */
function forecastsIn(tables: readonly ForecastTable[]): number {
  return tables.reduce((sum, { forecasts }) => {
    const made = forecasts.map((column) => column.filter((value) => !Number.isNaN(value)).length);
    return sum + made.reduce((all, values) => all + values, 0) / FORECAST_WIDTH;
  }, 0);
}

function modelRow({
  model,
  n,
  logLoss,
  low,
  high,
  rps,
  brier,
  klToClosing: kl,
  gapClosed: gap,
}: Evaluation["models"][number]) {
  const thousandths = (value: number): string => (1000 * value).toFixed(2);
  const percent = (value: number): string => `${(100 * value).toFixed(0)}%`;
  return {
    model,
    n,
    logLoss,
    interval: `${low.toFixed(4)} to ${high.toFixed(4)}`,
    rps,
    brier,
    kl: kl ? `${thousandths(kl.value)} (${thousandths(kl.low)} to ${thousandths(kl.high)})` : "",
    gap: gap ? `${percent(gap.value)} (${percent(gap.low)} to ${percent(gap.high)})` : "",
  };
}

function closingRow({ n, logLoss, rps, brier }: Evaluation["closing"]) {
  return logLoss === null
    ? []
    : [{ model: "closing line", n, logLoss, interval: "", rps, brier, kl: "", gap: "" }];
}
