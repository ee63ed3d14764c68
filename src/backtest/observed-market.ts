import { powerProbabilities } from "../compiler/margin/power.js";
import { type Market, RUNNERS, type Runner } from "../domain/market.js";
import type { Moment, PriceSnapshot, SourceCode } from "../domain/price.js";
import type { MarketView } from "../models/forecaster.js";
import { completeQuote, type PriceBook } from "./price-book.js";

/** Markets a model may learn from. */
export const OBSERVED_MARKETS: readonly Market[] = ["MATCH_ODDS", "OVER_UNDER_25"];

/** Sharpest first. Closing prices count before early ones; of each, the first complete book. */
const CLOSING_SOURCES: readonly SourceCode[] = ["PS", "Avg", "B365"];
const EARLY_SOURCES: readonly SourceCode[] = ["PS", "Avg", "BbAv", "B365", "BW", "WH", "IW", "LB", "GB"];

/** Sources that nearly every match of the last two decades has one of: to be read first, the others where they lack. */
export const USUAL_SOURCES: readonly SourceCode[] = EARLY_SOURCES.slice(0, 4);
export const OTHER_SOURCES: readonly SourceCode[] = EARLY_SOURCES.slice(4);

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
  const own = snapshots.filter((each) => each.market === market && each.moment === moment);
  for (const source of own.length === 0 ? [] : sources) {
    const fair = fairRunners(own, source, RUNNERS[market] ?? []);
    if (fair !== null) return fair;
  }
  return null;
}

/** Of prices of one market and moment; the last of a runner counts. This runs once a match of all history. */
function fairRunners(
  snapshots: readonly PriceSnapshot[],
  source: SourceCode,
  runners: readonly Runner[],
): Float64Array | null {
  const prices = new Float64Array(runners.length);
  for (const snapshot of snapshots)
    if (snapshot.source === source && snapshot.side === "BACK")
      prices[runners.indexOf(snapshot.runner)] = snapshot.price;
  return powerProbabilities(prices, prices) > 0 ? prices : null;
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
