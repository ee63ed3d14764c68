import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { PriceSnapshot, Side, SourceCode, SourceKind } from "../domain/price.js";
import { bookSum } from "./book.js";

/** The best price of a selection, among sources where a bet can be struck. */
export interface BestPrice {
  readonly fixtureId: number;
  readonly market: Market;
  readonly line: QuarterLine;
  readonly runner: Runner;
  readonly side: Side;
  readonly price: number;
  readonly size: number | null;
  readonly source: SourceCode;
  readonly observedAt: number;
  /** Sources that quote the selection. */
  readonly sources: number;
  /** The next best of another source; null without one. */
  readonly second: number | null;
  /** Sum of 1 / best price over the market's runners less 1: below 0 the best prices together pay for themselves. */
  readonly overround: number | null;
}

/**
 * The best back and lay price of each selection: the highest to back, the lowest to lay; of equal ones the first.
 * Maxima, averages and our own prices are left out: nobody takes a bet at them.
 */
export function bestPrices(
  prices: readonly PriceSnapshot[],
  kinds: ReadonlyMap<SourceCode, SourceKind>,
): readonly BestPrice[] {
  const groups = new Map<string, PriceSnapshot[]>();
  for (const price of prices) {
    const kind = kinds.get(price.source);
    if (kind !== "bookmaker" && kind !== "exchange") continue;
    const key = `${price.fixtureId} ${price.market} ${price.line} ${price.side} ${price.runner}`;
    const group = groups.get(key);
    if (group) group.push(price);
    else groups.set(key, [price]);
  }
  return withOverround([...groups.values()].flatMap((group) => bestOf(group) ?? []));
}

function bestOf(prices: readonly PriceSnapshot[]): BestPrice | null {
  const better = prices[0]?.side === "LAY" ? -1 : 1;
  const ranked = [...prices].sort((a, b) => better * (b.price - a.price) || a.observedAt - b.observedAt);
  const [best] = ranked;
  if (!best) return null;
  const { fixtureId, market, line, runner, side, price, size, source, observedAt } = best;
  const second = ranked.find((other) => other.source !== source)?.price ?? null;
  const sources = new Set(prices.map((one) => one.source)).size;
  const selection = { fixtureId, market, line, runner, side };
  return { ...selection, price, size, source, observedAt, sources, second, overround: null };
}

function withOverround(best: readonly BestPrice[]): readonly BestPrice[] {
  const key = ({ fixtureId, market, line, side }: BestPrice) => `${fixtureId} ${market} ${line} ${side}`;
  const books = new Map<string, Map<Runner, number>>();
  for (const one of best) {
    const book = books.get(key(one)) ?? new Map<Runner, number>();
    books.set(key(one), book.set(one.runner, one.price));
  }
  return best.map((one) => ({ ...one, overround: bookSum(one.market, books.get(key(one)) ?? new Map()) }));
}
