import type { App, Define } from "../app.js";
import { StatisticoError } from "../core/errors.js";
import { writeWhole } from "../files/write-whole.js";
import { RATING_ALGORITHMS, type RatingAlgorithmName } from "../ratings/registry.js";
import { type Column, present } from "../report/present.js";
import { renderScatter } from "../report/scatter.js";
import { scatterChart } from "../report/svg/scatter.js";
import { standaloneSvg } from "../report/svg/style.js";
import { renderTable } from "../report/table.js";
import type { Frame } from "../research/frame.js";
import {
  type AnswerRow,
  correlateColumns,
  describedColumns,
  describeFrame,
  describeGroups,
} from "../research/question.js";
import {
  type Coefficient,
  type Fitted,
  fitRelation,
  type Observations,
  observationsOf,
  parseRelation,
  type Relation,
} from "../research/relation.js";
import { choiceFlag, countFlag, listFlag, seasonsFlag } from "./shared/flags.js";
import { type FrameRequest, loadFrame } from "./shared/research-frame.js";

interface Options extends FrameRequest {
  readonly describe?: string | true;
  readonly groupBy?: string[];
  readonly correlate?: string[];
  readonly regress?: string;
  readonly svg?: string;
  readonly xlsx?: string;
  readonly frames: "own" | "danfojs";
}

const ALGORITHMS = Object.keys(RATING_ALGORITHMS) as RatingAlgorithmName[];

const EXAMPLES = `Examples:
  statistico research --bets 3 --group-by league --describe profit,clv
  statistico research --bets 3 --correlate edge,clv,profit
  statistico research --ratings E0 --regress "goalDifference ~ ratingDifference" --svg supremacy.svg
  statistico research --sql "select * from result_readable" --group-by league --describe home_goals
  statistico research --prices E0 --season 2024 --csv > prices.csv
`;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .optionsGroup("Rows, one of:")
    .option("--sql <query>", "the answer of a read-only query")
    .option("--bets <run>", "the bets of a backtest; statistico report --list", countFlag)
    .option("--ratings <leagues>", "matches, goals and the ratings before each", listFlag)
    .option("--prices <leagues>", "stored prices with their fixtures", listFlag)
    .optionsGroup("Which of them:")
    .option("--season <years>", "of --ratings and --prices", seasonsFlag)
    .option("--algorithm <name>", "of --ratings", choiceFlag("--algorithm", ALGORITHMS), "statistico")
    .option("--limit <n>", "rows at most, of --sql and --prices", countFlag, 200_000)
    .optionsGroup("What to ask (nothing: the rows themselves):")
    .option("--describe [columns]", "count, mean with interval, spread, quantiles; no name: every number")
    .option("--group-by <columns>", "a group each, with --describe for more than a count", listFlag)
    .option("--correlate <columns>", "every pair of them", listFlag)
    .option("--regress <relation>", 'least squares, like "y ~ a + b"')
    .optionsGroup("And:")
    .option("--svg <file>", "with --regress on one column: the scatter plot")
    .option("--xlsx <file>", "the rows as a spreadsheet, through danfojs-node")
    .option(
      "--frames <kind>",
      "own, or danfojs: count, mean, spread by danfojs-node",
      choiceFlag("--frames", ["own", "danfojs"] as const),
      "own",
    )
    .action(withApp(research));
};

async function research(app: App, options: Options): Promise<void> {
  refuseTwoQuestions(options);
  const relation = options.regress === undefined ? null : parseRelation(options.regress);
  const frame = await loadFrame(app, options);
  if (frame.rows.length === 0)
    throw new StatisticoError("data", "there are no rows to look at", "statistico leagues");
  if (options.xlsx) await writeSpreadsheet(app, frame, options.xlsx);
  if (relation) regress(app, frame, relation, options);
  else if (options.correlate) showCorrelations(app, frame, options.correlate);
  else if (options.groupBy || options.describe) await showSummary(app, frame, options);
  else if (!options.xlsx) showRows(app, frame);
}

function refuseTwoQuestions({ correlate, regress, groupBy, describe, svg }: Options): void {
  const asked = [correlate, regress, groupBy ?? describe].filter((question) => question !== undefined);
  if (asked.length > 1)
    throw new StatisticoError(
      "usage",
      "one question at a time: --describe with or without --group-by, --correlate, or --regress",
      "statistico research --help",
    );
  if (svg !== undefined && regress === undefined)
    throw new StatisticoError(
      "usage",
      "--svg draws what --regress fits",
      `statistico research --ratings E0 --regress "goalDifference ~ ratingDifference" --svg ${svg}`,
    );
}

async function writeSpreadsheet(app: App, frame: Frame, path: string): Promise<void> {
  const { loadDanfo } = await import("../research/danfo.js");
  (await loadDanfo()).writeSpreadsheet(frame, path);
  app.console.say(`${frame.rows.length} rows: ${path}`);
}

function showRows(app: App, frame: Frame): void {
  present(app, {
    schema: "statistico/research-rows@1",
    document: { columns: frame.columns, rows: frame.rows },
    columns: frame.columns.map((key) => ({ key, title: key })),
    rows: frame.rows,
  });
  app.console.say(`${frame.rows.length} rows`);
}

const SUMMARY: readonly Column[] = [
  { key: "column", title: "column" },
  { key: "count", title: "n" },
  { key: "missing", title: "missing" },
  { key: "mean", title: "mean", digits: 4 },
  { key: "low", title: "95% from", digits: 4 },
  { key: "high", title: "to", digits: 4 },
  { key: "deviation", title: "deviation", digits: 4 },
  { key: "least", title: "least", digits: 3 },
  { key: "median", title: "median", digits: 3 },
  { key: "most", title: "most", digits: 3 },
  { key: "sum", title: "sum", digits: 2 },
];

async function showSummary(app: App, frame: Frame, options: Options): Promise<void> {
  const keys = options.groupBy ?? [];
  const columns = describedBy(options);
  const rows =
    options.frames === "danfojs"
      ? await danfoRows(frame, keys, columns ?? [])
      : keys.length > 0
        ? describeGroups(frame, keys, columns)
        : describeFrame(frame, columns ?? []);
  const keyColumns = keys.map((key) => ({ key, title: key }));
  const counted = columns === null && options.frames === "own";
  const shown = SUMMARY.filter(({ key }) => rows.some((row) => key in row));
  present(app, {
    schema: "statistico/research-summary@1",
    document: { groupBy: keys, summary: rows },
    columns: [...keyColumns, ...(counted ? [{ key: "rows", title: "rows" }] : shown)],
    rows,
  });
  app.console.say(`${frame.rows.length} rows; intervals take them as independent`);
}

/** Columns of --describe: none named is all of them, null is no --describe. */
function describedBy({ describe }: Options): readonly string[] | null {
  if (describe === undefined) return null;
  return describe === true ? [] : listFlag(describe);
}

async function danfoRows(
  frame: Frame,
  keys: readonly string[],
  columns: readonly string[],
): Promise<AnswerRow[]> {
  const { loadDanfo } = await import("../research/danfo.js");
  const danfo = await loadDanfo();
  return describedColumns(frame, columns)
    .filter((column) => !keys.includes(column))
    .flatMap((column) =>
      (keys.length > 0 ? danfo.summariseGroups(frame, keys, column) : [danfo.summarise(frame, column)]).map(
        ({ key, ...summary }) => ({ ...key, column, ...summary }),
      ),
    );
}

function showCorrelations(app: App, frame: Frame, columns: readonly string[]): void {
  const rows = correlateColumns(frame, columns);
  present(app, {
    schema: "statistico/research-correlation@1",
    document: { correlations: rows },
    columns: [
      { key: "first", title: "" },
      { key: "second", title: "and" },
      { key: "n", title: "n" },
      { key: "value", title: "correlation", digits: 4 },
      { key: "low", title: "95% from", digits: 4 },
      { key: "high", title: "to", digits: 4 },
    ],
    rows,
  });
  app.console.say("Pearson's, over rows that have both; intervals take rows as independent");
}

function regress(app: App, frame: Frame, relation: Relation, { svg, regress: text }: Options): void {
  const seen = observationsOf(frame, relation);
  const fitted = fittedOrRefused(fitRelation(relation, seen));
  if (svg !== undefined) drawScatter(app, relation, seen, fitted, svg);
  const { coefficients, n, missing, r2, residualDeviation } = fitted;
  const rows = coefficients.map((coefficient) => ({ ...coefficient }));
  present(app, {
    schema: "statistico/research-relation@1",
    document: { relation: text, n, missing, r2, residualDeviation, coefficients: rows },
    columns: COEFFICIENTS,
    rows,
    text: () =>
      `${plotText(app, relation, seen, fitted)}${renderTable(COEFFICIENTS, coefficients.map(shortened), app.console)}`,
  });
  app.console.say(
    `r2 ${r2.toFixed(4)}, residual deviation ${residualDeviation.toFixed(4)}, n ${n}, ${missing} rows lack a value; errors take rows as independent`,
  );
}

type Line = Extract<Fitted, { readonly kind: "fitted" }>;

const COEFFICIENTS: readonly Column[] = [
  { key: "name", title: "coefficient" },
  { key: "value", title: "value", align: "right" },
  { key: "standardError", title: "standard error", align: "right" },
  { key: "low", title: "95% from", align: "right" },
  { key: "high", title: "to", align: "right" },
];

/** Five digits that count: a slope may be a thousandth of a goal. */
function shortened({ name, value, standardError, low, high }: Coefficient): AnswerRow {
  const short = (number: number) => number.toPrecision(5);
  return {
    name,
    value: short(value),
    standardError: short(standardError),
    low: short(low),
    high: short(high),
  };
}

function fittedOrRefused(fitted: Fitted): Line {
  if (fitted.kind === "fitted") return fitted;
  throw new StatisticoError(
    "data",
    fitted.kind === "too-few"
      ? `too few rows for this relation, was ${fitted.n} of ${fitted.needed} needed`
      : `${fitted.predictor} does not vary, or follows from the columns before it`,
    "statistico research --help",
  );
}

/** Of one predictor: with more there is no plane to draw on. */
function plotText(app: App, relation: Relation, seen: Observations, fitted: Line): string {
  if (relation.predictors.length > 1) return "";
  const width = Math.min(app.console.width ?? 80, 100);
  return `${renderScatter(scatterOf(relation, seen, fitted), { width, height: 22 })}\n`;
}

function drawScatter(app: App, relation: Relation, seen: Observations, fitted: Line, path: string): void {
  if (relation.predictors.length > 1)
    throw new StatisticoError(
      "usage",
      `a scatter plot has one predictor, was ${relation.predictors.length}`,
      "leave out --svg, or name one column after ~",
    );
  const scatter = scatterOf(relation, seen, fitted);
  const title = `${scatter.yName} against ${scatter.xName}`;
  const [, slope] = fitted.coefficients;
  const description = `${fitted.n} points, slope ${slope.value.toPrecision(4)}, r2 ${fitted.r2.toFixed(3)}`;
  writeWhole(path, standaloneSvg(scatterChart({ ...scatter, title, description, width: 960, height: 480 })));
  app.console.say(`scatter plot: ${path}`);
}

function scatterOf({ response, predictors }: Relation, { x, y }: Observations, { coefficients }: Line) {
  const [intercept, slope] = coefficients;
  return {
    points: x.map(([value], i) => [value, y[i]] as const),
    xName: predictors[0],
    yName: response,
    line: { intercept: intercept.value, slope: slope.value },
  };
}
