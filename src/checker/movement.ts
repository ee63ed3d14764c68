import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { PriceSnapshot, SourceCode, SourceKind } from "../domain/price.js";
import { lineKey } from "../domain/price-point.js";
import { wilsonInterval } from "../models/scoring-interval.js";

/** A middle change smaller than this is rounding to the next step of a price list, not a move. */
export const LEAST_MOVE = 0.02;

/**
 * How the market moved on a selection between two points of its lines.
 *
 * `steam`: the middle of all books' changes is a fall of 2% or more, and the books that shortened are surely more than
 * half of all: the 95% interval of their share lies above one half. `drift`: the same upwards. `steady`: neither,
 * although there are enough books to tell. `unclear`: too few books, for even if all of them moved alike the interval
 * would reach below one half. Books copy each other, so the interval is narrower than the truth.
 */
export interface Movement {
  readonly fixtureId: number;
  readonly market: Market;
  readonly line: QuarterLine;
  readonly runner: Runner;
  readonly kind: "steam" | "drift" | "steady" | "unclear";
  /** Books with a price at both points. */
  readonly books: number;
  readonly shortened: number;
  readonly lengthened: number;
  /** 95% interval (Wilson) of the share of books that went the way most of them went. */
  readonly low: number;
  readonly high: number;
  /** Median of later price / earlier price - 1. */
  readonly change: number;
}

/** Movements of the back prices of bookmakers and exchanges that have both points; one price a line in each list. */
export function movements(
  earlier: readonly PriceSnapshot[],
  later: readonly PriceSnapshot[],
  kinds: ReadonlyMap<SourceCode, SourceKind>,
): readonly Movement[] {
  const before = new Map(earlier.map((price) => [lineKey(price), price.price]));
  const groups = new Map<string, { readonly about: PriceSnapshot; readonly changes: number[] }>();
  for (const price of later) {
    const kind = kinds.get(price.source);
    const known = before.get(lineKey(price));
    if (price.side !== "BACK" || known === undefined || (kind !== "bookmaker" && kind !== "exchange"))
      continue;
    const key = `${price.fixtureId} ${price.market} ${price.line} ${price.runner}`;
    const group = groups.get(key) ?? { about: price, changes: [] };
    group.changes.push(price.price / known - 1);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ about, changes }) => movementOf(about, changes));
}

function movementOf(
  { fixtureId, market, line, runner }: PriceSnapshot,
  changes: readonly number[],
): Movement {
  const books = changes.length;
  const shortened = changes.filter((change) => change < 0).length;
  const lengthened = changes.filter((change) => change > 0).length;
  const { low, high } = wilsonInterval(Math.max(shortened, lengthened), books);
  const change = median(changes);
  const sure = low > 0.5 && Math.abs(change) >= LEAST_MOVE;
  const kind = sure ? (change < 0 ? "steam" : "drift") : enough(books) ? "steady" : "unclear";
  return { fixtureId, market, line, runner, kind, books, shortened, lengthened, low, high, change };
}

/** Whether a move of all books would be told from chance. */
function enough(books: number): boolean {
  return wilsonInterval(books, books).low > 0.5;
}

/** Of at least one value. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
