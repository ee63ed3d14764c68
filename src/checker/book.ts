import { type Market, type QuarterLine, RUNNERS } from "../domain/market.js";
import type { PriceSnapshot, SourceCode } from "../domain/price.js";

/** What one source asks for a whole market. */
export interface QuotedBook {
  readonly fixtureId: number;
  readonly source: SourceCode;
  readonly market: Market;
  readonly line: QuarterLine;
  /** Sum of 1 / price over the runners, less the number of them that win. */
  readonly overround: number;
}

/** A double chance has two winners of three runners; every other market that sources quote has one. */
function winnersOf(market: Market): number {
  return market === "DOUBLE_CHANCE" ? 2 : 1;
}

/**
 * The books among back prices, one price a selection and source: those that quote every runner of the market. A
 * handicap that is not the same at both sides is no book. In the order of their first price.
 */
export function quotedBooks(prices: readonly PriceSnapshot[]): readonly QuotedBook[] {
  const groups = new Map<string, PriceSnapshot[]>();
  for (const price of prices) {
    if (price.side !== "BACK") continue;
    const key = `${price.fixtureId} ${price.source} ${price.market} ${price.line}`;
    const group = groups.get(key);
    if (group) group.push(price);
    else groups.set(key, [price]);
  }
  return [...groups.values()].flatMap((group) => bookOf(group) ?? []);
}

function bookOf(prices: readonly PriceSnapshot[]): QuotedBook | null {
  const [first] = prices;
  if (!first) return null;
  const { fixtureId, source, market, line } = first;
  const overround = bookSum(market, new Map(prices.map(({ runner, price }) => [runner, price])));
  return overround === null ? null : { fixtureId, source, market, line, overround };
}

/** Sum of 1 / price less the number of winners; null unless every runner of the market has a price. */
export function bookSum(market: Market, prices: ReadonlyMap<string, number>): number | null {
  const runners = RUNNERS[market];
  if (!runners) return null;
  let sum = -winnersOf(market);
  for (const runner of runners) {
    const price = prices.get(runner);
    if (price === undefined) return null;
    sum += 1 / price;
  }
  return sum;
}
