import type { QuarterLine } from "../../domain/market.js";
import type { Quote } from "../../domain/price.js";
import { cellNumber, cellText, rawCell } from "./cell.js";
import { quoted, rejectCell } from "./findings.js";
import { type Handicap, looksLikeLine, parseHandicap } from "./handicap.js";
import type { HandicapBlock, PriceColumn, PriceGroup } from "./price-group.js";
import { type Observed, type QuoteReader, readGroup } from "./quote-group.js";

/** Add the prices quoted on one column of handicaps: without a line that can be believed, there are none. */
export function readBlock(
  reader: QuoteReader,
  block: HandicapBlock,
  observed: Observed,
  quotes: Quote[],
): void {
  const handicap = readHandicap(reader, block.index);
  if (typeof handicap === "number") {
    for (const group of block.groups) {
      if (!isSwapped(reader, group, handicap)) readGroup(reader, group, handicap, observed, quotes);
      else rejectHandicap(reader, block, group.columns, "handicap-swapped");
    }
  } else if (handicap !== "handicap-missing") {
    const columns = block.groups.flatMap((group) => group.columns);
    const isSwap = columns.some(({ index }) => holdsLine(reader, index));
    rejectHandicap(reader, block, columns, isSwap ? "handicap-swapped" : handicap);
  } else {
    const columns = block.groups.flatMap((group) => group.columns);
    if (columns.some(({ index }) => cellNumber(reader.cells, index) > 1)) {
      rejectHandicap(reader, block, columns, handicap);
    }
  }
}

function readHandicap({ cells, handicaps }: QuoteReader, index: number): Handicap {
  const raw = rawCell(cells, index);
  const known = handicaps.get(raw);
  if (known !== undefined) return known;
  const text = cellText(cells, index);
  const handicap = text === "" ? "handicap-missing" : parseHandicap(text);
  handicaps.set(raw, handicap);
  return handicap;
}

/**
 * A line where a price belongs, although the line's own cell could pass for one. 0 is a missing price, unless the line
 * beside it could be a price.
 */
function isSwapped({ cells }: QuoteReader, { columns }: PriceGroup, handicap: QuarterLine): boolean {
  for (const { index } of columns) {
    const value = cellNumber(cells, index);
    if (value <= 1 && looksLikeLine(value) && (value !== 0 || handicap > 4)) return true;
  }
  return false;
}

function holdsLine({ cells }: QuoteReader, index: number): boolean {
  const value = cellNumber(cells, index);
  return value <= 1 && looksLikeLine(value);
}

const HANDICAP_FAULTS: Readonly<Record<string, string>> = {
  "handicap-missing": "handicap prices without their line",
  "handicap-off-grid": "a handicap is a multiple of a quarter",
  "handicap-beyond-five": "no handicap is wider than five goals",
  "handicap-swapped": "a line stands where a price belongs",
};

function rejectHandicap(
  { cells, findings }: QuoteReader,
  { index, label }: HandicapBlock,
  columns: readonly PriceColumn[],
  rule: Handicap & string,
): void {
  const prices = columns.map((column) => cellText(cells, column.index)).join("/");
  const fault = HANDICAP_FAULTS[rule] ?? "not a handicap";
  const text = `${fault}, its prices go with it, was ${quoted(cellText(cells, index))} on ${quoted(prices)}`;
  rejectCell(findings, label, rule, text);
}
