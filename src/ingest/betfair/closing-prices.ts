import type { Instant } from "../../core/clock.js";
import { ukClock } from "../../core/day.js";
import type { Fixture } from "../../domain/fixture.js";
import type { PriceSource, Quote, Side } from "../../domain/price.js";
import type { ExchangeLink, ExchangeMarket, ExchangeRunner, IngestedFile } from "../../warehouse/port.js";
import { BETFAIR, CLOSING_READING } from "./reading.js";

/** The exchange under the code that other sources give it: its prices are one book's, wherever they come from. */
export const EXCHANGE: PriceSource = { code: "BFE", name: "Betfair Exchange", kind: "exchange" };

/**
 * The closing prices of a linked market as prices of its fixture: the best to back and to lay before the off.
 *
 * The file stands for the market's log, so that the same recording says it only once; its record has no quote where the
 * market has no closing price.
 */
export function closingFile(
  { digest, logBytes, marketId, closingAt, runners }: ExchangeMarket,
  { league, season, day, kickOff, kickOffKnown, home, away }: Fixture,
  link: ExchangeLink,
  receivedAt: Instant,
): IngestedFile {
  const quotes = runners.flatMap((runner) => quotesOf(runner, link, closingAt));
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
    raw: { sha256: digest, source: BETFAIR, path, bytes: logBytes, receivedAt, reading: CLOSING_READING },
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

function quotesOf(runner: ExchangeRunner, link: ExchangeLink, closingAt: Instant | null): Quote[] {
  const named = link.runners.find(
    ({ selectionId, handicap }) => selectionId === runner.selectionId && handicap === runner.handicap,
  );
  if (named === undefined || closingAt === null) return [];
  const quote = (side: Side, price: number | null): Quote[] =>
    price === null
      ? []
      : [
          {
            kind: { source: EXCHANGE.code, market: link.market, runner: named.runner, side, moment: "close" },
            line: 0,
            price,
            size: null,
            observedAt: closingAt,
          },
        ];
  return [...quote("BACK", runner.bestBack), ...quote("LAY", runner.bestLay)];
}
