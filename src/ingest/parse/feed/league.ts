import { type Day, dateOf } from "../../../core/day.js";
import { type Season, seasonOfDay } from "../../../domain/season.js";
import type { LeagueDescription } from "../../../warehouse/port.js";
import { knownCompetitions } from "../competition.js";
import { knownDivisions } from "../division.js";

/** A league as a feed names it. */
export interface FeedLeague {
  readonly description: LeagueDescription;
  /** Its seasons are calendar years. */
  readonly byYear: boolean;
}

type Names = readonly [
  code: string,
  theOddsApi: string,
  apiFootball: string,
  sportmonks: string,
  footballDataOrg: string,
  understat: string,
  file: string,
];

/** The house's leagues under the names each source has for them; "" where it has none or we know none. */
const NAMES: readonly Names[] = [
  ["E0", "soccer_epl", "39", "8", "PL", "EPL", "en.1"],
  ["E1", "soccer_efl_champ", "40", "9", "ELC", "", "en.2"],
  ["E2", "soccer_england_league1", "41", "12", "EL1", "", "en.3"],
  ["E3", "soccer_england_league2", "42", "14", "EL2", "", "en.4"],
  ["EC", "", "43", "", "", "", "en.5"],
  ["SC0", "soccer_spl", "179", "501", "SPL", "", "sco.1"],
  ["SC1", "", "180", "", "", "", "sco.2"],
  ["D1", "soccer_germany_bundesliga", "78", "82", "BL1", "Bundesliga", "de.1"],
  ["D2", "soccer_germany_bundesliga2", "79", "85", "BL2", "", "de.2"],
  ["SP1", "soccer_spain_la_liga", "140", "564", "PD", "La_liga", "es.1"],
  ["SP2", "soccer_spain_segunda_division", "141", "567", "SD", "", "es.2"],
  ["I1", "soccer_italy_serie_a", "135", "384", "SA", "Serie_A", "it.1"],
  ["I2", "soccer_italy_serie_b", "136", "387", "SB", "", "it.2"],
  ["F1", "soccer_france_ligue_one", "61", "301", "FL1", "Ligue_1", "fr.1"],
  ["F2", "soccer_france_ligue_two", "62", "304", "FL2", "", "fr.2"],
  ["N1", "soccer_netherlands_eredivisie", "88", "72", "DED", "", "nl.1"],
  ["B1", "soccer_belgium_first_div", "144", "208", "BJL", "", "be.1"],
  ["P1", "soccer_portugal_primeira_liga", "94", "462", "PPL", "", "pt.1"],
  ["T1", "soccer_turkey_super_league", "203", "600", "TSL", "", "tr.1"],
  ["G1", "soccer_greece_super_league", "197", "325", "GSL", "", "gr.1"],
  ["ARG", "soccer_argentina_primera_division", "128", "636", "ASL", "", "ar.1"],
  ["AUT", "soccer_austria_bundesliga", "218", "181", "ABL", "", "at.1"],
  ["BRA", "soccer_brazil_campeonato", "71", "648", "BSA", "", "br.1"],
  ["CHN", "soccer_china_superleague", "169", "", "", "", "cn.1"],
  ["DNK", "soccer_denmark_superliga", "119", "271", "DSU", "", "dk.1"],
  ["FIN", "soccer_finland_veikkausliiga", "244", "292", "VEI", "", "fi.1"],
  ["IRL", "soccer_league_of_ireland", "357", "", "", "", "ie.1"],
  ["JPN", "soccer_japan_j_league", "98", "", "JJL", "", "jp.1"],
  ["MEX", "soccer_mexico_ligamx", "262", "743", "LMX", "", "mx.1"],
  ["NOR", "soccer_norway_eliteserien", "103", "444", "TIP", "", "no.1"],
  ["POL", "soccer_poland_ekstraklasa", "106", "453", "", "", "pl.1"],
  ["ROU", "", "283", "474", "", "", "ro.1"],
  ["RUS", "soccer_russia_premier_league", "235", "486", "RFPL", "RFPL", "ru.1"],
  ["SWE", "soccer_sweden_allsvenskan", "113", "573", "ALL", "", "se.1"],
  ["SWZ", "soccer_switzerland_superleague", "207", "591", "", "", "ch.1"],
  ["USA", "soccer_usa_mls", "253", "779", "MLS", "", "us.1"],
];

const COLUMN = {
  "the-odds-api": 1,
  "api-football": 2,
  sportmonks: 3,
  "football-data.org": 4,
  understat: 5,
  file: 6,
} as const;

export type LeagueNaming = keyof typeof COLUMN;

/** Leagues that play from spring to autumn: their season is its year, not its start. */
const BY_YEAR = new Set(["BRA", "CHN", "FIN", "IRL", "JPN", "NOR", "SWE", "USA"]);

const DESCRIPTIONS: ReadonlyMap<string, LeagueDescription> = new Map(
  [...knownDivisions(), ...knownCompetitions()].map((league) => [league.code, league]),
);

/** A league of the house by its code; null for one it has no description of. */
export function houseLeague(code: string): FeedLeague | null {
  const description = DESCRIPTIONS.get(code);
  return description ? { description, byYear: BY_YEAR.has(code) } : null;
}

/** The league a source means by its key; null when that is none of the house's. */
export function leagueByKey(naming: LeagueNaming, key: string): FeedLeague | null {
  const row = NAMES.find((names) => names[COLUMN[naming]] === key);
  return row ? houseLeague(row[0]) : null;
}

/** The source's key of a league of the house; null where it has none. */
export function keyOfLeague(naming: LeagueNaming, code: string): string | null {
  return NAMES.find(([known]) => known === code)?.[COLUMN[naming]] || null;
}

/** The league of a country by its name; null when the house has none of that name. */
export function leagueByName(country: string, name: string): FeedLeague | null {
  for (const { code, country: home, name: known } of DESCRIPTIONS.values())
    if (home === country && known === name) return houseLeague(code);
  return null;
}

/** The league an operator names: the house's of that code, or one of that code in the country given. */
export function namedLeague(code: string, country: string | null = null): FeedLeague {
  const description = { code, name: code, country: country ?? `Unknown (${code})`, tier: null };
  return houseLeague(code) ?? { description, byYear: false };
}

/**
 * A competition the house has no code for: kept apart, with the source's name in its code, in the country the source
 * gives or in one of its own, so that no club is taken for another by accident.
 */
export function foreignLeague(source: string, key: string, name: string, country: string | null): FeedLeague {
  const code = `${source}-${key}`.replace(/\s+/g, "-");
  return {
    description: { code, name, country: country ?? `Unknown (${code})`, tier: null },
    byYear: false,
  };
}

/** The season a league plays on a day. */
export function seasonIn({ byYear }: FeedLeague, day: Day): Season {
  return byYear ? dateOf(day).year : seasonOfDay(day);
}
