import type { Day } from "../../core/day.js";
import type { Season } from "../../domain/season.js";
import { cellText } from "./cell.js";
import type { Cells } from "./cells.js";
import { type Findings, quoted, rejectRow } from "./findings.js";
import type { Layout } from "./layout.js";
import { type LeagueBook, leagueOfCompetition, leagueOfDivision } from "./league-book.js";
import {
  contains,
  formatWindow,
  parseStatedSeason,
  seasonAmong,
  springWindow,
  statedWindow,
} from "./season-window.js";
import type { Survey } from "./survey.js";

export interface PlaceReader {
  readonly cells: Cells;
  readonly layout: Layout;
  readonly survey: Survey;
  readonly findings: Findings;
  readonly leagues: LeagueBook;
}

/** Where a fixture belongs. */
export interface Place {
  readonly league: string;
  readonly season: Season;
}

/** League and season of a row that names its division; null when it has none, which has then been reported. */
export function readDivision(
  { cells, layout, survey, findings, leagues }: PlaceReader,
  day: Day,
): Place | null {
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

/** The same for a row of an extra-leagues file, which names country, league and season. */
export function readCompetition({ cells, layout, findings, leagues }: PlaceReader, day: Day): Place | null {
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
