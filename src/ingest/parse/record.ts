import type { Day } from "../../core/day.js";
import { collectionSlot, kickOffInstant } from "../../domain/slot.js";
import type { FixtureRecord } from "../../warehouse/port.js";
import { cellText, isEmptyCell } from "./cell.js";
import { parseTime } from "./date.js";
import { quoted, rejectCell, warn } from "./findings.js";
import type { Identity } from "./identity.js";
import type { Layout } from "./layout.js";
import type { Names } from "./name.js";
import type { Observed, QuoteReader } from "./quote-group.js";
import { readQuotes } from "./quotes.js";
import { readReferee } from "./referee.js";
import { readScore } from "./score.js";
import { readCount, readStatistics } from "./statistics.js";
import { firstBeyond } from "./survey.js";

/** What a row is read with once it is known which fixture it is about. */
export interface RecordReader extends QuoteReader {
  readonly layout: Layout;
  readonly names: Names;
  /** When prices stood, by the start of their match. */
  readonly slots: Map<number, Observed>;
}

/** All that a row says about its fixture; what it says wrongly is left out and reported. */
export function readRecord(reader: RecordReader, identity: Identity): FixtureRecord {
  const { cells, layout, findings } = reader;
  reportLooseCells(reader);
  const minutes = readMinutes(reader);
  return {
    line: findings.line,
    league: identity.league,
    season: identity.season,
    day: identity.day,
    minutes,
    home: identity.home,
    away: identity.away,
    goals: readScore(cells, layout.score, findings),
    statistics: readStatistics(cells, layout, findings),
    referee: readReferee(cells, layout.referee, reader.names, findings),
    attendance: readCount(cells, layout.attendance, findings),
    quotes: readQuotes(reader, slotsOf(reader, identity.day, minutes)),
  };
}

/** Cells that no column names: reported, because what is in them is lost. */
function reportLooseCells({ cells, layout, findings }: RecordReader): void {
  const width = layout.header.names.length;
  const beyond = firstBeyond(cells, width);
  if (beyond >= 0) {
    const was = quoted(cellText(cells, beyond));
    warn(
      findings,
      "",
      "cells-beyond-header",
      `cell ${beyond + 1} lies beyond the ${width} named columns, was ${was}`,
    );
  }
  for (const index of layout.unnamed) {
    if (isEmptyCell(cells, index)) continue;
    const was = quoted(cellText(cells, index));
    warn(findings, "", "unnamed-column", `cell ${index + 1} stands in a column without a name, was ${was}`);
  }
}

function readMinutes({ cells, layout, findings }: RecordReader): number | null {
  const { index, label } = layout.time;
  const text = cellText(cells, index);
  if (text === "") return null;
  const minutes = parseTime(text);
  if (minutes === null)
    rejectCell(findings, label, "time-not-a-time", `a time is hh:mm, was ${quoted(text)}`);
  return minutes;
}

/** When the prices of a match stood, remembered by its start: half a league starts at the same minute. */
function slotsOf({ slots }: RecordReader, day: Day, minutes: number | null): Observed {
  const key = day * 1441 + (minutes ?? 1440);
  const known = slots.get(key);
  if (known) return known;
  const observed = { early: collectionSlot(day, minutes), close: kickOffInstant(day, minutes) };
  slots.set(key, observed);
  return observed;
}
