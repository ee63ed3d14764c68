import type { App, Define } from "../app.js";
import { dayOf, dayOfInstant, startOfDay } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { parseSeasons, type Season, seasonOfDay } from "../domain/season.js";
import { type Download, downloadInputs } from "../ingest/downloads.js";
import { type Input, inputsOf } from "../ingest/inputs.js";
import { FOOTBALL_DATA } from "../ingest/readers.js";
import { FEEDS } from "../ingest/sources/feeds.js";
import { fixturesAddresses, seasonAddresses, seasonOfAddress } from "../ingest/sources/football-data.js";
import { define as defineBetfair } from "./ingest/betfair.js";
import { defineFeeds, feedErrand, mappedErrand } from "./ingest/feeds.js";
import { politeFetcher } from "./ingest/fetching.js";
import { type Errand, planInputs, runErrands } from "./ingest/run.js";
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
  statistico ingest openfootball --from downloads    a folder of football.json files
`;

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
  defineFeeds(command, withApp);
  defineBetfair(command.command("betfair"), withApp);
};

/** What statistico.yaml names, source by source; football-data.co.uk without a file, as ever. */
async function ingestConfigured(app: App): Promise<void> {
  const { sources } = app.config;
  const isNamed = Object.keys(sources).length > 0;
  const feeds = FEEDS.filter(({ name }) => Object.hasOwn(sources, name));
  await runErrands(app, [
    ...(isNamed && !sources["football-data"] ? [] : [footballDataErrand(app)]),
    ...feeds.map((source) => feedErrand(app, source, {})),
    ...Object.keys(sources.mapped ?? {}).map((name) => mappedErrand(app, name, {})),
  ]);
}

function footballDataErrand(app: App): Errand {
  const setting = (name: string): unknown => app.config.settings.get(`sources.football-data.${name}`)?.value;
  const today = seasonOfDay(dayOfInstant(app.clock.now()));
  const seasons = parseSeasons(String(setting("seasons") ?? today)) ?? [today];
  const leagues = setting("leagues") as string[];
  return errandOf({ league: leagues }, () => [
    ...inputsOfSeasons(app, leagues, seasons, false),
    ...(setting("fixtures") ? inputsOfFixtures(app) : []),
  ]);
}

/** Files of football-data.co.uk; of the leagues and seasons asked for. */
function errandOf({ league, season }: Options, inputs: () => readonly Input[]): Errand {
  return {
    reader: FOOTBALL_DATA,
    wanted: { leagues: league, seasons: season },
    inputs: async () => {
      const made = inputs();
      return { inputs: made, count: made.length };
    },
  };
}

async function ingest(app: App, inputs: readonly Input[], options: Options): Promise<void> {
  if (options.dryRun) return planInputs(app, inputs);
  return runErrands(app, [errandOf(options, () => inputs)]);
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
  return downloadInputs(downloads, politeFetcher(app, { pauseMs: PAUSE_MS }), app.archive());
}

function baseAddress(app: App): string {
  return String(app.config.settings.get("sources.football-data.url")?.value);
}
