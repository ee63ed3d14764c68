import { createHash } from "node:crypto";
import type { Instant } from "../../core/clock.js";
import { createRng } from "../../core/rng.js";
import { changeOrders } from "./change-orders.js";
import type { Exchange, ExchangeOptions } from "./exchange-state.js";
import { MARKET_KINDS } from "./market-kind.js";
import { writeScript } from "./match-script.js";
import type { Operation } from "./operation.js";
import { placeOrders } from "./place-orders.js";
import { advanceMarket, createMarket } from "./play.js";
import type { Report } from "./report.js";
import { endBets, settleBets } from "./settle-bets.js";

const FIRST_MARKET = 200_000_000;
const FIRST_EVENT = 32_000_000;
const FIRST_TEAM = 5_000_000;
const FIRST_BET = 300_000_000_000;

export function createExchange(options: ExchangeOptions): Exchange {
  const markets = options.fixtures.flatMap((fixture, f) => {
    const script = writeScript(fixture, createRng(options.seed, 10_000 + f));
    return MARKET_KINDS.map((kind, k) =>
      createMarket({
        marketId: `1.${FIRST_MARKET + f * 10 + k}`,
        eventId: String(FIRST_EVENT + f),
        kind,
        script,
        teams: [FIRST_TEAM + 2 * f, FIRST_TEAM + 2 * f + 1],
        seed: options.seed,
        stream: f * 10 + k,
        startsAt: options.startsAt,
      }),
    );
  });
  return {
    options,
    markets: new Map(markets.map((market) => [market.marketId, market])),
    bets: new Map(),
    listeners: { market: () => {}, bets: () => {} },
    recent: new Map(),
    settled: new Map(),
    hashes: new Map(markets.map(({ marketId }) => [marketId, createHash("sha256")])),
    balanceMinor: options.balanceMinor,
    lastBet: FIRST_BET,
  };
}

/** Play every market up to `now`. */
export function advance(exchange: Exchange, now: Instant): void {
  for (const market of exchange.markets.values())
    if (market.nextAt <= now || market.delayed.length > 0)
      advanceMarket(market, now, exchange.listeners.market, (at) => {
        endBets(exchange, market, at);
        settleBets(exchange, market, at);
      });
}

/** Do what is asked at its instant. `done` is told the report: at once, or after the market's bet delay. */
export function apply(exchange: Exchange, operation: Operation, done: (report: Report) => void): void {
  advance(exchange, operation.at);
  if (operation.kind === "place") placeOrders(exchange, operation, done);
  else done(changeOrders(exchange, operation));
}
