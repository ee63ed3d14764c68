import type { Season } from "../../domain/season.js";

/** Leagues of the extra-leagues format: one file a country with all its seasons. */
const EXTRA = [
  "ARG",
  "AUT",
  "BRA",
  "CHN",
  "DNK",
  "FIN",
  "IRL",
  "JPN",
  "MEX",
  "NOR",
  "POL",
  "ROU",
  "RUS",
  "SWE",
  "SWZ",
  "USA",
];

/**
 * Addresses of what was asked for, oldest season first. `E0` in 2014 is `<base>/mmz4281/1415/E0.csv`; a three-letter
 * country is one file for every season: `<base>/new/ARG.csv`.
 */
export function seasonAddresses(
  base: string,
  leagues: readonly string[],
  seasons: readonly Season[],
): string[] {
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
