import type { FixtureRecord } from "../../warehouse/port.js";
import { cellText, isBlankLine } from "./cell.js";
import { type Cells, createCells, splitCells } from "./cells.js";
import { createFindings, rejectRow, warn } from "./findings.js";
import { headerNames, isHeader } from "./header.js";
import { type Identity, type IdentityReader, readIdentity } from "./identity.js";
import type { Layout } from "./layout.js";
import { createLeagueBook } from "./league-book.js";
import { type Lines, lineText } from "./lines.js";
import { type RecordReader, readRecord } from "./record.js";
import type { Survey } from "./survey.js";

/** Everything that reading one file needs and fills. */
export interface Reader extends IdentityReader, RecordReader {
  readonly lines: Lines;
  readonly records: FixtureRecord[];
  /** Index of the line that first named a fixture. */
  readonly seen: Map<string, number>;
  readonly hasNul: boolean;
  blank: number;
}

export function createReader(lines: Lines, layout: Layout, survey: Survey): Reader {
  return {
    lines,
    layout,
    survey,
    odds: layout.odds,
    cells: createCells(),
    findings: createFindings(lines.text),
    leagues: createLeagueBook(),
    days: new Map(survey.days),
    names: new Map(),
    handicaps: new Map(),
    prices: new Float64Array(3),
    used: new Set(),
    records: [],
    seen: new Map(),
    slots: new Map(),
    hasNul: lines.text.includes("\u0000"),
    blank: 0,
  };
}

/** Read every line but the header into records, rejects, warnings and the count of blanks. */
export function readRows(reader: Reader): void {
  const { lines, layout, findings } = reader;
  findings.line = layout.header.index + 1;
  for (const { rule, column, text } of layout.notes) warn(findings, column, rule, text);
  for (let index = 0; index < lines.starts.length; index++) {
    if (index !== layout.header.index) readRow(reader, index);
  }
}

function readRow(reader: Reader, index: number): void {
  const { lines, cells, findings } = reader;
  findings.line = index + 1;
  findings.start = lines.starts[index];
  findings.end = lines.ends[index];
  const isSound = splitCells(cells, lines.text, findings.start, findings.end);
  if (isBlankLine(cells)) {
    reader.blank++;
    return;
  }
  if (isRefusedLine(reader, index)) return;
  if (!isSound)
    warn(findings, "", "stray-quote", "a quote that opens or closes nothing: taken as it is written");
  const identity = readIdentity(reader);
  if (identity === null || isDrifted(reader) || isDuplicate(reader, identity, index)) return;
  reader.records.push(readRecord(reader, identity));
}

/** Lines that are no row of this table, whatever their cells say. */
function isRefusedLine({ hasNul, lines, cells, survey, layout, findings }: Reader, index: number): boolean {
  if (index >= survey.end || isHeaderAgain(cells, layout)) {
    const first = layout.header.index + 1;
    const text =
      index > survey.end
        ? `below the second header in line ${survey.end + 1}, whose columns differ: split the file there`
        : `a second header, the first is line ${first}`;
    rejectRow(findings, "", "two-headers", text);
    return true;
  }
  if (!hasNul || !lineText(lines, index).includes("\u0000")) return false;
  rejectRow(findings, "", "nul-byte", "a NUL byte in the row");
  return true;
}

function isHeaderAgain(cells: Cells, { day }: Layout): boolean {
  return cellText(cells, day.index) === "Date" && isHeader(headerNames(cells));
}

function isDrifted({ cells, survey, layout, findings }: Reader): boolean {
  if (!survey.driftedWidths.has(cells.count)) return false;
  const text = `${cells.count} cells under a header of ${layout.header.names.length}, and prices that make no sense there`;
  rejectRow(findings, "", "header-drift", text);
  return true;
}

/** A fixture that the file has named before: a reject unless the row is the same word for word. */
function isDuplicate(reader: Reader, { league, day, home, away }: Identity, index: number): boolean {
  const key = `${league}\n${day}\n${home}\n${away}`;
  const first = reader.seen.get(key);
  if (first === undefined) {
    reader.seen.set(key, index);
    return false;
  }
  const isSame = content(reader.lines, first) === content(reader.lines, index);
  const text = `${home} against ${away} on that day is also line ${first + 1}, which says`;
  if (isSame) warn(reader.findings, "", "repeated-row", `${text} the same`);
  else rejectRow(reader.findings, "", "duplicate-row", `${text} something else`);
  return !isSame;
}

function content(lines: Lines, index: number): string {
  return lineText(lines, index).replace(/[,\s]+$/, "");
}
