import type { App, Define } from "../app.js";
import { type Day, dayOfInstant, formatDay, startOfDay } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import type { PlayedMatch } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import { writeWhole } from "../files/write-whole.js";
import { type RatingHistory, ratingsAsOf } from "../ratings/history.js";
import { RATING_ALGORITHMS, type RatingAlgorithmName, rate } from "../ratings/registry.js";
import { linePlot, type PlotSeries } from "../report/line-plot.js";
import { type Column, present } from "../report/present.js";
import { sparkline } from "../report/sparkline.js";
import { type LineSeries, lineChart, type Tone } from "../report/svg/line-chart.js";
import { standaloneSvg } from "../report/svg/style.js";
import { choiceFlag, countFlag, dayFlag, listFlag, requireLeagues, seasonsFlag } from "./shared/flags.js";

interface Options {
  readonly league: string[];
  readonly algorithm: RatingAlgorithmName;
  readonly asOf?: Day;
  readonly season?: Season[];
  readonly history?: boolean;
  readonly all?: boolean;
  readonly team?: string[];
  readonly plot?: boolean;
  readonly svg?: string;
  readonly store?: boolean;
  readonly last: number;
}

const ALGORITHMS = Object.keys(RATING_ALGORITHMS) as RatingAlgorithmName[];

const EXAMPLES = `Examples:
  statistico rate --league E0
  statistico rate --league E0 --algorithm elo --as-of 2024-01-01
  statistico rate --league E0 --history --team Arsenal --json
  statistico rate --league E0 --season 2022..2024 --team Arsenal,Liverpool --plot --svg course.svg

Algorithms:
${ALGORITHMS.map((name) => `  ${name.padEnd(16)} ${RATING_ALGORITHMS[name].describe}`).join("\n")}
`;

const COLUMNS: readonly Column[] = [
  { key: "rank", title: "" },
  { key: "team", title: "club" },
  { key: "attack", title: "attack", digits: 2 },
  { key: "defence", title: "defence", digits: 2 },
  { key: "matches", title: "matches" },
  { key: "course", title: "course" },
];

const HISTORY_COLUMNS: readonly Column[] = [
  { key: "date", title: "date" },
  { key: "team", title: "club" },
  { key: "fixtureId", title: "fixture" },
  { key: "attackBefore", title: "attack before", digits: 2 },
  { key: "attackAfter", title: "after", digits: 2 },
  { key: "defenceBefore", title: "defence before", digits: 2 },
  { key: "defenceAfter", title: "after", digits: 2 },
];

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .requiredOption("--league <codes>", "leagues, like E0", listFlag)
    .option("--algorithm <name>", "see above", choiceFlag("--algorithm", ALGORITHMS), "statistico")
    .option("--as-of <date>", "from matches before this day (default: today)", dayFlag)
    .option("--season <years>", "only matches of these seasons", seasonsFlag)
    .option("--history", "the rating before and after every match")
    .option("--team <names>", "only these clubs, like Arsenal,Chelsea", listFlag)
    .option("--plot", "the course of the ratings as a picture of characters")
    .option("--svg <file>", "the same as a drawing")
    .option("--all", "clubs that have left the league, too, as they were rated last")
    .option("--store", "keep the history in the database")
    .option("--last <n>", "matches in the little course picture", countFlag, 30)
    .action(withApp(rateLeagues));
};

async function rateLeagues(app: App, options: Options): Promise<void> {
  const warehouse = await app.warehouse(options.store ? "update" : "read");
  await requireLeagues(warehouse, options.league);
  const asOf = options.asOf ?? dayOfInstant(app.clock.now());
  const matches = await warehouse.matches({
    leagues: options.league,
    seasons: options.season,
    asOf: startOfDay(asOf),
  });
  if (matches.length === 0)
    throw new StatisticoError(
      "data",
      `no result of ${options.league.join(", ")} before ${formatDay(asOf)}`,
      "statistico leagues",
    );
  const history = rate(options.algorithm, matches);
  if (options.store) {
    const {
      new: added,
      changed,
      same,
    } = await warehouse.writeRatings(
      history.entries.map((entry) => ({ algorithm: history.algorithm, ...entry })),
    );
    app.console.say(`ratings: ${added} new, ${changed} changed, ${same} same`);
  }
  refuseUnknown(history, options);
  if (options.history) showHistory(app, history, options);
  else showTable(app, history, asOf, options, options.all ? null : presentClubs(matches));
  if (options.plot || options.svg !== undefined) showCourse(app, history, asOf, options);
  app.console.say(
    `${history.algorithm} from ${matches.length} matches before ${formatDay(asOf)}: ${RATING_ALGORITHMS[options.algorithm].describe}`,
  );
}

/** Clubs that have played in the latest season of their league: a rating of years ago ranks nobody today. */
function presentClubs(matches: readonly PlayedMatch[]): ReadonlySet<number> {
  const latest = new Map<string, Season>();
  for (const { fixture } of matches)
    latest.set(fixture.league, Math.max(fixture.season, latest.get(fixture.league) ?? 0));
  const present = matches.filter(({ fixture }) => fixture.season === latest.get(fixture.league));
  return new Set(present.flatMap(({ fixture }) => [fixture.home.id, fixture.away.id]));
}

function isAsked(teams: readonly string[] | undefined, name: string): boolean {
  return teams === undefined || teams.includes(name);
}

function refuseUnknown({ entries }: RatingHistory, { team = [], league }: Options): void {
  const known = [...new Set(entries.map((entry) => entry.team.name))];
  const missing = team.find((name) => !known.includes(name));
  if (missing === undefined) return;
  const meant = nearest(missing, known, 0.5)[0];
  throw new StatisticoError(
    "data",
    `no match of ${missing} in ${league.join(", ")}`,
    meant === undefined ? "statistico teams list" : `--team "${meant}"`,
  );
}

/** Attack and defence of one club; of several, or of the best, what the two add up to. */
function showCourse(app: App, history: RatingHistory, asOf: Day, options: Options): void {
  const series = courses(history, asOf, options);
  if (options.plot && !app.options.json && !app.options.csv && !app.options.jsonl)
    app.console.write(`\n${linePlot(series, { width: plotWidth(app), height: PLOT_HEIGHT })}`);
  if (options.svg === undefined) return;
  writeWhole(options.svg, courseDrawing(history.algorithm, series));
  app.console.say(`wrote ${options.svg}`);
}

const PLOT_HEIGHT = 16;
const LABEL_WIDTH = 10;

function plotWidth(app: App): number {
  return Math.max(20, Math.min(100, (app.console.width ?? 80) - LABEL_WIDTH));
}

const TONES: readonly Tone[] = ["accent", "gain", "loss", "expected"];

function courses(history: RatingHistory, asOf: Day, { team }: Options): PlotSeries[] {
  const names = team ?? ratingsAsOf(history, asOf).map((rating) => rating.team.name);
  const shown = names.slice(0, TONES.length);
  const entriesOf = (name: string) =>
    history.entries.filter((entry) => entry.team.name === name && entry.day < asOf);
  if (shown.length > 1)
    return shown.map((name) => ({
      name,
      points: entriesOf(name).map(({ day, attackAfter, defenceAfter }) => [day, attackAfter + defenceAfter]),
    }));
  return [
    {
      name: `${shown[0]} attack`,
      points: entriesOf(shown[0]).map(({ day, attackAfter }) => [day, attackAfter]),
    },
    { name: "defence", points: entriesOf(shown[0]).map(({ day, defenceAfter }) => [day, defenceAfter]) },
  ];
}

function courseDrawing(algorithm: string, series: readonly PlotSeries[]): string {
  const drawn: LineSeries[] = series.map(({ name, points }, i) => ({ name, points, tone: TONES[i] }));
  const chart = lineChart({
    title: `Ratings by ${algorithm}`,
    description: `Course of ${series.map(({ name }) => name).join(", ")} after each match`,
    width: 900,
    height: 360,
    series: drawn,
    x: "day",
    label: (value) => (Number.isInteger(value) ? String(value) : value.toFixed(2)),
  });
  return standaloneSvg(chart);
}

function showTable(
  app: App,
  history: RatingHistory,
  asOf: Day,
  { algorithm, team, last }: Options,
  clubs: ReadonlySet<number> | null,
): void {
  const rows = ratingsAsOf(history, asOf)
    .filter((rating) => isAsked(team, rating.team.name) && (team || !clubs || clubs.has(rating.team.id)))
    .map((rating, index) => {
      const past = history.entries.filter((entry) => entry.team.id === rating.team.id && entry.day < asOf);
      return {
        rank: index + 1,
        team: rating.team.name,
        attack: rating.attack,
        defence: rating.defence,
        matches: past.length,
        ...(rating.detail ?? {}),
        course: sparkline(
          past.slice(-last).map((entry) => entry.attackAfter + entry.defenceAfter),
          last,
        ),
      };
    });
  present(app, {
    schema: "statistico/rate@1",
    document: {
      algorithm,
      asOf: formatDay(asOf),
      ratings: rows.map(({ course: _course, ...rating }) => rating),
    },
    columns: COLUMNS,
    rows,
  });
}

function showHistory(app: App, history: RatingHistory, { algorithm, team }: Options): void {
  const rows = history.entries
    .filter((entry) => isAsked(team, entry.team.name))
    .map(({ team: { name }, day, fixtureId, attackBefore, attackAfter, defenceBefore, defenceAfter }) => ({
      date: formatDay(day),
      team: name,
      fixtureId,
      attackBefore,
      attackAfter,
      defenceBefore,
      defenceAfter,
    }));
  present(app, {
    schema: "statistico/rate-history@1",
    document: { algorithm, history: rows },
    columns: HISTORY_COLUMNS,
    rows,
  });
}
