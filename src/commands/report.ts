import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { writeWhole } from "../files/write-whole.js";
import { backtestPage } from "../report/html/backtest.js";
import type { BacktestDocument, ReportBetRow, ReportEquity } from "../report/html/backtest-report.js";
import { present } from "../report/present.js";
import type { StoredRun } from "../warehouse/port.js";
import { countFlag } from "./shared/flags.js";

interface Options {
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
  statistico report --list
`;

export const define: Define = (command, withApp) => {
  command
    .argument("[run]", "the run's number (default: the last)", countFlag)
    .addHelpText("before", EXAMPLES)
    .option("--list", "the runs that are kept")
    .option("--limit <n>", "with --list: at most so many", countFlag)
    .action(
      withApp(async (app, run: number | undefined, options: Options) =>
        options.list ? list(app, options) : report(app, run),
      ),
    );
};

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

async function report(app: App, id: number | undefined): Promise<void> {
  const run = await findRun(app, id);
  const document = JSON.parse(run.document) as BacktestDocument;
  const { bets, equity } = JSON.parse(run.detail) as RunDetail;
  const page = backtestPage({ document, bets, equity });
  if (app.options.json) {
    present(app, {
      schema: "statistico/report@1",
      document: { run: run.id, name: run.name, backtest: document },
      columns: [],
      rows: [],
    });
  } else if (app.options.output) {
    app.console.write(page);
    app.console.say(`run ${run.id} (${run.name}): ${app.options.output}`);
  } else {
    const path = `report-${run.id}.html`;
    writeWhole(path, page);
    app.console.say(`run ${run.id} (${run.name}): ${path}`);
  }
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
