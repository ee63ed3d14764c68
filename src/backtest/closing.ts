import type { Selection } from "../domain/market.js";
import type { PriceSnapshot, SourceCode } from "../domain/price.js";
import { fairQuote } from "./fair-quote.js";
import { booksOf, completeQuote, type PriceBook } from "./price-book.js";

/** The closing price that judges a bet. */
export interface ClosingPrice {
  readonly source: SourceCode;
  readonly price: number;
  /** Margin removed by the power method over the whole book. */
  readonly fairProbability: number;
}

/** Markets whose runners exclude each other and cover every score: only their margin can be removed so. */
const PARTITIONS =
  /^(?:MATCH_ODDS|BOTH_TEAMS_TO_SCORE|OVER_UNDER_\d\d|DRAW_NO_BET|ASIAN_HANDICAP|ALT_TOTAL_GOALS)$/;

/** Closing prices of one fixture. */
export interface ClosingBooks {
  /** The first of `sources` that closed the selection's market and line with a complete and sane book; else null. */
  of(selection: Pick<Selection, "market" | "runner" | "line">): ClosingPrice | null;
}

/** `maxOverround`: a book that sums to more is garbage, not a close. */
export function closingBooks(
  snapshots: readonly PriceSnapshot[],
  sources: readonly SourceCode[],
  maxOverround: number,
): ClosingBooks {
  const books = booksOf(snapshots.filter(({ moment }) => moment === "close"));
  const known = new Map<string, ClosingPrice | null>();
  return {
    of(selection) {
      const key = `${selection.market} ${selection.runner} ${selection.line}`;
      let closing = known.get(key);
      if (closing === undefined) {
        closing = closingOf(selection);
        known.set(key, closing);
      }
      return closing;
    },
  };

  function closingOf({
    market,
    runner,
    line,
  }: Pick<Selection, "market" | "runner" | "line">): ClosingPrice | null {
    const book = books.find((each) => each.market === market && each.line === line);
    const index = book ? book.runners.findIndex((each) => each.runner === runner) : -1;
    if (!book || index < 0 || !PARTITIONS.test(market)) return null;
    for (const source of sources) {
      const prices = completeQuote(book, source);
      const fair = sane(book, source, maxOverround) ? fairQuote(book, source) : null;
      if (prices !== null && fair !== null)
        return { source, price: prices[index], fairProbability: fair[index] };
    }
    return null;
  }
}

function sane(book: PriceBook, source: SourceCode, maxOverround: number): boolean {
  const prices = completeQuote(book, source);
  return prices !== null && prices.reduce((sum, price) => sum + 1 / price, 0) - 1 <= maxOverround;
}
