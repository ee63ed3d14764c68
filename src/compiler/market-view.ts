import type { Market, Runner } from "../domain/market.js";
import type { Moment, PriceSnapshot, SourceCode } from "../domain/price.js";
import type { MarketView } from "../models/forecaster.js";
import { powerProbabilities } from "./margin/power.js";

/** Books in order of trust: the first with a whole market counts. */
export interface Trust {
  readonly matchOdds: readonly SourceCode[];
  readonly totals: readonly SourceCode[];
}

/** Who is believed at the close: the sharpest book, then the average of all, then the largest. */
export const CLOSING_TRUST: Trust = { matchOdds: ["PS", "Avg", "B365"], totals: ["PS", "Avg", "B365"] };

export const EARLY_TRUST: Trust = {
  matchOdds: ["PS", "Avg", "BbAv", "B365", "BW", "WH", "IW", "LB", "GB"],
  totals: ["PS", "Avg", "BbAv", "B365", "GB"],
};

/** The sharp book alone: what forecasts are judged by. */
export const SHARP_TRUST: Trust = { matchOdds: ["PS"], totals: ["PS"] };

/** All sources that any of the lists above names. */
export const TRUSTED_SOURCES: readonly SourceCode[] = [
  ...new Set([CLOSING_TRUST, EARLY_TRUST].flatMap(({ matchOdds, totals }) => [...matchOdds, ...totals])),
];

const RESULT: readonly Runner[] = ["HOME", "DRAW", "AWAY"];
const TOTAL: readonly Runner[] = ["OVER", "UNDER"];

/**
 * What the market made of one fixture at a moment, margin removed by the power method; null without a whole 1X2 book.
 *
 * `prices`: snapshots of that fixture, of any source and moment; of equal ones the last counts.
 */
export function marketViewOf(
  prices: readonly PriceSnapshot[],
  moment: Moment,
  trust: Trust,
): MarketView | null {
  const result = firstBook(prices, moment, "MATCH_ODDS", RESULT, trust.matchOdds);
  if (result === null) return null;
  const total = firstBook(prices, moment, "OVER_UNDER_25", TOTAL, trust.totals);
  return { home: result[0], draw: result[1], away: result[2], over25: total === null ? null : total[0] };
}

/** What a model learns from a finished match: the close, else the early line; a missing close total is the early one. */
export function learnedLine(closing: MarketView | null, early: MarketView | null): MarketView | null {
  if (closing === null) return early;
  return closing.over25 === null ? { ...closing, over25: early?.over25 ?? null } : closing;
}

/** The same from prices of one fixture. */
export function learnedView(prices: readonly PriceSnapshot[]): MarketView | null {
  return learnedLine(
    marketViewOf(prices, "close", CLOSING_TRUST),
    marketViewOf(prices, "early", EARLY_TRUST),
  );
}

function firstBook(
  prices: readonly PriceSnapshot[],
  moment: Moment,
  market: Market,
  runners: readonly Runner[],
  sources: readonly SourceCode[],
): Float64Array | null {
  const book = new Float64Array(runners.length);
  for (const source of sources) {
    book.fill(0);
    for (const price of prices)
      if (
        price.source === source &&
        price.moment === moment &&
        price.market === market &&
        price.side === "BACK"
      ) {
        const at = runners.indexOf(price.runner);
        if (at >= 0) book[at] = price.price;
      }
    if (powerProbabilities(book, book) > 0) return book;
  }
  return null;
}
