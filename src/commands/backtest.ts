import type { App, Define } from "../app.js";
import { type Backtest, runBacktest } from "../backtest/backtest.js";
import { BET_COLUMNS, type BetRow, betsRows } from "../backtest/bets-table.js";
import { FORECASTERS } from "../compiler/forecasters.js";
import type { Season } from "../domain/season.js";
import { writeWhole } from "../files/write-whole.js";
import { sha256Of } from "../ingest/archive.js";
import { backtestText } from "../report/backtest-text.js";
import { toCsv } from "../report/csv.js";
import { backtestPage } from "../report/html/backtest.js";
import { present } from "../report/present.js";
import { strategyDocument } from "../strategy/document.js";
import type { Strategy } from "../strategy/strategy.js";
import type { StoredRun, Warehouse } from "../warehouse/port.js";
import { countFlag } from "./shared/flags.js";
import { isLeagueWorker, serveLeagues } from "./shared/league-workers.js";
import {
  type Bench,
  doLeagueTask,
  openBench,
  prepareLeagues,
  storedOrPrepared,
} from "./shared/prepare-leagues.js";
import { loadCode } from "./shared/strategy-code.js";
import { readFiledStrategy } from "./shared/strategy-file.js";
import { strategiesTried } from "./shared/tried.js";

interface Options {
  readonly fromSeason?: Season;
  readonly toSeason?: Season;
  readonly report?: string;
  readonly bets?: string;
  readonly seed: number;
  readonly workers?: number;
  readonly fresh?: boolean;
  readonly allowCode?: boolean;
  readonly dryRun?: boolean;
}

const EXAMPLES = `Examples:
  statistico backtest strategies/value.yaml
  statistico backtest strategies/value.yaml --from-season 2018 --to-season 2022 --report value.html
  statistico backtest strategies/value.yaml --bets bets.csv --json > run.json
`;

export const define: Define = (command, withApp) => {
  command
    .argument("<file>", "the strategy, YAML; FILE#NAME or FOLDER#NAME of several; - for standard input")
    .addHelpText("before", EXAMPLES)
    .option("--from-season <year>", "first season instead of the file's", countFlag)
    .option("--to-season <year>", "last season instead of the file's", countFlag)
    .option("--report <file>", "a self-contained HTML tear sheet")
    .option("--bets <file>", "every bet, a CSV row each, with all that is needed to audit it")
    .option("--seed <n>", "of the bootstrap and the permutations", countFlag, 1)
    .option("--workers <n>", "threads that forecast, a league each (default: one a core)", countFlag)
    .option("--fresh", "forecast anew, without the forecasts kept beside the database")
    .option("--allow-code", "run the code that the strategy names, with all rights of this program")
    .option("-n, --dry-run", "leave the run out of the database")
    .action(withApp(backtest));
};

async function backtest(app: App, file: string, options: Options): Promise<void> {
  const started = performance.now();
  const filed = readFiledStrategy(file);
  const { strategy, picker } = await loadCode(
    { ...filed, strategy: overSeasons(filed.strategy, options) },
    options.allowCode === true,
  );
  const warehouse = await app.warehouse(options.dryRun || isLeagueWorker("backtest") ? "read" : "update");
  const bench = await openBench(app, warehouse, options.fresh === true);
  if (isLeagueWorker("backtest")) return serveLeagues((task) => doLeagueTask(bench, [strategy], task));
  if (strategy.prices.moment.kind === "asof" && strategy.prices.moment.everyTick)
    return replayTicks(app, warehouse, bench, strategy, options);
  const progress = app.console.progress(`backtest ${strategy.name}`);
  const outcome = await runBacktest(warehouse, strategy, {
    seed: options.seed,
    version: app.version,
    models: FORECASTERS,
    hash: sha256Of,
    trials: {
      count: await strategiesTried(warehouse, [sha256Of(JSON.stringify(strategyDocument(strategy)))]),
      sharpeVariance: null,
    },
    prepare: (wanted) =>
      prepareLeagues(bench, wanted, 0, {
        command: "backtest",
        // Threads read the file again: what came through standard input is gone by then.
        workers: file === "-" ? 1 : options.workers,
        onLeague: (league, done) => progress.update(done, `of ${wanted.leagues.length} leagues: ${league}`),
      }),
    picker,
    onSlot: (done, of) => progress.update(done, `of ${of} decisions`),
  });
  progress.stop();
  const rows = betsRows(outcome);
  if (options.bets)
    writeWhole(
      options.bets,
      toCsv(
        BET_COLUMNS.map((key) => ({ key, title: key })),
        rows,
        { raw: app.options.raw === true },
      ),
    );
  if (options.report)
    writeWhole(
      options.report,
      backtestPage({ document: outcome.document, bets: rows, equity: outcome.equity }),
    );
  if (!options.dryRun) await keep(app, warehouse, strategy, outcome, rows);
  show(app, outcome, rows, performance.now() - started);
  if (options.report) app.console.say(`report: ${options.report}`);
  if (options.bets) app.console.say(`bets: ${options.bets}, ${rows.length} rows`);
}

/** Every tick of the recorded markets, instead of one moment a fixture. */
async function replayTicks(
  app: App,
  warehouse: Warehouse,
  bench: Bench,
  strategy: Strategy,
  { seed, bets }: Options,
): Promise<void> {
  const { backtestTicks } = await import("./backtest/ticks.js");
  const progress = app.console.progress(`backtest ${strategy.name}`, strategy.leagues.length);
  const leagues = [];
  for (const [done, league] of strategy.leagues.entries()) {
    progress.update(done, league);
    leagues.push(await storedOrPrepared(bench, strategy, league));
  }
  progress.stop();
  await backtestTicks(app, warehouse, leagues, strategy, { seed, bets });
}

function overSeasons(strategy: Strategy, { fromSeason, toSeason }: Options): Strategy {
  const { from, to } = strategy.seasons;
  return { ...strategy, seasons: { from: fromSeason ?? from, to: toSeason ?? to } };
}

async function keep(
  app: App,
  warehouse: Warehouse,
  strategy: Strategy,
  { document, equity }: Backtest,
  bets: readonly BetRow[],
): Promise<void> {
  const run: StoredRun = {
    command: "backtest",
    name: strategy.name,
    startedAt: app.clock.now(),
    version: app.version,
    dataHash: document.dataHash,
    configHash: document.strategyHash,
    seed: document.seed,
    document: JSON.stringify(document),
    detail: JSON.stringify({ bets, equity }),
  };
  await warehouse.writeRun(run);
}

function show(app: App, { document, equity }: Backtest, rows: readonly BetRow[], elapsedMs: number): void {
  present(app, {
    schema: document.schema,
    document: { ...document, elapsedMs: Math.round(elapsedMs) },
    columns: [],
    rows,
    text: () => backtestText(document, equity, { width: app.console.width, color: app.console.color }),
  });
  for (const warning of document.warnings) app.console.say(`note: ${warning}`);
  for (const assumption of document.assumptions) app.console.detail(`assumes: ${assumption}`);
  app.console.say(
    `${document.fixtures} fixtures, ${document.priced} priced, ${document.bets} bets; ${document.assumptions.length} assumptions (-v, --json and the report list them)`,
  );
}
