import { powerProbabilities } from "../compiler/margin/power.js";
import type { Market } from "../domain/market.js";
import type { Moment, PriceSnapshot, SourceCode } from "../domain/price.js";
import type { MarketView } from "../models/forecaster.js";
import { booksOf, completeQuote, type PriceBook } from "./price-book.js";

/** Markets a model may learn from. */
export const OBSERVED_MARKETS: readonly Market[] = ["MATCH_ODDS", "OVER_UNDER_25"];

/** Sharpest first. Closing prices count before early ones; of each, the first complete book. */
const CLOSING_SOURCES: readonly SourceCode[] = ["PS", "Avg", "B365"];
const EARLY_SOURCES: readonly SourceCode[] = ["PS", "Avg", "BbAv", "B365", "BW", "WH", "IW", "LB", "GB"];

export const OBSERVED_SOURCES: readonly SourceCode[] = EARLY_SOURCES;

/**
 * What the market made of a finished match, margin removed by the power method: its closing prices, early ones where
 * it had none, each market by itself. Null without any match odds.
 */
export function observedMarket(snapshots: readonly PriceSnapshot[]): MarketView | null {
  const match = firstFair(snapshots, "MATCH_ODDS");
  if (match === null) return null;
  const total = firstFair(snapshots, "OVER_UNDER_25");
  return { home: match[0], draw: match[1], away: match[2], over25: total === null ? null : total[0] };
}

function firstFair(snapshots: readonly PriceSnapshot[], market: Market): Float64Array | null {
  return (
    fairOf(snapshots, market, "close", CLOSING_SOURCES) ?? fairOf(snapshots, market, "early", EARLY_SOURCES)
  );
}

function fairOf(
  snapshots: readonly PriceSnapshot[],
  market: Market,
  moment: Moment,
  sources: readonly SourceCode[],
): Float64Array | null {
  const [book] = booksOf(snapshots.filter((each) => each.market === market && each.moment === moment));
  if (!book) return null;
  for (const source of sources) {
    const fair = fairQuote(book, source);
    if (fair !== null) return fair;
  }
  return null;
}

/**
 * Margin-free probabilities of a source's backs by the power method; null unless it quotes every runner.
 *
 * Source   Clarke, Kovalchik & Ingram (2017), as in compiler/margin/power.ts.
 */
export function fairQuote(book: PriceBook, source: SourceCode): Float64Array | null {
  const prices = completeQuote(book, source);
  return prices !== null && powerProbabilities(prices, prices) > 0 ? prices : null;
}
