import type { App, Define } from "../app.js";
import { type Evaluation, evaluate } from "../backtest/evaluate/evaluate.js";
import { DEFAULT_MODEL, FORECASTERS, unknownModel } from "../compiler/forecasters.js";
import { LEARN_FROM } from "../compiler/history.js";
import { StatisticoError } from "../core/errors.js";
import type { Season } from "../domain/season.js";
import { writeWhole } from "../files/write-whole.js";
import { toJsonl } from "../report/json.js";
import { type Column, present } from "../report/present.js";
import { countFlag, listFlag, requireLeagues, seasonsFlag } from "./shared/flags.js";

interface Options {
  readonly league?: string[];
  readonly season: Season[];
  readonly model: string[];
  readonly predictions?: string;
  readonly seed: number;
  readonly learnFrom?: Season;
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
    .action(withApp(run));
};

async function run(app: App, options: Options): Promise<void> {
  const started = performance.now();
  const unknown = options.model.find((name) => !Object.hasOwn(FORECASTERS, name));
  if (unknown !== undefined) throw unknownModel(unknown);
  const warehouse = await app.warehouse("read");
  await requireLeagues(warehouse, options.league);
  const leagues = options.league ?? (await warehouse.leagues()).map(({ code }) => code);
  const progress = app.console.progress("evaluate", leagues.length);
  const evaluation = await evaluate(warehouse, {
    leagues,
    seasons: options.season,
    models: options.model.map((name) => ({ name, parameters: {} })),
    seed: options.seed,
    learnFrom: options.learnFrom ?? Math.min(LEARN_FROM, options.season[0]),
    onLeague: (league, done) => progress.update(done, league),
  });
  progress.stop();
  if (evaluation.models.length === 0)
    throw new StatisticoError(
      "data",
      `nothing could be forecast in ${leagues.join(", ")}`,
      "statistico leagues",
    );
  if (options.predictions) writeWhole(options.predictions, toJsonl(evaluation.predictions));
  show(app, evaluation, performance.now() - started);
}

function show(app: App, { predictions, ...evaluation }: Evaluation, elapsedMs: number): void {
  const { closing, models } = evaluation;
  const klToClosing = Object.fromEntries(models.map(({ model, klToClosing: kl }) => [model, kl]));
  present(app, {
    schema: "statistico/evaluate@1",
    document: {
      ...evaluation,
      gapClosed: models[0].gapClosed,
      klToClosing,
      forecasts: predictions.length,
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
