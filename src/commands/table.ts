import type { App, Define } from "../app.js";
import {
  createForecaster,
  DEFAULT_MODEL,
  FORECASTERS,
  type ModelChoice,
  usesOwnPrices,
} from "../compiler/forecasters.js";
import { readHistory } from "../compiler/history.js";
import { placesOf, type SeasonSoFar, seasonSoFar } from "../compiler/season-plan.js";
import { type Day, dayOfInstant, formatDay, startOfDay } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import type { Fixture } from "../domain/fixture.js";
import { formatSeason, type Season, seasonOfDay } from "../domain/season.js";
import type { Forecaster } from "../models/forecaster.js";
import { simulateSeason, type TeamOutlook } from "../models/season-outlook.js";
import { MOST_RUNS, type RemainingFixture } from "../models/season-simulation.js";
import { renderHeatmap } from "../report/heatmap.js";
import { type Column, present } from "../report/present.js";
import type { LeagueSummary, Warehouse } from "../warehouse/port.js";
import { choiceFlag, countFlag, dayFlag, requireLeagues } from "./shared/flags.js";

interface Options {
  readonly league: string;
  readonly season?: Season;
  readonly asOf?: Day;
  readonly model: string;
  readonly runs: number;
  readonly seed: number;
  readonly relegated?: number;
  readonly top?: number;
}

const MODELS = Object.keys(FORECASTERS).filter((name) => !usesOwnPrices({ name, parameters: {} }));

const EXAMPLES = `Examples:
  statistico table --league E0
  statistico table --league E0 --season 2018 --as-of 2019-03-01
  statistico table --league D1 --model dixon-coles --runs 50000 --seed 7 --json

Level on points, goal difference and goals, clubs share their positions; leagues differ in what comes next. Points
deducted and expunged clubs are not modelled, and ratings stay what they are on the as-of day (docs/season.md).
`;

const COLUMNS: readonly Column[] = [
  { key: "position", title: "" },
  { key: "team", title: "club" },
  { key: "played", title: "played" },
  { key: "goals", title: "goals", align: "right" },
  { key: "points", title: "points" },
  { key: "expected", title: "expected" },
  { key: "title", title: "title" },
  { key: "topFour", title: "top" },
  { key: "relegation", title: "down" },
];

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .requiredOption("--league <code>", "the league, like E0")
    .option("--season <year>", "the season by its start year (default: the last on file)", countFlag)
    .option("--as-of <date>", "from what was known at the start of this day (default: today)", dayFlag)
    .option("--model <name>", "whose forecasts are played out", choiceFlag("--model", MODELS), DEFAULT_MODEL)
    .option("--runs <n>", "how often the rest of the season is played", countFlag, 10_000)
    .option("--seed <n>", "same seed, same numbers", countFlag, 1)
    .option("--top <n>", "places counted as top (default: 4)", countFlag)
    .option("--relegated <n>", "places counted as relegation (default: by the league's rules)", countFlag)
    .action(withApp(table));
};

async function table(app: App, options: Options): Promise<void> {
  if (!(options.runs >= 1 && options.runs <= MOST_RUNS))
    throw new StatisticoError(
      "usage",
      `--runs must lie between 1 and ${MOST_RUNS}, was ${options.runs}`,
      "--runs 10000",
    );
  const warehouse = await app.warehouse("read");
  await requireLeagues(warehouse, [options.league]);
  const leagues = await warehouse.leagues();
  const asOf = options.asOf ?? dayOfInstant(app.clock.now());
  const season = seasonAt(options, leagues, asOf);
  const soFar = await readSeason(warehouse, options.league, season, asOf);
  const remaining = await gridsOf(warehouse, options, asOf, soFar, leagues);
  const usual = placesOf(options.league);
  const places = { top: options.top ?? usual.top, relegated: options.relegated ?? usual.relegated };
  const { runs, seed } = options;
  const outlooks = simulateSeason({ table: soFar.table, remaining: remaining.fixtures, runs, seed }, places);
  show(app, { options, season, asOf, soFar, outlooks, places, modelVersion: remaining.version });
}

/** The season asked for, else the last one that had begun by the as-of day. */
function seasonAt({ league, season }: Options, leagues: readonly LeagueSummary[], asOf: Day): Season {
  const known = leagues.find(({ code }) => code === league)?.seasons ?? [];
  const chosen = season ?? known.filter((each) => each <= seasonOfDay(asOf)).at(-1);
  if (chosen !== undefined && known.includes(chosen)) return chosen;
  throw new StatisticoError(
    "data",
    `no fixture of ${league} in ${chosen === undefined ? `a season before ${formatDay(asOf)}` : formatSeason(chosen)}`,
    `statistico ingest football-data --league ${league} --season ${season ?? seasonOfDay(asOf)}`,
  );
}

async function readSeason(
  warehouse: Warehouse,
  league: string,
  season: Season,
  asOf: Day,
): Promise<SeasonSoFar> {
  const query = { leagues: [league], seasons: [season] };
  return seasonSoFar({
    league,
    season,
    fixtures: await warehouse.fixtures(query),
    played: await warehouse.matches({ ...query, asOf: startOfDay(asOf) }),
    asOf,
    over: seasonOfDay(asOf) > season,
  });
}

/** A grid for every fixture to come, all from what is known at the as-of day. */
async function gridsOf(
  warehouse: Warehouse,
  { league, model }: Options,
  asOf: Day,
  { scheduled, derived }: SeasonSoFar,
  leagues: readonly LeagueSummary[],
): Promise<{ readonly fixtures: RemainingFixture[]; readonly version: string | null }> {
  if (scheduled.length + derived.length === 0) return { fixtures: [], version: null };
  const history = await readHistory(warehouse, league, { asOf: startOfDay(asOf), leagues });
  const choice: ModelChoice = { name: model, parameters: {} };
  const forecaster = createForecaster(choice, history.division, { neighbours: history.neighbours });
  forecaster.observe(
    history.matches.map(({ observation }) => observation).filter(({ fixture }) => fixture.day < asOf),
  );
  return {
    fixtures: [...scheduled, ...derived].map((fixture) => gridOf(forecaster, fixture, asOf)),
    version: forecaster.version,
  };
}

function gridOf(forecaster: Forecaster, fixture: Fixture, asOf: Day): RemainingFixture {
  const forecast = forecaster.forecast(fixture, asOf);
  if (forecast.kind === "refused")
    throw new StatisticoError(
      "data",
      `no forecast of ${fixture.home.name} - ${fixture.away.name}: ${forecast.reason}`,
      `statistico evaluate --league ${fixture.league} --season ${fixture.season}`,
    );
  return { home: fixture.home.id, away: fixture.away.id, grid: forecast.grid() };
}

interface Shown {
  readonly options: Options;
  readonly season: Season;
  readonly asOf: Day;
  readonly soFar: SeasonSoFar;
  readonly outlooks: readonly TeamOutlook[];
  readonly places: { readonly top: number; readonly relegated: number };
  readonly modelVersion: string | null;
}

function show(app: App, shown: Shown): void {
  const { options, season, asOf, soFar, outlooks, places, modelVersion } = shown;
  const left = soFar.scheduled.length + soFar.derived.length;
  const clubs = outlooks.map((outlook, i) => clubOf(soFar, outlook, i));
  present(app, {
    schema: "statistico/table@1",
    document: {
      league: options.league,
      season,
      asOf: formatDay(asOf),
      model: modelVersion === null ? null : options.model,
      modelVersion,
      runs: left === 0 ? 0 : options.runs,
      seed: options.seed,
      places,
      remaining: { scheduled: soFar.scheduled.length, derived: soFar.derived.length },
      notes: soFar.notes,
      clubs,
    },
    columns: left === 0 ? COLUMNS.slice(0, 5) : COLUMNS,
    rows: clubs.map((club, i) => ({ ...club, ...inWords(club, outlooks[i]) })),
  });
  if (left > 0 && plain(app)) showPositions(app, outlooks);
  tell(app, shown, left);
}

function clubOf({ table }: SeasonSoFar, outlook: TeamOutlook, i: number) {
  const { points, scored, conceded, played, team } = table[i];
  const { points: final, title, topFour, relegation, positions, meanPosition } = outlook;
  return {
    position: i + 1,
    teamId: team.id,
    team: team.name,
    played,
    scored,
    conceded,
    points,
    expectedPoints: final.value,
    expectedPointsSe: final.standardError,
    titleChance: title.value,
    titleSe: title.standardError,
    topChance: topFour.value,
    topSe: topFour.standardError,
    relegationChance: relegation.value,
    relegationSe: relegation.standardError,
    meanPosition,
    positions,
  };
}

function inWords(
  { scored, conceded }: ReturnType<typeof clubOf>,
  { points, title, topFour, relegation }: TeamOutlook,
) {
  return {
    goals: `${scored}:${conceded}`,
    expected: points.value.toFixed(1),
    title: chance(title),
    topFour: chance(topFour),
    relegation: chance(relegation),
  };
}

/** "12.3% ±0.3": one standard error of the simulation; what never happened is a dash, not a nought. */
function chance({ value, standardError }: TeamOutlook["title"]): string {
  if (value === 0) return "-";
  return `${(100 * value).toFixed(1)}% ±${(100 * standardError).toFixed(1)}`;
}

function plain({ options }: App): boolean {
  return !options.json && !options.csv && !options.jsonl && !options.md;
}

/** Width of one shaded percentage with the space before it, and room for a club's name. */
const CELL_WIDTH = 6;
const NAME_WIDTH = 30;

function showPositions(app: App, outlooks: readonly TeamOutlook[]): void {
  const needed = NAME_WIDTH + CELL_WIDTH * outlooks.length;
  if (app.console.width !== null && app.console.width < needed) {
    app.console.say(`chances of every position need a terminal of ${needed} columns; --json has them`);
    return;
  }
  const labels = {
    rows: outlooks.map(({ team }) => team.name),
    columns: outlooks.map((_, i) => String(i + 1)),
    title: "position, %",
  };
  const cells = outlooks.map(({ positions }) => positions.map((p) => Math.min(1, p)));
  app.console.write(`\n${renderHeatmap(cells, { color: app.console.color, labels })}`);
}

function tell(app: App, { options, season, asOf, soFar, places }: Shown, left: number): void {
  const { scheduled, derived, notes } = soFar;
  const played = soFar.table.reduce((sum, row) => sum + row.played, 0) / 2;
  const where = `${options.league} ${formatSeason(season)} at the start of ${formatDay(asOf)}`;
  if (left === 0) app.console.say(`${where}: ${played} played, none left`);
  else {
    app.console.say(
      `${where}: ${played} played, ${left} left (${scheduled.length} scheduled, ${derived.length} derived from a round robin)`,
    );
    app.console.say(
      `${options.runs} runs by ${options.model}, seed ${options.seed}; ± one standard error of the simulation; top ${places.top}, down ${places.relegated}`,
    );
  }
  for (const note of notes) app.console.say(note);
}
