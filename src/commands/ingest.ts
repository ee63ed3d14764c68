import { setTimeout } from "node:timers/promises";
import type { App, Define } from "../app.js";
import { dayOf, dayOfInstant, startOfDay } from "../core/day.js";
import { EXIT, StatisticoError } from "../core/errors.js";
import { createRng } from "../core/rng.js";
import { parseSeasons, type Season, seasonOfDay } from "../domain/season.js";
import { BUILT_IN_ALIASES, readAliases } from "../ingest/aliases.js";
import { type Download, downloadInputs } from "../ingest/downloads.js";
import { type IngestReport, ingestFiles, SOURCE } from "../ingest/ingest.js";
import { type Input, inputsOf } from "../ingest/inputs.js";
import { fixturesAddresses, seasonAddresses, seasonOfAddress } from "../ingest/sources/football-data.js";
import { createFetcher } from "../ingest/sources/http.js";
import { type Column, present } from "../report/present.js";
import { listFlag, seasonsFlag } from "./shared/flags.js";

interface Options {
  readonly league?: string[];
  readonly season?: Season[];
  readonly from?: string[];
  readonly refresh?: boolean;
  readonly dryRun?: boolean;
}

const EXAMPLES = `Examples:
  statistico ingest                                  what statistico.yaml names, for cron
  statistico ingest football-data --league E0,E1 --season 2014..2024
  statistico ingest football-data --from ~/season-files --league E0
  curl -s https://example.org/E0.csv | statistico ingest football-data --from -
  statistico ingest fixtures                         coming matches with their current prices
`;

const COLUMNS: readonly Column[] = [
  { key: "path", title: "file", keepsEnd: true },
  { key: "rows", title: "rows", align: "right" },
  { key: "new", title: "new", align: "right" },
  { key: "changed", title: "changed", align: "right" },
  { key: "same", title: "same", align: "right" },
  { key: "quarantined", title: "quarantined", align: "right" },
  { key: "quarantinedCells", title: "cells", align: "right" },
  { key: "blank", title: "blank", align: "right" },
  { key: "warningCount", title: "warnings", align: "right" },
];

const NEVER = Number.POSITIVE_INFINITY;
const PAUSE_MS = 700;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES).action(withApp(async (app) => ingestConfigured(app)));
  command
    .command("football-data")
    .description("season files of football-data.co.uk, or files of its format")
    .option("--league <codes>", "leagues, like E0,E1; statistico leagues --known lists them", listFlag)
    .option("--season <years>", "seasons by start year: 2014, 2014,2016 or 2014..2024", seasonsFlag)
    .option("--from <paths...>", "files, folders, .gz, or - for standard input, instead of downloading")
    .option("--refresh", "ask for finished seasons again")
    .option("-n, --dry-run", "say what would be read or fetched, and stop")
    .action(withApp(async (app, options: Options) => ingestFootballData(app, options)));
  command
    .command("fixtures")
    .description("coming fixtures with their current prices")
    .option("--league <codes>", "only these leagues", listFlag)
    .option("--from <paths...>", "files, folders, .gz, or - for standard input, instead of downloading")
    .option("-n, --dry-run", "say what would be read or fetched, and stop")
    .action(withApp(async (app, options: Options) => ingestFixtures(app, options)));
};

async function ingestConfigured(app: App): Promise<void> {
  const setting = (name: string): unknown => app.config.settings.get(`sources.football-data.${name}`)?.value;
  const today = seasonOfDay(dayOfInstant(app.clock.now()));
  const seasons = parseSeasons(String(setting("seasons") ?? today)) ?? [today];
  const leagues = setting("leagues") as string[];
  const season = inputsOfSeasons(app, leagues, seasons, false);
  const fixtures = setting("fixtures") ? inputsOfFixtures(app) : [];
  await ingest(app, [...season, ...fixtures], { league: leagues });
}

async function ingestFootballData(app: App, options: Options): Promise<void> {
  if (options.from) return ingest(app, inputsOf(options.from, process.stdin), options);
  const { league, season } = options;
  if (!league || !season)
    throw new StatisticoError(
      "usage",
      "downloading needs --league and --season; reading files needs --from",
      "statistico ingest football-data --league E0 --season 2020..2024",
    );
  return ingest(app, inputsOfSeasons(app, league, season, options.refresh === true), options);
}

async function ingestFixtures(app: App, options: Options): Promise<void> {
  const inputs = options.from ? inputsOf(options.from, process.stdin) : inputsOfFixtures(app);
  return ingest(app, inputs, options);
}

function inputsOfSeasons(
  app: App,
  leagues: readonly string[],
  seasons: readonly Season[],
  refresh: boolean,
): Input[] {
  const downloads = seasonAddresses(baseAddress(app), leagues, seasons).map((url) => {
    const season = seasonOfAddress(url);
    return { url, finalAfter: refresh || season === null ? NEVER : startOfDay(dayOf(season + 1, 10, 1)) };
  });
  return downloaded(app, downloads);
}

function inputsOfFixtures(app: App): Input[] {
  return downloaded(
    app,
    fixturesAddresses(baseAddress(app)).map((url) => ({ url, finalAfter: NEVER })),
  );
}

function downloaded(app: App, downloads: readonly Download[]): Input[] {
  const archive = app.archive();
  const fetcher = createFetcher({
    folder: archive.folder,
    userAgent: `statistico/${app.version}`,
    clock: app.clock,
    random: createRng(app.clock.now()),
    sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
    pauseMs: PAUSE_MS,
    onRetry: (url, reason, waitMs) =>
      app.console.detail(`${url}: ${reason}, trying again in ${(waitMs / 1000).toFixed(1)} s`),
  });
  return downloadInputs(downloads, fetcher, archive);
}

function baseAddress(app: App): string {
  return String(app.config.settings.get("sources.football-data.url")?.value);
}

async function ingest(app: App, inputs: readonly Input[], options: Options): Promise<void> {
  if (options.dryRun) return plan(app, inputs);
  const stop = new AbortController();
  const interrupt = interrupter(stop);
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const progress = app.console.progress("ingest", inputs.length);
  try {
    const report = await ingestFiles(
      inputs,
      { leagues: options.league, seasons: options.season },
      {
        warehouse: await app.warehouse("write"),
        archive: app.archive(),
        aliases: [...BUILT_IN_ALIASES, ...readAliases(app.aliasesPath)],
        clock: app.clock,
        onFile: (path, done) => progress.update(done, path),
        signal: stop.signal,
      },
    );
    progress.stop();
    show(app, report);
    if (report.interrupted) return interrupted(app, report, inputs.length, stop.signal.reason);
    conclude(report, options);
  } finally {
    progress.stop();
    process.removeListener("SIGINT", interrupt).removeListener("SIGTERM", interrupt);
  }
}

function plan(app: App, inputs: readonly Input[]): void {
  const rows = inputs.map(({ path }) => ({ path }));
  present(app, {
    schema: "statistico/ingest-plan@1",
    document: { files: rows },
    columns: [{ key: "path", title: "file" }],
    rows,
  });
  app.console.say(`${rows.length} files; nothing was read or fetched`);
}

function show(app: App, { files, refused, skipped }: IngestReport): void {
  const rows = files.map(({ leagues, seasons, ...file }) => ({
    ...file,
    league: one(leagues),
    season: one(seasons),
    leagues,
    seasons,
    warningCount: file.warnings.length,
  }));
  const sum = (
    key: "rows" | "new" | "changed" | "same" | "quarantined" | "blank" | "quarantinedCells" | "prices",
  ): number => files.reduce((total, file) => total + file[key], 0);
  const totals = {
    files: files.length,
    rows: sum("rows"),
    new: sum("new"),
    changed: sum("changed"),
    same: sum("same"),
    quarantined: sum("quarantined"),
    blank: sum("blank"),
    quarantinedCells: sum("quarantinedCells"),
    prices: sum("prices"),
    warnings: rows.reduce((total, { warningCount }) => total + warningCount, 0),
    refused: refused.length,
    skipped,
  };
  const refusals = refused.map(({ path, error }) => ({ path, error: error.message, hint: error.hint }));
  present(app, {
    schema: "statistico/ingest@1",
    document: { source: SOURCE, files: rows, totals, refused: refusals },
    columns: rows.length > 0 ? COLUMNS : [],
    rows,
  });
  for (const file of files) tellRevisions(app, file);
  if (files.length === 0) return;
  for (const { error } of refused) app.console.warn(`refused: ${error.message}`);
  const { rows: all, new: fresh, changed, same, quarantined } = totals;
  app.console.say(
    `${all - totals.blank} fixtures in ${count(files.length, "file")}: ${fresh} new, ${changed} changed, ${same} same, ${quarantined} quarantined`,
  );
  if (totals.quarantinedCells + quarantined > 0) app.console.say("  see: statistico quarantine list");
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function tellRevisions(app: App, { path, revisions }: IngestReport["files"][number]): void {
  for (const { line, home, away, before, after } of revisions)
    app.console.say(`revised: ${home} - ${away} ${before}, now ${after} (${path}:${line})`);
}

/** The only one of a list, or null: cli contract gives a file one league and one season where it has one. */
function one<T>(list: readonly T[]): T | null {
  return list.length === 1 ? list[0] : null;
}

/**
 * The first signal ends the run in good order, the second at once. The listener must stay: the spinner's own would
 * take the process down when it finds itself alone.
 */
function interrupter(stop: AbortController): (signal: NodeJS.Signals) => void {
  return (signal) => {
    if (stop.signal.aborted) process.exit(exitCodeOf(signal));
    stop.abort(signal);
  };
}

function exitCodeOf(signal: unknown): number {
  return signal === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
}

function interrupted(
  app: App,
  { files, refused, skipped }: IngestReport,
  all: number,
  signal: unknown,
): void {
  process.exitCode = exitCodeOf(signal);
  const done = files.length + refused.length + skipped;
  app.console.warn(
    `interrupted: ${done} of ${count(all, "file")} done; the same command again does the rest`,
  );
}

function conclude({ files, refused, skipped }: IngestReport, { league, season }: Options): void {
  if (refused.length > 0 && files.length === 0) throw refused[0].error;
  if (refused.length > 0) process.exitCode = EXIT.data;
  if (files.length === 0 && refused.length === 0)
    throw new StatisticoError(
      "data",
      `no row of ${wanted(league, season)} in ${count(skipped, "file")}`,
      "statistico ingest football-data --help",
    );
}

function wanted(league: readonly string[] = [], season: readonly Season[] = []): string {
  const seasons = season.length > 0 ? `season ${season.join(", ")}` : "";
  return [league.join(", "), seasons].filter(Boolean).join(" in ");
}
