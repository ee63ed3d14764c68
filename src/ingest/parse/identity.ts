import type { Day } from "../../core/day.js";
import type { Season } from "../../domain/season.js";
import { cellText, rawCell } from "./cell.js";
import type { Cells } from "./cells.js";
import { type Findings, quoted, rejectRow } from "./findings.js";
import type { Column, Layout } from "./layout.js";
import { type LeagueBook, leagueOfCompetition, leagueOfDivision } from "./league-book.js";
import { cellName, type Names } from "./name.js";
import {
  contains,
  formatWindow,
  parseStatedSeason,
  seasonAmong,
  springWindow,
  statedWindow,
} from "./season-window.js";
import { dayInCell, type Survey } from "./survey.js";

/** Which fixture a row is about. */
export interface Identity {
  readonly league: string;
  readonly season: Season;
  readonly day: Day;
  readonly home: string;
  readonly away: string;
}

export interface IdentityReader {
  readonly cells: Cells;
  readonly layout: Layout;
  readonly survey: Survey;
  readonly findings: Findings;
  readonly leagues: LeagueBook;
  readonly days: Map<string, Day | null>;
  readonly names: Names;
}

/** Identity of a row; null when it has none that can be believed, which has then been reported. */
export function readIdentity(reader: IdentityReader): Identity | null {
  const day = readDay(reader);
  if (day === null) return null;
  const home = readTeam(reader, reader.layout.home);
  const away = home === null ? null : readTeam(reader, reader.layout.away);
  if (home === null || away === null) return null;
  if (home === away) {
    rejectRow(
      reader.findings,
      reader.layout.away.label,
      "team-against-itself",
      `one club twice, was ${quoted(home)}`,
    );
    return null;
  }
  const place =
    reader.layout.keyedBy === "division" ? readDivision(reader, day) : readCompetition(reader, day);
  return place && { league: place.league, season: place.season, day, home, away };
}

function readDay(reader: IdentityReader): Day | null {
  const { cells, layout, findings } = reader;
  const day = dayInCell(cells, layout.day.index, reader.days);
  if (day !== null) return day;
  const text = cellText(cells, layout.day.index);
  const elsewhere = dateElsewhere(reader);
  if (elsewhere >= 0) {
    const was = quoted(cellText(cells, elsewhere));
    rejectRow(
      findings,
      layout.day.label,
      "foreign-row",
      `a row of another format: the date is in cell ${elsewhere + 1}, was ${was}`,
    );
  } else if (text === "") rejectRow(findings, layout.day.label, "date-missing", 'no date, was ""');
  else
    rejectRow(
      findings,
      layout.day.label,
      "date-not-a-date",
      `a date is dd/mm/yy or dd/mm/yyyy, was ${quoted(text)}`,
    );
  return null;
}

/** Dates stand in the second to fourth cell of every format there is. */
const LAST_DATE_CELL = 4;

function dateElsewhere({ cells, days }: IdentityReader): number {
  for (let index = 0; index < LAST_DATE_CELL; index++)
    if (dayInCell(cells, index, days) !== null) return index;
  return -1;
}

function readTeam({ cells, names, findings }: IdentityReader, { index, label }: Column): string | null {
  const name = cellName(cells, index, names);
  if (name) return name;
  const was = quoted(rawCell(cells, index));
  if (name === "") rejectRow(findings, label, "team-missing", `no team, was ${was}`);
  else
    rejectRow(
      findings,
      label,
      "team-not-a-name",
      `too long for a name, or with control characters, was ${was}`,
    );
  return null;
}

interface Place {
  readonly league: string;
  readonly season: Season;
}

function readDivision({ cells, layout, survey, findings, leagues }: IdentityReader, day: Day): Place | null {
  const { index, label } = layout.division;
  const code = cellText(cells, index);
  const league = leagueOfDivision(leagues, code, cellText(cells, layout.provenance.index), findings);
  if (league === null) {
    if (code === "") rejectRow(findings, label, "division-missing", 'no division, was ""');
    else
      rejectRow(
        findings,
        label,
        "division-not-a-code",
        `a division is a code such as E0, was ${quoted(code)}`,
      );
    return null;
  }
  const seasons = survey.seasons.get(code) ?? [];
  const season = seasonAmong(seasons, day);
  if (season !== null) return { league, season };
  const windows = seasons.map((each) => formatWindow(springWindow(each))).join(" and ");
  rejectOutside(findings, layout.day.label, windows, cellText(cells, layout.day.index));
  return null;
}

function readCompetition({ cells, layout, findings, leagues }: IdentityReader, day: Day): Place | null {
  const text = cellText(cells, layout.season.index);
  const stated = parseStatedSeason(text);
  if (stated === null) {
    const says = `a season is 2012 or 2012/2013, was ${quoted(text)}`;
    rejectRow(findings, layout.season.label, "season-not-a-season", says);
    return null;
  }
  const window = statedWindow(stated.season, stated.isSplit);
  if (!contains(window, day)) {
    rejectOutside(findings, layout.day.label, formatWindow(window), cellText(cells, layout.day.index));
    return null;
  }
  const country = cellText(cells, layout.country.index);
  const league = leagueOfCompetition(leagues, country, cellText(cells, layout.competition.index), findings);
  if (league !== null) return { league, season: stated.season };
  const says = `a row names its country and league, was ${quoted(country)}`;
  rejectRow(findings, layout.country.label, "division-not-a-code", says);
  return null;
}

function rejectOutside(findings: Findings, column: string, windows: string, date: string): void {
  rejectRow(findings, column, "date-outside-season", `the season runs from ${windows}, was ${quoted(date)}`);
}
