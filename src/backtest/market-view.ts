import type { Forecast } from "../models/forecaster.js";
import { settleRunner } from "../strategy/settlement.js";
import {
  type Account,
  type BookView,
  type Chance,
  fairProbability,
  type MarketView,
  plainShares,
} from "../strategy/view.js";
import type { Ending } from "./bet.js";
import type { GridPricer } from "./chance.js";
import { fairQuote } from "./fair-quote.js";
import { forecastDay } from "./feed.js";
import type { FormBook } from "./form-book.js";
import type { Lane } from "./lane.js";
import { booksOf, type PriceBook } from "./price-book.js";
import type { Candidate } from "./schedule.js";

/** What every view of a walk is built with. */
export interface ViewParts {
  readonly pricer: GridPricer;
  readonly form: FormBook;
  /** Whose margin-free prices are the chances where there is no forecaster. */
  readonly fairSource: string | null;
}

export interface Sight {
  readonly view: MarketView;
  readonly forecast: Forecast | null;
}

/** What may be known of a fixture at its decision: nothing in here was observed later. */
export function sightOf(candidate: Candidate, lane: Lane, account: Account, parts: ViewParts): Sight {
  const { fixture, asOf, prices } = candidate;
  const forecast = lane.forecaster?.forecast(fixture, forecastDay(asOf)) ?? null;
  const view = {
    fixture,
    asOf,
    modelVersion: lane.forecaster?.version ?? `fair-price ${parts.fairSource}`,
    refusal: forecast?.kind === "refused" ? forecast.reason : null,
    books: booksOf(prices).map((book) => bookView(book, chancesOf(forecast, book, parts))),
    form: { home: parts.form.of(fixture, fixture.home.id), away: parts.form.of(fixture, fixture.away.id) },
    account,
  };
  return { view, forecast };
}

function bookView({ market, line, runners }: PriceBook, chances: readonly (Chance | null)[]): BookView {
  return {
    market,
    line,
    runners: runners.map(({ runner, prices }, index) => ({ runner, chance: chances[index], offers: prices })),
  };
}

function chancesOf(
  forecast: Forecast | null,
  book: PriceBook,
  { pricer, fairSource }: ViewParts,
): readonly (Chance | null)[] {
  if (forecast === null) return fairChances(book, fairSource);
  if (forecast.kind === "refused") return book.runners.map(() => null);
  const grid = forecast.grid();
  return book.runners.map(({ runner }) => pricer.chance(grid, book.market, runner, book.line));
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
export function pricedRunners(view: MarketView, { result }: Ending): PricedRunner[] {
  if (result === null) return [];
  return view.books.flatMap(({ market, line, runners }) =>
    runners.flatMap(({ runner, chance }) => {
      if (chance === null) return [];
      const outcome = settleRunner(market, runner, line, result.homeGoals, result.awayGoals);
      if (outcome !== "won" && outcome !== "lost") return [];
      return [{ probability: fairProbability(chance.shares), won: outcome === "won" }];
    }),
  );
}
