import type { Day } from "../../core/day.js";
import type { Season } from "../../domain/season.js";
import { cellText, isEmptyCell } from "./cell.js";
import { type Cells, createCells, splitCells } from "./cells.js";
import { parseDate } from "./date.js";
import { headerNames, isHeader } from "./header.js";
import type { Layout } from "./layout.js";
import { type Lines, lineText } from "./lines.js";
import { isSaneRow } from "./sanity.js";
import { likelySeason, seasonInName, seasonsFormed } from "./season-window.js";

/** What must be known about the whole file before one of its rows can be judged. */
export interface Survey {
  /** The seasons that the rows of each division form, by its code. */
  readonly seasons: ReadonlyMap<string, readonly Season[]>;
  /** Cell counts whose rows were written under another header: their cells are not what the columns say. */
  readonly driftedWidths: ReadonlySet<number>;
  /** Index of a further header that names other columns than the first, from which on nothing can be read. */
  readonly end: number;
  readonly rows: number;
  readonly days: ReadonlyMap<string, Day | null>;
}

interface Width {
  sane: number;
  insane: number;
}

interface Tally {
  readonly layout: Layout;
  readonly cells: Cells;
  readonly votes: Map<string, Map<Season, number>>;
  readonly widths: Map<number, Width>;
  readonly days: Map<string, Day | null>;
}

/** First pass over the rows: dates, odd widths and further headers. */
export function surveyRows(lines: Lines, layout: Layout, name: string): Survey {
  const tally: Tally = { layout, cells: createCells(), votes: new Map(), widths: new Map(), days: new Map() };
  const { text, starts, ends } = lines;
  let end = starts.length;
  for (let index = 0; index < end; index++) {
    if (index === layout.header.index) continue;
    splitCells(tally.cells, text, starts[index], ends[index]);
    if (isOtherHeader(lineText(lines, index), tally.cells, layout)) end = index;
    else tallyRow(tally);
  }
  const named = seasonInName(name);
  return {
    seasons: new Map([...tally.votes].map(([code, rows]) => [code, seasonsFormed(rows, named)])),
    driftedWidths: new Set(
      [...tally.widths].filter(([, { sane, insane }]) => insane > sane).map(([width]) => width),
    ),
    end,
    rows: starts.length - 1,
    days: tally.days,
  };
}

function tallyRow({ cells, layout, votes, widths, days }: Tally): void {
  const day = dayInCell(cells, layout.day.index, days);
  if (day === null) return;
  if (layout.keyedBy === "division") {
    const code = cellText(cells, layout.division.index);
    const rows = votes.get(code) ?? new Map<Season, number>();
    const season = likelySeason(day);
    votes.set(code, rows.set(season, (rows.get(season) ?? 0) + 1));
  }
  if (cells.count !== layout.header.names.length) tallyWidth(cells, layout, widths);
}

/** Rows with empty cells at the end are as wide as the header; only what is really longer or shorter can have drifted. */
function tallyWidth(cells: Cells, layout: Layout, widths: Map<number, Width>): void {
  const isWide = firstBeyond(cells, layout.header.names.length) >= 0;
  if (cells.count > layout.header.names.length && !isWide) return;
  const width = widths.get(cells.count) ?? { sane: 0, insane: 0 };
  const verdict = isSaneRow(cells, layout.odds);
  if (verdict === true) width.sane++;
  if (verdict === false) width.insane++;
  widths.set(cells.count, width);
}

/** Index of the first cell at or after `count` that is not empty; -1 when there is none. */
export function firstBeyond(cells: Cells, count: number): number {
  for (let index = count; index < cells.count; index++) if (!isEmptyCell(cells, index)) return index;
  return -1;
}

/** Day in a cell, remembered by its text: ten matches share a date. */
export function dayInCell(cells: Cells, index: number, days: Map<string, Day | null>): Day | null {
  const text = cellText(cells, index);
  const known = days.get(text);
  if (known !== undefined) return known;
  const day = text.length > 10 ? null : parseDate(text);
  days.set(text, day);
  return day;
}

/** A header with other columns: the rows after it are of another table. */
function isOtherHeader(line: string, cells: Cells, { header }: Layout): boolean {
  if (!line.includes("Date")) return false;
  const names = headerNames(cells);
  return isHeader(names) && names.join(",") !== header.written.join(",");
}
