import { availableParallelism } from "node:os";
import type { App, Define } from "../../app.js";
import { EXIT, StatisticoError } from "../../core/errors.js";
import { FILE_RULES } from "../../exchange/recorded/unpack/refused.js";
import {
  ingestMarkets,
  type Job,
  type MarketIngestReport,
  marketFiles,
  type ReadJobs,
  readHere,
  readJob,
} from "../../ingest/betfair/ingest-markets.js";
import { type LinkReport, linkMarkets } from "../../ingest/betfair/link-markets.js";
import type { Folders } from "../../ingest/betfair/read-entry.js";
import type { EntryResult } from "../../ingest/betfair/read-unit.js";
import { BETFAIR } from "../../ingest/betfair/reading.js";
import { type Column, present } from "../../report/present.js";
import { countFlag } from "../shared/flags.js";
import { inThreads, serveJobs, sharedOfJobs } from "../shared/job-threads.js";

const COMMAND = "ingest betfair";
const EXAMPLES = `Examples:
  statistico ingest betfair data/2022-03.tar         a month of markets, as the exchange sells it
  statistico ingest betfair ~/recordings             a folder of .bz2, .gz and plain files, whatever their names
  statistico ingest betfair 1.195395419.bz2 --json
  statistico market list --sport 1                   what is there now
`;

const COLUMNS: readonly Column[] = [
  { key: "path", title: "file", keepsEnd: true },
  { key: "marketCount", title: "markets", align: "right" },
  { key: "rows", title: "lines", align: "right" },
  { key: "new", title: "new", align: "right" },
  { key: "changed", title: "changed", align: "right" },
  { key: "same", title: "same", align: "right" },
  { key: "quarantined", title: "quarantined", align: "right" },
  { key: "blank", title: "blank", align: "right" },
  { key: "warningCount", title: "warnings", align: "right" },
];

interface Options {
  readonly workers?: number;
  readonly dryRun?: boolean;
}

interface Shared {
  readonly folders: Folders;
  readonly known: ReadonlySet<string>;
}

export const define: Define = (command, withApp) => {
  command
    .description("Betfair history: stream messages, plain, .gz, .bz2, tar, or folders of them")
    .argument("<paths...>", "files and folders")
    .addHelpText("before", EXAMPLES)
    .option("--workers <n>", "files read at a time (default: one a core)", countFlag)
    .option("-n, --dry-run", "say what would be read, and stop")
    .action(withApp(ingestBetfair));
};

async function ingestBetfair(app: App, paths: readonly string[], options: Options): Promise<void> {
  const shared = sharedOfJobs<Shared>(COMMAND);
  if (shared !== null)
    return serveJobs<Job, readonly EntryResult[]>((job) => readJob(job, shared.folders, shared.known));
  const found = marketFiles(paths);
  if (options.dryRun) return plan(app, found);
  const stop = new AbortController();
  const interrupt = interrupter(stop);
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const progress = app.console.progress("ingest", found.length);
  try {
    const warehouse = await app.warehouse("write");
    const report = await ingestMarkets(found, {
      warehouse,
      archive: app.archive(),
      folders: { raw: app.archivePath, logs: app.marketsPath },
      clock: app.clock,
      read: readerOf(options.workers ?? availableParallelism(), found.length),
      onFile: (path, done) => progress.update(done, path),
      signal: stop.signal,
    });
    const context = { warehouse, archive: app.archive(), logs: app.marketsPath };
    const links = await linkMarkets(context, app.clock.now());
    progress.stop();
    show(app, report, links);
    conclude(app, report, found.length, stop.signal);
  } finally {
    progress.stop();
    process.removeListener("SIGINT", interrupt).removeListener("SIGTERM", interrupt);
  }
}

/** Threads are worth their start for more than a file or two; a tar may hold thousands. */
function readerOf(workers: number, files: number): ReadJobs {
  if (workers < 2 || files === 0) return readHere;
  return async function* (jobs, folders, known) {
    const units = splitRefused(jobs);
    const answers = inThreads<Job, Shared, readonly EntryResult[]>(COMMAND, workers, units.jobs, {
      folders,
      known,
    });
    if (answers === null) yield* readHere(jobs, folders, known);
    else
      for await (const results of answers) {
        yield* units.refused();
        yield results;
      }
    yield* units.refused();
  };
}

/** Refused files need no thread: they are held back until results are asked for. */
function splitRefused(all: Parameters<ReadJobs>[0]) {
  const held: EntryResult[] = [];
  async function* jobs(): AsyncGenerator<Job> {
    for await (const job of all)
      if ("unit" in job) yield job;
      else held.push(job);
  }
  return {
    jobs: jobs(),
    *refused(): Generator<readonly EntryResult[]> {
      if (held.length > 0) yield held.splice(0);
    },
  };
}

function plan(app: App, found: ReturnType<typeof marketFiles>): void {
  const rows = found.map(({ path }) => ({ path }));
  const columns = [{ key: "path", title: "file", keepsEnd: true }];
  present(app, { schema: "statistico/ingest-plan@1", document: { files: rows }, columns, rows });
  app.console.say(`${count(rows.length, "file")}; nothing was read`);
}

function show(app: App, { files, refused }: MarketIngestReport, links: LinkReport): void {
  const rows = files.map((file) => ({
    ...file,
    league: null,
    season: null,
    marketCount: file.markets.length,
    warningCount: file.warnings.length,
  }));
  const sum = (key: (typeof SUMMED)[number]): number => files.reduce((total, file) => total + file[key], 0);
  const sums = Object.fromEntries(SUMMED.map((key) => [key, sum(key)])) as Record<
    (typeof SUMMED)[number],
    number
  >;
  const novelties = files.flatMap(({ markets }) => markets.map(({ novelty }) => novelty));
  const markets = {
    new: novelties.filter((novelty) => novelty === "new").length,
    different: novelties.filter((novelty) => novelty === "different").length,
    same: novelties.filter((novelty) => novelty === "same").length,
  };
  const totals = { files: files.length, ...sums, refused: refused.length, markets, links };
  const refusals = refused.map(({ name, rule, why }) => ({
    path: name,
    rule,
    error: why,
    hint: FILE_RULES[rule],
  }));
  present(app, {
    schema: "statistico/ingest@1",
    document: { source: BETFAIR, files: rows, totals, refused: refusals },
    columns: rows.length > 0 ? COLUMNS : [],
    rows,
  });
  for (const { path, error } of refusals) app.console.warn(`refused: ${path}: ${error}`);
  tell(app, totals);
}

const SUMMED = [
  "rows",
  "new",
  "changed",
  "same",
  "quarantined",
  "blank",
  "quarantinedCells",
  "checked",
] as const;

function tell(
  { console }: App,
  totals: Record<(typeof SUMMED)[number], number> & {
    readonly files: number;
    readonly markets: { readonly new: number; readonly different: number; readonly same: number };
    readonly links: LinkReport;
  },
): void {
  const { files, rows, quarantined, quarantinedCells, checked, markets, links } = totals;
  if (links.linked > 0)
    console.say(
      `${count(links.linked, "football market")} found their fixture, ${links.waiting} wait for one`,
    );
  if (checked > 0) console.say(`${checked} updates replayed from the logs, each equal to its line`);
  console.say(
    `${count(rows, "line")} in ${count(files, "file")}: ${count(markets.new, "market")} new, ${markets.different} recorded otherwise, ${markets.same} same; ${totals.new} lines new, ${totals.changed} changed, ${totals.same} same, ${quarantined} quarantined`,
  );
  if (quarantined + quarantinedCells > 0) console.say("  see: statistico quarantine list");
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** The first signal lets the files at hand finish, the second ends the run at once. */
function interrupter(stop: AbortController): (signal: NodeJS.Signals) => void {
  return (signal) => {
    if (stop.signal.aborted) process.exit(codeOf(signal));
    stop.abort(signal);
  };
}

function codeOf(signal: unknown): number {
  return signal === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
}

function conclude(app: App, { files, refused }: MarketIngestReport, all: number, signal: AbortSignal): void {
  if (signal.aborted) {
    process.exitCode = codeOf(signal.reason);
    app.console.warn(
      `interrupted before the last of ${count(all, "file")}; the same command again does the rest`,
    );
    return;
  }
  const used = files.some((file) => file.new + file.changed + file.same > 0);
  if (!used) throw nothing(files, refused);
}

function nothing(
  files: MarketIngestReport["files"],
  refused: MarketIngestReport["refused"],
): StatisticoError {
  const [first] = refused;
  if (first !== undefined && files.length === 0)
    return new StatisticoError("data", `${first.name}: ${first.why}`, "statistico ingest betfair --help");
  return new StatisticoError(
    "data",
    `no market in ${count(files.length, "file")}`,
    "statistico quarantine list",
  );
}
