import type { Instant } from "../../core/clock.js";
import type { QuarterLine } from "../../domain/market.js";
import type { PriceSource, Quote } from "../../domain/price.js";
import { cellNumber, cellText, MISSING, rawCell } from "./cell.js";
import type { Cells } from "./cells.js";
import { type Findings, quoted, rejectCell, warn } from "./findings.js";
import { type Handicap, looksLikeLine, parseHandicap } from "./handicap.js";
import type { HandicapBlock, OddsLayout, PriceColumn, PriceGroup } from "./price-group.js";

/** A price above this is another column or a slip: exchanges end at 1000, books at 1001. */
const HIGHEST_PRICE = 1001;

/** When the prices of a row stood. */
export interface Observed {
  readonly early: Instant;
  readonly close: Instant;
}

/** The state a file's prices are read with. */
export interface QuoteReader {
  readonly cells: Cells;
  readonly odds: OddsLayout;
  readonly findings: Findings;
  /** Handicaps by their text: a season has some twenty. */
  readonly handicaps: Map<string, Handicap>;
  /** Prices of the group at hand; 0 where there is none. */
  readonly prices: Float64Array;
  /** Sources that have given a price. */
  readonly used: Set<PriceSource>;
}

/**
 * All prices of a row, each as quoted.
 *
 * A cell that is no price is set aside alone. A group falls as a whole when its sum or its line shows that the row's
 * cells are not what their columns say. `line` is the home side's handicap on both runners of a handicap.
 */
export function readQuotes(reader: QuoteReader, observed: Observed): Quote[] {
  const quotes: Quote[] = [];
  for (const group of reader.odds.plain) readGroup(reader, group, 0, observed, quotes);
  for (const block of reader.odds.handicaps) readBlock(reader, block, observed, quotes);
  return quotes;
}

function readGroup(
  reader: QuoteReader,
  group: PriceGroup,
  line: QuarterLine,
  observed: Observed,
  quotes: Quote[],
): void {
  const { cells, prices } = reader;
  const { columns } = group;
  let present = 0;
  let sum = 0;
  for (let k = 0; k < columns.length; k++) {
    const price = cellNumber(cells, columns[k].index);
    prices[k] = price > 1 && price <= HIGHEST_PRICE ? price : 0;
    if (prices[k] > 0) {
      present++;
      sum += 1 / price;
    } else if (price !== MISSING) rejectPrice(reader, columns[k], price);
  }
  if (present === 0) return;
  if (group.isComplete && present === columns.length && !passesGate(reader, group, sum)) return;
  reader.used.add(group.source);
  const observedAt = group.moment === "close" ? observed.close : observed.early;
  for (let k = 0; k < columns.length; k++) {
    if (prices[k] > 0) quotes.push({ kind: columns[k].kind, line, price: prices[k], size: null, observedAt });
  }
}

function rejectPrice({ cells, findings }: QuoteReader, { index, label }: PriceColumn, price: number): void {
  const was = quoted(cellText(cells, index));
  if (Number.isNaN(price))
    rejectCell(findings, label, "price-not-numeric", `a price is a number, was ${was}`);
  else if (price === 0) rejectCell(findings, label, "price-zero", `0 stands for a missing price, was ${was}`);
  else if (price <= 1) rejectCell(findings, label, "price-not-above-one", `a price is above 1, was ${was}`);
  else rejectCell(findings, label, "price-above-1001", `no price is above ${HIGHEST_PRICE}, was ${was}`);
}

function passesGate({ cells, findings }: QuoteReader, group: PriceGroup, sum: number): boolean {
  const { low, high, thin } = group.gate;
  if (sum >= low && sum <= thin && sum <= high) return true;
  const [{ label }] = group.columns;
  const prices = group.columns.map(({ index }) => cellText(cells, index)).join("/");
  const total = sum.toFixed(4);
  if (sum >= low && sum <= high) {
    warn(
      findings,
      label,
      "thin-exchange-book",
      `${group.source.code} book sums to ${total}, kept, was ${prices}`,
    );
    return true;
  }
  const bound = sum < low ? `below ${low}` : `above ${high}`;
  const text = `${group.source.code} book sums to ${total}, ${bound}, was ${prices}`;
  rejectCell(findings, label, "book-sum", text);
  return false;
}

function readBlock(reader: QuoteReader, block: HandicapBlock, observed: Observed, quotes: Quote[]): void {
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
