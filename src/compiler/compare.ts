import { invariant } from "../core/assert.js";
import type { Instant } from "../core/clock.js";
import { compareText } from "../domain/fixture.js";
import type { Runner, Selection } from "../domain/market.js";
import type { PriceSnapshot, PriceSource, SourceCode, SourceKind } from "../domain/price.js";
import { edgeAfterCommission } from "../models/kelly.js";
import { type BookCheck, type BookLimits, checkBook } from "./book-check.js";

/** Our price of a selection: a compiled row fits. */
export interface FairSelection extends Selection {
  readonly probability: number;
  readonly fairPrice: number;
}

export interface CompareOptions extends BookLimits {
  /** Commission on net winnings by source; none when a source is not listed. */
  readonly commission?: Readonly<Record<SourceCode, number>>;
}

/** One source's back price beside our probability. */
export interface ComparedQuote {
  readonly source: SourceCode;
  readonly kind: SourceKind;
  readonly price: number;
  readonly size: number | null;
  readonly observedAt: Instant;
  /** probability x price - 1. */
  readonly edge: number;
  /** probability x (1 + (price - 1)(1 - commission)) - 1; on a line, per unit of stake that is not returned. */
  readonly edgeAfterCommission: number;
  /** False for an aggregate, which no bet can be struck with, and for a book that is not sane. */
  readonly bettable: boolean;
  readonly book: BookCheck;
}

export interface ComparedSelection extends FairSelection {
  /** The bettable quote with the highest edge after commission; null without one. */
  readonly best: ComparedQuote | null;
  /** Every quote, best edge after commission first. */
  readonly quotes: readonly ComparedQuote[];
}

/** Prices of one source for one market of one fixture. */
type SourceBook = Map<Runner, PriceSnapshot>;

/**
 * Put our fair prices beside quoted ones.
 *
 * Of several snapshots of one source and selection the latest counts. LAY prices are left out: this is what a backer
 * gets. A book is complete when it quotes every runner we price in that market and line.
 * Throws   InvariantError for a price whose source is not among `sources`.
 */
export function comparePrices(
  fair: readonly FairSelection[],
  snapshots: readonly PriceSnapshot[],
  sources: readonly PriceSource[],
  options: CompareOptions = {},
): readonly ComparedSelection[] {
  const runners = new Map<string, Runner[]>();
  for (const selection of fair) append(runners, marketKey(selection), selection.runner);
  const books = collectBooks(snapshots);
  const kinds = new Map(sources.map(({ code, kind }) => [code, kind]));
  return fair.map((selection) => {
    const key = marketKey(selection);
    const quotes = compareQuotes(selection, books.get(key), runners.get(key) ?? [], kinds, options);
    return { ...selection, best: quotes.find(({ bettable }) => bettable) ?? null, quotes };
  });
}

function compareQuotes(
  selection: FairSelection,
  books: ReadonlyMap<SourceCode, SourceBook> | undefined,
  runners: readonly Runner[],
  kinds: ReadonlyMap<SourceCode, SourceKind>,
  options: CompareOptions,
): readonly ComparedQuote[] {
  const quotes: ComparedQuote[] = [];
  for (const [source, book] of books ?? []) {
    const snapshot = book.get(selection.runner);
    if (snapshot === undefined) continue;
    const kind = kinds.get(source);
    invariant(kind !== undefined, `every price needs its source, was ${source}`);
    quotes.push(compareQuote(selection, snapshot, kind, check(selection, runners, book, options), options));
  }
  return quotes.sort(
    (a, b) => b.edgeAfterCommission - a.edgeAfterCommission || compareText(a.source, b.source),
  );
}

function compareQuote(
  { probability }: FairSelection,
  { source, price, size, observedAt }: PriceSnapshot,
  kind: SourceKind,
  book: BookCheck,
  { commission = {} }: CompareOptions,
): ComparedQuote {
  return {
    source,
    kind,
    price,
    size,
    observedAt,
    edge: edgeAfterCommission(probability, price),
    edgeAfterCommission: edgeAfterCommission(probability, price, commission[source] ?? 0),
    bettable: (kind === "bookmaker" || kind === "exchange") && book.kind === "sane",
    book,
  };
}

function check(
  selection: FairSelection,
  runners: readonly Runner[],
  book: SourceBook,
  options: CompareOptions,
): BookCheck {
  const prices = new Map([...book].map(([runner, { price }]) => [runner, price]));
  return checkBook(selection.market, runners, prices, options);
}

function collectBooks(snapshots: readonly PriceSnapshot[]): Map<string, Map<SourceCode, SourceBook>> {
  const books = new Map<string, Map<SourceCode, SourceBook>>();
  for (const snapshot of snapshots) {
    if (snapshot.side !== "BACK") continue;
    const bySource = books.get(marketKey(snapshot)) ?? new Map<SourceCode, SourceBook>();
    books.set(marketKey(snapshot), bySource);
    const book = bySource.get(snapshot.source) ?? new Map<Runner, PriceSnapshot>();
    bySource.set(snapshot.source, book);
    const known = book.get(snapshot.runner);
    if (known === undefined || snapshot.observedAt >= known.observedAt) book.set(snapshot.runner, snapshot);
  }
  return books;
}

function marketKey({ fixtureId, market, line }: Selection): string {
  return `${fixtureId}|${market}|${line}`;
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
