import type { LeagueDescription } from "../../warehouse/port.js";

/** What the site's extra-leagues files hold: the file's code, and the names its one league has gone by. */
const COUNTRIES: ReadonlyMap<string, readonly [code: string, leagues: readonly string[]]> = new Map([
  [
    "Argentina",
    ["ARG", ["Liga Profesional", "Superliga", "Primera Division", "Copa de la Liga Profesional"]],
  ],
  ["Austria", ["AUT", ["Bundesliga"]]],
  ["Brazil", ["BRA", ["Serie A"]]],
  ["China", ["CHN", ["Super League"]]],
  ["Denmark", ["DNK", ["Superliga"]]],
  ["Finland", ["FIN", ["Veikkausliiga"]]],
  ["Ireland", ["IRL", ["Premier Division"]]],
  ["Japan", ["JPN", ["J1 League", "J-League"]]],
  ["Mexico", ["MEX", ["Liga MX"]]],
  ["Norway", ["NOR", ["Eliteserien", "Tippeligaen"]]],
  ["Poland", ["POL", ["Ekstraklasa"]]],
  ["Romania", ["ROU", ["Liga 1", "Liga I", "Superliga"]]],
  ["Russia", ["RUS", ["Premier League"]]],
  ["Sweden", ["SWE", ["Allsvenskan"]]],
  ["Switzerland", ["SWZ", ["Super League"]]],
  ["USA", ["USA", ["MLS"]]],
]);

/** The league of every country whose file the site keeps apart. */
export function knownCompetitions(): LeagueDescription[] {
  return [...COUNTRIES].map(([country, [, [name]]]) => describeCompetition(country, name).league);
}

/** A competition of an extra-leagues file, and what about it is news to the catalogue. */
export interface Competition {
  readonly league: LeagueDescription;
  readonly surprise: "unknown-division" | "foreign-competition" | null;
}

/**
 * The competition of a row. A country's own league has the site's three-letter code; any other competition stays
 * apart under a code of its own, `SWZ-Challenge League`; a country nobody listed is a code by its full name.
 */
export function describeCompetition(country: string, name: string): Competition {
  const known = COUNTRIES.get(country);
  if (!known) {
    return {
      league: { code: `${country}-${name}`, name, country, tier: null },
      surprise: "unknown-division",
    };
  }
  const [code, leagues] = known;
  if (leagues.includes(name)) {
    return { league: { code, name: leagues[0], country, tier: 1 }, surprise: null };
  }
  return { league: { code: `${code}-${name}`, name, country, tier: null }, surprise: "foreign-competition" };
}
