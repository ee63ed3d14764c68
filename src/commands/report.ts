import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { writeWhole } from "../files/write-whole.js";
import { backtestText } from "../report/backtest-text.js";
import { type ComparedFigure, comparedBetRows, compareRuns } from "../report/comparison.js";
import { comparisonText } from "../report/comparison-text.js";
import { backtestPage } from "../report/html/backtest.js";
import type {
  BacktestDocument,
  BacktestReport,
  ReportBetRow,
  ReportEquity,
} from "../report/html/backtest-report.js";
import { comparisonPage } from "../report/html/comparison.js";
import { reportBet } from "../report/html/report-bet.js";
import { type Answer, type Column, present } from "../report/present.js";
import type { StoredRun } from "../warehouse/port.js";
import { countFlag } from "./shared/flags.js";

interface Options {
  readonly text?: boolean;
  readonly list?: boolean;
  readonly limit?: number;
}

/** What `backtest` keeps of a run beside its document. */
interface RunDetail {
  readonly bets: readonly ReportBetRow[];
  readonly equity: readonly ReportEquity[];
}

const EXAMPLES = `Examples:
  statistico report                                  the last run, as report-<run>.html
  statistico report 12 -o value.html
  statistico report 12 --text                        in the terminal
  statistico report 12 15                            two runs side by side, as report-12-15.html
  statistico report 12 --csv > bets.csv              every bet; --json adds the figures and the bank
  statistico report --list
`;

export const define: Define = (command, withApp) => {
  command
    .argument("[runs...]", "a run's number (default: the last), or two of them to compare")
    .addHelpText("before", EXAMPLES)
    .option("--text", "tables and curves in the terminal instead of a page")
    .option("--list", "the runs that are kept")
    .option("--limit <n>", "with --list: at most so many", countFlag)
    .action(
      withApp(async (app, runs: readonly string[], options: Options) => {
        if (options.list) return list(app, options);
        const [first, second] = runNumbers(runs);
        return second === undefined ? report(app, first, options) : compare(app, [first, second], options);
      }),
    );
};

function runNumbers(words: readonly string[]): readonly [number | undefined, number | undefined] {
  if (words.length > 2)
    throw new StatisticoError(
      "usage",
      `at most two runs can be compared, was ${words.length}`,
      "statistico report 1 2",
    );
  const [first, second] = words.map(countFlag);
  return [first, second];
}

async function list(app: App, { limit }: Options): Promise<void> {
  const runs = await (await app.warehouse("read")).runs({ limit });
  const rows = runs.map(({ id, command, name, startedAt, seed, configHash, dataHash, version }) => ({
    run: id ?? null,
    command,
    name,
    startedAt: formatInstant(startedAt),
    seed,
    strategyHash: configHash.slice(0, 12),
    dataHash: dataHash.slice(0, 12),
    version,
  }));
  present(app, {
    schema: "statistico/runs@1",
    document: { runs: rows },
    columns: [
      { key: "run", title: "run" },
      { key: "command", title: "command" },
      { key: "name", title: "name" },
      { key: "startedAt", title: "started (UTC)" },
      { key: "seed", title: "seed" },
      { key: "strategyHash", title: "strategy" },
      { key: "dataHash", title: "data" },
    ],
    rows,
  });
  app.console.say(`${rows.length} runs`);
}

const BETS: readonly Column[] = [
  { key: "date", title: "date" },
  { key: "league", title: "league" },
  { key: "home", title: "home" },
  { key: "away", title: "away" },
  { key: "market", title: "market" },
  { key: "runner", title: "runner" },
  { key: "side", title: "side" },
  { key: "price", title: "price", digits: 2 },
  { key: "stake", title: "stake", align: "right" },
  { key: "result", title: "result" },
  { key: "profit", title: "profit", align: "right" },
  { key: "clv", title: "CLV", digits: 4 },
];

async function report(app: App, id: number | undefined, options: Options): Promise<void> {
  const run = await findRun(app, id);
  const whole = reportOf(run);
  const { document, bets, equity } = whole;
  give(app, options, {
    name: `run ${run.id} (${run.name})`,
    path: `report-${run.id}.html`,
    page: () => backtestPage(whole),
    answer: {
      schema: "statistico/report@1",
      document: { run: run.id, name: run.name, backtest: document, bets, equity },
      columns: BETS,
      rows: bets,
      text: () => backtestText(document, equity, app.console, bets.map(reportBet)),
    },
  });
}

const COMPARED_BETS: readonly Column[] = [
  { key: "in", title: "in" },
  { key: "date", title: "date" },
  { key: "home", title: "home" },
  { key: "away", title: "away" },
  { key: "market", title: "market" },
  { key: "runner", title: "runner" },
  { key: "firstStake", title: "first stake", digits: 2 },
  { key: "firstProfit", title: "profit", digits: 2 },
  { key: "secondStake", title: "second stake", digits: 2 },
  { key: "secondProfit", title: "profit", digits: 2 },
];

async function compare(
  app: App,
  [firstId, secondId]: readonly [number | undefined, number],
  options: Options,
): Promise<void> {
  const [first, second] = [await findRun(app, firstId), await findRun(app, secondId)];
  const named = (run: StoredRun) => [`${run.name} (${run.id})`, reportOf(run)] as const;
  const comparison = compareRuns(named(first), named(second));
  const rows = comparedBetRows(comparison);
  give(app, options, {
    name: `${comparison.first.label} against ${comparison.second.label}`,
    path: `report-${first.id}-${second.id}.html`,
    page: () => comparisonPage(named(first), named(second)),
    answer: {
      schema: "statistico/report-comparison@1",
      document: {
        first: { run: first.id, name: first.name, backtest: comparison.first.document },
        second: { run: second.id, name: second.name, backtest: comparison.second.document },
        figures: comparison.figures.map(plainFigure),
        parameters: comparison.parameters,
        cautions: comparison.cautions,
        bets: rows,
      },
      columns: COMPARED_BETS,
      rows,
      text: () => comparisonText(comparison, app.console),
    },
  });
}

function plainFigure({ name, first, second, difference }: ComparedFigure): Omit<ComparedFigure, "kind"> {
  return { name, first, second, difference };
}

interface Sheet {
  readonly name: string;
  /** Where the page goes unless -o says otherwise. */
  readonly path: string;
  readonly page: () => string;
  readonly answer: Answer;
}

/** A page in a file, unless a format for programs or the terminal was asked for. */
function give(app: App, { text }: Options, { name, path, page, answer }: Sheet): void {
  const { json, jsonl, csv, md, output } = app.options;
  if (text || json || jsonl || csv || md) {
    present(app, answer);
    return;
  }
  if (output === undefined) writeWhole(path, page());
  else app.console.write(page());
  app.console.say(`${name}: ${output ?? path}`);
}

function reportOf(run: StoredRun): BacktestReport {
  const document = JSON.parse(run.document) as BacktestDocument;
  return { document, ...(JSON.parse(run.detail) as RunDetail) };
}

async function findRun(app: App, id: number | undefined): Promise<StoredRun> {
  const [run] = await (await app.warehouse("read")).runs({ id, command: "backtest", limit: 1, whole: true });
  if (run) return run;
  throw new StatisticoError(
    "data",
    id === undefined ? "no run is kept in this database" : `no run ${id}`,
    id === undefined ? "statistico backtest strategies/value.yaml" : "statistico report --list",
  );
}
