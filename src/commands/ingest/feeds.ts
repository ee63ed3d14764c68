import type { Command } from "commander";
import type { App, WithApp } from "../../app.js";
import type { FeedSettings } from "../../config/sources.js";
import { StatisticoError } from "../../core/errors.js";
import type { Season } from "../../domain/season.js";
import { inputsOf } from "../../ingest/inputs.js";
import { mappedReader, type Reader, readerOf } from "../../ingest/readers.js";
import { FEEDS } from "../../ingest/sources/feeds.js";
import type { Source } from "../../ingest/sources/source.js";
import { listFlag, seasonsFlag } from "../shared/flags.js";
import { answersOf, requestsOf } from "./fetching.js";
import { type Errand, planInputs, runErrands } from "./run.js";

export interface FeedOptions {
  readonly league?: string[];
  readonly season?: Season[];
  readonly from?: string[];
  readonly as?: string;
  readonly newClubs?: boolean;
  readonly dryRun?: boolean;
}

/** A verb for every source, and one for those that the operator describes. */
export function defineFeeds(command: Command, withApp: WithApp): void {
  for (const source of FEEDS) defineFeed(command.command(source.name), source, withApp);
  withFiles(
    command
      .command("mapped")
      .description("files of any layout, described in statistico.yaml under sources.mapped")
      .argument("<name>", "the description's name"),
  ).action(withApp(async (app, name: string, options: FeedOptions) => ingestMapped(app, name, options)));
}

function defineFeed(command: Command, source: Source, withApp: WithApp): void {
  command
    .description(`${source.brings.join(", ")} of ${source.title}`)
    .addHelpText("before", examplesOf(source))
    .addHelpText("after", `\n${source.title} costs ${source.cost}.\nMore: docs/sources/${source.name}.md`);
  if (source.asking)
    command
      .option("--league <codes>", "leagues, like E0,E1; statistico leagues --known lists them", listFlag)
      .option("--season <years>", "seasons by start year: 2014, 2014,2016 or 2014..2024", seasonsFlag);
  withFiles(command).action(withApp(async (app, options: FeedOptions) => ingestFeed(app, source, options)));
}

function withFiles(command: Command): Command {
  return command
    .option("--from <paths...>", "files, folders, .gz, or - for standard input, instead of asking the source")
    .option("--as <code>", "the league of files that do not say it")
    .option("--new-clubs", "take names that no club bears as new clubs")
    .option("-n, --dry-run", "say what would be read or fetched, and stop");
}

function examplesOf({ name, asking }: Source): string {
  const ask = asking ? `  statistico ingest ${name} --league E0,SP1\n` : "";
  return `Examples:\n  statistico ingest ${name} --from downloads/${name}\n${ask}  statistico teams unknown                           names that wait for your word\n`;
}

async function ingestFeed(app: App, source: Source, options: FeedOptions): Promise<void> {
  const errand = feedErrand(app, source, options);
  if (options.dryRun) return planFeed(app, source, options);
  return runErrands(app, [errand]);
}

/** What a source is to bring: files, or answers to what its settings and the flags ask. */
export function feedErrand(app: App, source: Source, options: FeedOptions): Errand {
  const settings = settingsOf(app, source);
  const reader = readerOf(source.name) as Reader;
  const from = options.from ?? (options.league || options.season ? undefined : settings.from);
  const newClubs = options.newClubs ?? settings.newClubs;
  return {
    reader,
    wanted: { as: options.as, newClubs },
    inputs: async () => {
      if (from) return listed(from, source.files);
      const requests = requestsOf(app, source, settings, {
        leagues: options.league,
        seasons: options.season,
      });
      return answersOf(app, source, settings, requests);
    },
  };
}

function listed(from: readonly string[], files: RegExp) {
  const inputs = inputsOf(from, process.stdin, files);
  return { inputs, count: inputs.length };
}

function planFeed(app: App, source: Source, options: FeedOptions): void {
  if (options.from) {
    planInputs(app, inputsOf(options.from, process.stdin, source.files));
    return;
  }
  const asked = { leagues: options.league, seasons: options.season };
  planInputs(
    app,
    requestsOf(app, source, settingsOf(app, source), asked).map(({ url }) => ({ path: url })),
  );
}

function settingsOf(app: App, { name }: Source): FeedSettings {
  const { sources } = app.config;
  return (sources as Readonly<Record<string, FeedSettings | undefined>>)[name] ?? {};
}

const MAPPED_FILES = /\.(csv|json|txt)(\.gz)?$/i;

/** What a described source is to bring. Throws StatisticoError for a name nobody has described, and without files. */
export function mappedErrand(app: App, name: string, options: FeedOptions): Errand {
  const described = app.config.sources.mapped ?? {};
  const settings = Object.hasOwn(described, name) ? described[name] : undefined;
  if (!settings)
    throw new StatisticoError(
      "usage",
      `no source called ${name} under sources.mapped in ${app.config.path}`,
      "statistico config path",
    );
  const { from, newClubs, ...mapping } = settings;
  const paths = options.from ?? from;
  if (!paths)
    throw new StatisticoError(
      "usage",
      `${name} is read from files: --from or sources.mapped.${name}.from says which`,
      `statistico ingest mapped ${name} --from PATH`,
    );
  return {
    reader: mappedReader(name, mapping),
    wanted: { as: options.as, newClubs: options.newClubs ?? newClubs },
    inputs: async () => listed(paths, MAPPED_FILES),
  };
}

async function ingestMapped(app: App, name: string, options: FeedOptions): Promise<void> {
  const errand = mappedErrand(app, name, options);
  if (options.dryRun) return planInputs(app, (await errand.inputs()).inputs);
  return runErrands(app, [errand]);
}
