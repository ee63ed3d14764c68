import type { Day } from "../../core/day.js";
import type { PriceSource } from "../../domain/price.js";
import { collectionSlot, kickOffInstant } from "../../domain/slot.js";
import type { FixtureRecord, LeagueDescription, Reject, Warning } from "../../warehouse/port.js";
import { cellText, isBlankLine, isEmptyCell } from "./cell.js";
import { type Cells, createCells, splitCells } from "./cells.js";
import { parseTime } from "./date.js";
import { decodeText } from "./decode.js";
import { createFindings, quoted, rejectCell, rejectRow, warn } from "./findings.js";
import { findHeader, headerNames, isHeader } from "./header.js";
import { type Identity, type IdentityReader, readIdentity } from "./identity.js";
import { ambiguousColumn, compileLayout, type Layout } from "./layout.js";
import { createLeagueBook } from "./league-book.js";
import { type Lines, lineText, splitLines } from "./lines.js";
import { type QuoteReader, readQuotes } from "./quotes.js";
import { readReferee } from "./referee.js";
import { type RefusedFile, refuse, refuseAmbiguous, refuseBinary, refuseWithoutHeader } from "./refusal.js";
import { readScore } from "./score.js";
import { readCount, readStatistics } from "./statistics.js";
import { firstBeyond, type Survey, surveyRows } from "./survey.js";

export type { RefusedFile } from "./refusal.js";

/**
 * What a file of football-data.co.uk says. rows = records + rejects of scope "row" + blank, exactly; rows are all
 * physical lines but the header and an empty one at the very end.
 */
export interface ParsedFile {
  readonly kind: "parsed";
  /** `fixtures`: several divisions, or not one result. It has no bearing on how a row is read. */
  readonly format: "season" | "extra-league" | "fixtures";
  /** Every price and score is made up by `statistico simulate`, and says so in its column Provenance. */
  readonly simulated: boolean;
  readonly leagues: readonly LeagueDescription[];
  /** Sources with at least one price. */
  readonly sources: readonly PriceSource[];
  readonly rows: number;
  readonly blank: number;
  readonly records: readonly FixtureRecord[];
  readonly rejects: readonly Reject[];
  readonly warnings: readonly Warning[];
}

/**
 * Read a file of football-data.co.uk: a season of a division, an extra league, the fixtures or the latest results.
 *
 * Pure: bytes in, records out. What cannot be used is a reject with line, column, rule and raw text (rule.ts lists
 * the rules, docs/data-quirks.md explains them); a file of which nothing can be used is refused as a whole.
 *
 * Prices  carry as observation the collection slot (early) or the kick-off (close). On handicaps, `line` is the
 *         handicap of the HOME side in quarter goals, for both runners: HOME -2 and AWAY -2 are one market.
 * Season  of a division's rows is what most of their dates say; `hints.name`, a path, only breaks a tie.
 * Rows    repeated word for word stay records (a store finds them unchanged); a second row of the same fixture that
 *         says something else is a reject.
 * Source  football-data.co.uk notes.txt.
 */
export function parseFootballData(
  bytes: Uint8Array,
  hints: { readonly name: string },
): ParsedFile | RefusedFile {
  const lines = splitLines(decodeText(bytes));
  const header = findHeader(lines);
  if (header === null) return refuseWithoutHeader(lines);
  const binary = refuseBinary(lines.text.slice(0, lines.ends[header.index]));
  if (binary) return binary;
  const layout = compileLayout(header);
  const ambiguous = ambiguousColumn(header);
  if (ambiguous !== null) return refuseAmbiguous(header, ambiguous);
  const reader = createReader(lines, layout, surveyRows(lines, layout, hints.name));
  readRows(reader);
  if (reader.blank === reader.survey.rows) {
    return refuse("no-rows", header.index + 2, 1, "a header and not one row under it");
  }
  return summarise(reader);
}

/** Everything that reading one file needs and fills. */
interface Reader extends IdentityReader, QuoteReader {
  readonly lines: Lines;
  readonly records: FixtureRecord[];
  /** Index of the line that first named a fixture. */
  readonly seen: Map<string, number>;
  readonly slots: Map<number, { readonly early: number; readonly close: number }>;
  readonly hasNul: boolean;
  blank: number;
}

function createReader(lines: Lines, layout: Layout, survey: Survey): Reader {
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

function readRows(reader: Reader): void {
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

function readRecord(reader: Reader, identity: Identity): FixtureRecord {
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
function reportLooseCells({ cells, layout, findings }: Reader): void {
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

function readMinutes({ cells, layout, findings }: Reader): number | null {
  const { index, label } = layout.time;
  const text = cellText(cells, index);
  if (text === "") return null;
  const minutes = parseTime(text);
  if (minutes === null)
    rejectCell(findings, label, "time-not-a-time", `a time is hh:mm, was ${quoted(text)}`);
  return minutes;
}

/** When the prices of a match stood, remembered by its start: half a league starts at the same minute. */
function slotsOf({ slots }: Reader, day: Day, minutes: number | null): { early: number; close: number } {
  const key = day * 1441 + (minutes ?? 1440);
  const known = slots.get(key);
  if (known) return known;
  const observed = { early: collectionSlot(day, minutes), close: kickOffInstant(day, minutes) };
  slots.set(key, observed);
  return observed;
}

function summarise(reader: Reader): ParsedFile {
  const { records, layout, leagues, findings, survey, used } = reader;
  const met = new Set(records.map(({ league }) => league));
  const described = new Map([...leagues.byText.values()].map((league) => [league.code, league]));
  const sources = new Map([...used].map((source) => [source.code, source]));
  return {
    kind: "parsed",
    format: formatOf(layout, records, met.size),
    simulated: leagues.isSimulated,
    leagues: [...described.values()].filter(({ code }) => met.has(code)),
    sources: [...sources.values()],
    rows: survey.rows,
    blank: reader.blank,
    records,
    rejects: findings.rejects,
    warnings: findings.warnings,
  };
}

function formatOf(layout: Layout, records: readonly FixtureRecord[], leagues: number): ParsedFile["format"] {
  if (layout.keyedBy === "country") return "extra-league";
  return leagues > 1 || records.every(({ goals }) => goals === null) ? "fixtures" : "season";
}
