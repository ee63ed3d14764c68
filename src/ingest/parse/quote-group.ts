import type { Instant } from "../../core/clock.js";
import type { QuarterLine } from "../../domain/market.js";
import type { PriceSource, Quote } from "../../domain/price.js";
import { cellNumber, cellText, MISSING } from "./cell.js";
import type { Cells } from "./cells.js";
import { type Findings, quoted, rejectCell, warn } from "./findings.js";
import type { Handicap } from "./handicap.js";
import type { OddsLayout, PriceColumn, PriceGroup } from "./price-group.js";

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

/** Add the prices of one group to `quotes`: each cell judged alone, then all by their sum. */
export function readGroup(
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
