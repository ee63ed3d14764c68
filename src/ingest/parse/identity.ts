import type { Day } from "../../core/day.js";
import type { Season } from "../../domain/season.js";
import { cellText, rawCell } from "./cell.js";
import { quoted, rejectRow } from "./findings.js";
import type { Column } from "./layout.js";
import { type PlaceReader, readCompetition, readDivision } from "./league-season.js";
import { cellName, type Names } from "./name.js";
import { dayInCell } from "./survey.js";

/** Which fixture a row is about. */
export interface Identity {
  readonly league: string;
  readonly season: Season;
  readonly day: Day;
  readonly home: string;
  readonly away: string;
}

export interface IdentityReader extends PlaceReader {
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
