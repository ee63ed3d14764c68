import type { Define } from "../app.js";
import { formatDay } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import type { PlayedMatch, Team } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import { type Column, present } from "../report/present.js";
import type { Warehouse } from "../warehouse/port.js";
import { countFlag, seasonsFlag } from "./shared/flags.js";

interface Options {
  readonly season?: Season[];
  readonly country?: string;
  readonly last?: number;
}

const EXAMPLES = `Examples:
  statistico team Arsenal
  statistico team "Man United" --season 2020..2024
  statistico team Dundee --last 10 --json
`;

const COLUMNS: readonly Column[] = [
  { key: "season", title: "season", align: "right" },
  { key: "league", title: "league" },
  { key: "played", title: "P", align: "right" },
  { key: "won", title: "W", align: "right" },
  { key: "drawn", title: "D", align: "right" },
  { key: "lost", title: "L", align: "right" },
  { key: "goalsFor", title: "F", align: "right" },
  { key: "goalsAgainst", title: "A", align: "right" },
  { key: "points", title: "points", align: "right" },
  { key: "form", title: "last five" },
];

export const define: Define = (command, withApp) => {
  command
    .argument("<name>", "the club, as `statistico teams list` spells it")
    .addHelpText("before", EXAMPLES)
    .option("--season <years>", "seasons by start year", seasonsFlag)
    .option("--country <name>", "when clubs of two countries share the name")
    .option("--last <n>", "how many of the last matches to list in JSON (default: 5)", countFlag)
    .action(
      withApp(async (app, name: string, options: Options) => {
        const warehouse = await app.warehouse("read");
        const team = await findTeam(warehouse, name, options.country);
        const matches = (await warehouse.matches({ team: team.name, seasons: options.season })).filter(
          ({ fixture }) => fixture.home.id === team.id || fixture.away.id === team.id,
        );
        const rows = seasonRows(team, matches);
        const last = matches
          .slice(-(options.last ?? 5))
          .reverse()
          .map((match) => lastRow(team, match));
        present(app, {
          schema: "statistico/team@1",
          document: { team: team.name, country: team.country, seasons: rows, last },
          columns: COLUMNS,
          rows,
        });
        app.console.say(`${team.name} (${team.country}): ${matches.length} results`);
      }),
    );
};

/** The club of that name, whatever the case; refused with suggestions when there is none or more than one. */
async function findTeam(warehouse: Warehouse, name: string, country: string | undefined): Promise<Team> {
  const teams = await warehouse.teams({ country });
  const folded = name.toLowerCase();
  const exact = teams.filter((team) => team.name === name);
  const found = exact.length > 0 ? exact : teams.filter((team) => team.name.toLowerCase() === folded);
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const countries = found.map((team) => team.country).join(", ");
    throw new StatisticoError(
      "usage",
      `several clubs are called ${name} (${countries})`,
      `--country "${found[0].country}"`,
    );
  }
  const meant = nearest(
    name,
    teams.map((team) => team.name),
    0.4,
  );
  throw new StatisticoError(
    "data",
    `no club called ${name}`,
    meant.length > 0 ? `did you mean ${meant.join(", ")}? statistico teams list` : "statistico teams list",
  );
}

function seasonRows(team: Team, matches: readonly PlayedMatch[]) {
  const groups = new Map<string, PlayedMatch[]>();
  for (const match of matches) {
    const key = `${match.fixture.season} ${match.fixture.league}`;
    groups.set(key, [...(groups.get(key) ?? []), match]);
  }
  return [...groups.values()].map((group) => {
    const scores = group.map((match) => scoreOf(team, match));
    const count = (outcome: string): number => scores.filter((score) => score.outcome === outcome).length;
    const sum = (side: "goalsFor" | "goalsAgainst"): number =>
      scores.reduce((total, score) => total + score[side], 0);
    return {
      season: group[0].fixture.season,
      league: group[0].fixture.league,
      played: group.length,
      won: count("W"),
      drawn: count("D"),
      lost: count("L"),
      goalsFor: sum("goalsFor"),
      goalsAgainst: sum("goalsAgainst"),
      points: 3 * count("W") + count("D"),
      form: scores
        .slice(-5)
        .map(({ outcome }) => outcome)
        .join(""),
    };
  });
}

function scoreOf(team: Team, { fixture, result }: PlayedMatch) {
  const home = fixture.home.id === team.id;
  const goalsFor = home ? result.homeGoals : result.awayGoals;
  const goalsAgainst = home ? result.awayGoals : result.homeGoals;
  const outcome = goalsFor > goalsAgainst ? "W" : goalsFor < goalsAgainst ? "L" : "D";
  return { home, goalsFor, goalsAgainst, outcome };
}

function lastRow(team: Team, match: PlayedMatch) {
  const { home, goalsFor, goalsAgainst, outcome } = scoreOf(team, match);
  const { fixture } = match;
  return {
    date: formatDay(fixture.day),
    league: fixture.league,
    opponent: home ? fixture.away.name : fixture.home.name,
    venue: home ? "home" : "away",
    goalsFor,
    goalsAgainst,
    outcome,
  };
}
