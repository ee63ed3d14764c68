import type { PriceSnapshot } from "../domain/price.js";
import { settleRunner } from "../strategy/settlement.js";
import {
  type BookView,
  type Chance,
  fairProbability,
  type MarketView,
  plainShares,
} from "../strategy/view.js";
import type { Ending } from "./ending.js";
import { fairQuote } from "./fair-quote.js";
import type { FixtureForecast } from "./forecasts.js";
import { booksOf, type PriceBook } from "./price-book.js";

/** Where the chances of a view come from: a forecast, a draw, the margin-free prices of a source, or nowhere. */
export interface ChanceSource {
  readonly forecast: FixtureForecast | null;
  readonly fairSource: string | null;
  readonly draw?: ((book: PriceBook) => readonly (Chance | null)[]) | null;
}

/** The books of a sight: each runner with its chance, and that of the model which must confirm it. */
export function booksOfSight(
  prices: readonly PriceSnapshot[],
  first: ChanceSource,
  second: ChanceSource,
): readonly BookView[] {
  let place = 0;
  return booksOf(prices).map((book) => {
    const start = place;
    place += book.runners.length;
    return bookView(book, chancesOf(book, first, start), chancesOf(book, second, start));
  });
}

function chancesOf(
  book: PriceBook,
  { forecast, fairSource, draw = null }: ChanceSource,
  start: number,
): readonly (Chance | null)[] {
  if (draw !== null) return draw(book);
  if (forecast === null) return fairChances(book, fairSource);
  return book.runners.map((_, index) => forecast.chance(start + index));
}

function bookView(
  { market, line, runners }: PriceBook,
  first: readonly (Chance | null)[],
  second: readonly (Chance | null)[],
): BookView {
  return {
    market,
    line,
    runners: runners.map(({ runner, prices: offers }, index) => ({
      runner,
      chance: first[index],
      second: second[index],
      offers,
    })),
  };
}

/** Margin-free prices as chances; none on lines that can push or split, where a price does not say how often. */
function fairChances(book: PriceBook, source: string | null): readonly (Chance | null)[] {
  const fair = source === null || splits(book) ? null : fairQuote(book, source);
  return book.runners.map((_, index) =>
    fair === null ? null : { shares: plainShares(fair[index]), low: null, high: null },
  );
}

function splits({ market, line }: PriceBook): boolean {
  if (market === "DRAW_NO_BET" || market === "DOUBLE_CHANCE" || market === "CORRECT_SCORE") return true;
  return (market === "ASIAN_HANDICAP" || market === "ALT_TOTAL_GOALS") && Math.abs(line % 4) !== 2;
}

/** A priced runner and whether it won: what calibration is judged on, bet or no bet. */
export interface PricedRunner {
  readonly probability: number;
  readonly won: boolean;
}

/** Runners of a view that were priced and either won or lost outright. */
export function pricedRunners(view: Pick<MarketView, "books">, { result }: Ending): PricedRunner[] {
  const priced: PricedRunner[] = [];
  if (result === null) return priced;
  for (const { market, line, runners } of view.books)
    for (const { runner, chance } of runners) {
      if (chance === null) continue;
      const outcome = settleRunner(market, runner, line, result.homeGoals, result.awayGoals);
      if (outcome !== "won" && outcome !== "lost") continue;
      priced.push({ probability: fairProbability(chance.shares), won: outcome === "won" });
    }
  return priced;
}
