import { StatisticoError } from "../../core/errors.js";
import { nearest } from "../../core/text.js";
import type { Season } from "../../domain/season.js";
import type { LeagueDescription } from "../../warehouse/port.js";
import { knownCompetitions } from "../parse/competition.js";
import { knownDivisions } from "../parse/division.js";

/** Leagues of the extra-leagues format: one file a country with all its seasons. */
const EXTRA = knownCompetitions().map(({ code }) => code);

/** Every league the site has files of. */
export function leaguesOffered(): LeagueDescription[] {
  return [...knownDivisions(), ...knownCompetitions()];
}

/** Throws StatisticoError with the nearest code for a league the site has no file of: a typo is not worth a request. */
function requireOffered(leagues: readonly string[]): void {
  const codes = leaguesOffered().map(({ code }) => code);
  const wrong = leagues.find((league) => !codes.includes(league));
  if (wrong === undefined) return;
  const meant = nearest(wrong, codes);
  throw new StatisticoError(
    "usage",
    `football-data.co.uk has no league ${wrong}`,
    `${meant.length > 0 ? `did you mean ${meant.join(" or ")}? ` : ""}statistico leagues --known`,
  );
}

/**
 * Addresses of what was asked for, oldest season first. `E0` in 2014 is `<base>/mmz4281/1415/E0.csv`; a three-letter
 * country is one file for every season: `<base>/new/ARG.csv`. Throws StatisticoError for a league that is not offered.
 */
export function seasonAddresses(
  base: string,
  leagues: readonly string[],
  seasons: readonly Season[],
): string[] {
  requireOffered(leagues);
  const root = base.replace(/\/+$/, "");
  const extra = leagues.filter((league) => EXTRA.includes(league));
  const main = leagues.filter((league) => !EXTRA.includes(league));
  return [
    ...seasons.flatMap((season) => main.map((league) => `${root}/mmz4281/${yearPair(season)}/${league}.csv`)),
    ...extra.map((league) => `${root}/new/${league}.csv`),
  ];
}

/** The file of coming fixtures with their current prices. */
export function fixturesAddresses(base: string): string[] {
  const root = base.replace(/\/+$/, "");
  return [`${root}/fixtures.csv`, `${root}/new_league_fixtures.csv`];
}

/** 2014 is "1415". */
export function yearPair(season: Season): string {
  const two = (year: number): string => String(year % 100).padStart(2, "0");
  return `${two(season)}${two(season + 1)}`;
}

/** The season an address of `seasonAddresses` stands for; null for files of every season. 1993 to 2092. */
export function seasonOfAddress(url: string): Season | null {
  const match = /\/mmz4281\/(\d\d)\d\d\//.exec(url);
  if (!match) return null;
  const two = Number(match[1]);
  return two >= 93 ? 1900 + two : 2000 + two;
}
