import type { Instant } from "../../core/clock.js";
import { ukClock } from "../../core/day.js";
import type { Fixture } from "../../domain/fixture.js";
import type { Runner } from "../../domain/market.js";
import type { Moment, PriceSource, Quote, Side } from "../../domain/price.js";
import { type BestOffer, quotesAt } from "../../exchange/recorded/quotes.js";
import type { MarketRecording } from "../../exchange/recorded/recording.js";
import type { ExchangeLink, ExchangeMarket, ExchangeRunner, IngestedFile } from "../../warehouse/port.js";
import { BETFAIR, PRICES_READING } from "./reading.js";

/** The exchange under the code that other sources give it: its prices are one book's, wherever they come from. */
export const EXCHANGE: PriceSource = { code: "BFE", name: "Betfair Exchange", kind: "exchange" };

/** Minutes before the planned start at which the best offers are kept as prices that a decision may see. */
const MINUTES = [1440, 720, 360, 180, 120, 90, 60, 45, 30, 20, 15, 10, 5, 2, 1];

/**
 * The prices of a linked market as prices of its fixture: the best to back and to lay, with their sizes, at some moments
 * before the planned start, and the last before the off.
 *
 * The file stands for the market's log, so that the same recording says it only once; its record has no quote where the
 * market has no closing price.
 */
export function pricesFile(
  market: ExchangeMarket,
  recording: MarketRecording,
  { league, season, day, kickOff, kickOffKnown, home, away }: Fixture,
  link: ExchangeLink,
  receivedAt: Instant,
): IngestedFile {
  const { digest, logBytes, marketId, closingAt, runners } = market;
  const closing = runners.flatMap((runner) => closingQuotes(runner, link, closingAt));
  const quotes = [...tickQuotes(market, recording, link), ...closing];
  const record = {
    line: 1,
    league,
    season,
    day,
    minutes: kickOffKnown ? ukClock(kickOff).minutes : null,
    home: home.name,
    away: away.name,
    goals: null,
    statistics: null,
    referee: null,
    attendance: null,
    quotes,
  };
  const path = `market ${marketId}`;
  return {
    raw: { sha256: digest, source: BETFAIR, path, bytes: logBytes, receivedAt, reading: PRICES_READING },
    leagues: [{ code: league, name: league, country: home.country, tier: null }],
    sources: [EXCHANGE],
    aliases: [],
    rows: 1,
    blank: 0,
    records: [record],
    rejects: [],
    warnings: [],
  };
}

function tickQuotes({ kickOff }: ExchangeMarket, recording: MarketRecording, link: ExchangeLink): Quote[] {
  if (kickOff === null) return [];
  const times = MINUTES.map((minutes) => kickOff - minutes * 60_000);
  return quotesAt(recording, times).flatMap(({ at, runners }) =>
    runners.flatMap((runner) => {
      const name = nameOf(runner, link);
      if (name === null) return [];
      const quote = (side: Side, offer: BestOffer | null): Quote[] =>
        offer === null ? [] : [quoteOf(link, name, side, "tick", offer.price, offer.sizeMinor / 100, at)];
      return [...quote("BACK", runner.back), ...quote("LAY", runner.lay)];
    }),
  );
}

function closingQuotes(runner: ExchangeRunner, link: ExchangeLink, closingAt: Instant | null): Quote[] {
  const name = nameOf(runner, link);
  if (name === null || closingAt === null) return [];
  const quote = (side: Side, price: number | null): Quote[] =>
    price === null ? [] : [quoteOf(link, name, side, "close", price, null, closingAt)];
  return [...quote("BACK", runner.bestBack), ...quote("LAY", runner.bestLay)];
}

function nameOf(
  { selectionId, handicap }: Pick<ExchangeRunner, "selectionId" | "handicap">,
  { runners }: ExchangeLink,
): Runner | null {
  const known = runners.find((runner) => runner.selectionId === selectionId && runner.handicap === handicap);
  return known?.runner ?? null;
}

function quoteOf(
  { market }: ExchangeLink,
  runner: Runner,
  side: Side,
  moment: Moment,
  price: number,
  size: number | null,
  observedAt: Instant,
): Quote {
  return { kind: { source: EXCHANGE.code, market, runner, side, moment }, line: 0, price, size, observedAt };
}
