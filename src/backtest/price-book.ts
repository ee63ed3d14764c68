import { type Market, type QuarterLine, RUNNERS, type Runner } from "../domain/market.js";
import type { PriceSnapshot, Side, SourceCode } from "../domain/price.js";

/** Prices of one market at one line, runners in the field's order. */
export interface PriceBook {
  readonly market: Market;
  readonly line: QuarterLine;
  readonly runners: readonly RunnerPrices[];
}

export interface RunnerPrices {
  readonly runner: Runner;
  /** One price a source and side: the last of those given. */
  readonly prices: readonly PriceSnapshot[];
}

export type PricesByFixture = ReadonlyMap<number, readonly PriceSnapshot[]>;

/** Prices of the fixtures that are asked for. */
export type PriceLookup = Pick<PricesByFixture, "get">;

/** Snapshots by fixture id, in the order given. */
export function byFixture(snapshots: readonly PriceSnapshot[]): PricesByFixture {
  const groups = new Map<number, PriceSnapshot[]>();
  for (const snapshot of snapshots) {
    const group = groups.get(snapshot.fixtureId);
    if (group) group.push(snapshot);
    else groups.set(snapshot.fixtureId, [snapshot]);
  }
  return groups;
}

/** One fixture's snapshots as books, in order of market and line. Of two of the same price the later observed counts. */
export function booksOf(snapshots: readonly PriceSnapshot[]): PriceBook[] {
  const books: { market: Market; line: QuarterLine; prices: PriceSnapshot[] }[] = [];
  for (const snapshot of snapshots) {
    const { market, line } = snapshot;
    const book = books.find((each) => each.market === market && each.line === line);
    if (book) book.prices.push(snapshot);
    else books.push({ market, line, prices: [snapshot] });
  }
  return books
    .map(({ market, line, prices }) => ({ market, line, runners: runnersOf(market, prices) }))
    .sort((a, b) => (a.market === b.market ? a.line - b.line : a.market < b.market ? -1 : 1));
}

function runnersOf(market: Market, snapshots: readonly PriceSnapshot[]): RunnerPrices[] {
  const names = RUNNERS[market] ?? [...new Set(snapshots.map(({ runner }) => runner))].sort();
  return names.map((runner) => ({ runner, prices: latest(snapshots, runner) }));
}

function latest(snapshots: readonly PriceSnapshot[], runner: Runner): PriceSnapshot[] {
  const kept: PriceSnapshot[] = [];
  for (const snapshot of snapshots) {
    if (snapshot.runner !== runner) continue;
    const index = kept.findIndex(({ source, side }) => source === snapshot.source && side === snapshot.side);
    if (index < 0) kept.push(snapshot);
    else if (snapshot.observedAt >= kept[index].observedAt) kept[index] = snapshot;
  }
  return kept;
}

/** A source's prices for every runner of a book in order; null unless it quotes them all. */
export function completeQuote(book: PriceBook, source: SourceCode, side: Side = "BACK"): Float64Array | null {
  const prices = new Float64Array(book.runners.length);
  for (const [index, runner] of book.runners.entries()) {
    const found = runner.prices.find((each) => each.source === source && each.side === side);
    if (!found) return null;
    prices[index] = found.price;
  }
  return prices;
}
