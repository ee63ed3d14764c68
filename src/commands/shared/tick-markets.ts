import type { TickMarket, TickOrder, TickQuote } from "../../backtest/tick/market.js";
import { invariant } from "../../core/assert.js";
import { type MarketQuote, quotesFrom } from "../../exchange/recorded/quotes.js";
import type { MarketRecording } from "../../exchange/recorded/recording.js";
import { replayOrders, settleWhole, type TimedOrder } from "../../exchange/simulator/replay-orders.js";
import type { SettledMarket } from "../../exchange/simulator/settle.js";
import { readLog } from "../../ingest/betfair/market-log.js";
import { EXCHANGE } from "../../ingest/betfair/recorded-prices.js";
import type { ExchangeLink, Warehouse } from "../../warehouse/port.js";

/**
 * The recorded exchange markets of fixtures, by fixture id; logs are read when a fixture's turn comes.
 *
 * Markets that never closed are left out: nobody knows how their bets ended.
 */
export async function tickMarkets(
  warehouse: Warehouse,
  logs: string,
): Promise<(fixtureId: number) => readonly TickMarket[]> {
  const byFixture = new Map<number, { readonly link: ExchangeLink; readonly digest: string }[]>();
  for (const { link, digest, status } of await warehouse.exchangeMarkets({ linked: true })) {
    if (link === null || status !== "CLOSED") continue;
    const known = byFixture.get(link.fixtureId) ?? [];
    byFixture.set(link.fixtureId, [...known, { link, digest }]);
  }
  return (fixtureId) =>
    (byFixture.get(fixtureId) ?? []).map(({ link, digest }) =>
      tickMarket(link, readLog(logs, digest).recording),
    );
}

/** One recording as a backtest sees it. */
export function tickMarket(link: ExchangeLink, recording: MarketRecording): TickMarket {
  return {
    fixtureId: link.fixtureId,
    market: link.market,
    line: 0,
    source: EXCHANGE.code,
    *quotesFrom(from) {
      for (const quote of quotesFrom(recording, from)) yield quoteOf(quote, link);
    },
    replay(orders, mode) {
      const timed = orders.map((order) => timedOrder(order, link));
      const settled =
        mode === "full"
          ? settleWhole(recording, timed)
          : replayOrders(recording, timed, { queue: mode, lapseInPlay: true });
      return { fills: settled.orders.map(fillOf), commissionMinor: settled.commissionMinor };
    },
  };
}

function quoteOf({ at, runners }: MarketQuote, link: ExchangeLink): TickQuote {
  return {
    at,
    runners: runners.flatMap(({ selectionId, handicap, back, lay }) => {
      const named = link.runners.find((one) => one.selectionId === selectionId && one.handicap === handicap);
      return named ? [{ runner: named.runner, back, lay }] : [];
    }),
  };
}

/** What is not matched when the market turns in play lapses. */
function timedOrder(
  { at, runner, side, price, stakeMinor }: TickOrder,
  { runners }: ExchangeLink,
): TimedOrder {
  const named = runners.find((one) => one.runner === runner);
  invariant(named !== undefined, `an order on a runner that the market has not, was ${runner}`);
  const { selectionId, handicap } = named;
  const request = { type: "LIMIT", selectionId, handicap, side, price, persistence: "LAPSE" } as const;
  return { at, request: { ...request, sizeMinor: stakeMinor } };
}

function fillOf({ matchedMinor, averageHundredths, profitMinor }: SettledMarket["orders"][number]) {
  return { matchedMinor, averagePrice: averageHundredths / 100, profitMinor };
}
