import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import {
  createMarketFeed,
  feedBooks,
  type Message,
  readMarketMessage,
} from "../../../src/exchange/betfair/stream/market-feed.js";
import { advance, createExchange } from "../../../src/exchange/practice/exchange.js";
import { madeUpFixtures } from "../../../src/exchange/practice/made-up-fixtures.js";
import { MINUTE } from "../../../src/exchange/practice/match-script.js";
import { NOON } from "./open.js";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

// 67 matches kick off within the first minutes, so that all 200 markets are suspended, turned in play and hit by goals.
it("two hundred markets on the stream for fifty minutes hold no more at the end than after ten minutes", () => {
  const fixtures = madeUpFixtures(67, NOON).map((fixture, i) => ({
    ...fixture,
    kickOff: NOON + 5 * MINUTE + i * 1000,
  }));
  const exchange = createExchange({ seed: 1, startsAt: NOON, fixtures, balanceMinor: 1e6 });
  const watched = new Set([...exchange.markets.keys()].slice(0, 200));
  const feed = createMarketFeed();
  let messages = 0;
  exchange.listeners.market = (market, change, pt) => {
    if (!watched.has(market.marketId)) return;
    messages += 1;
    // Over JSON, as it comes over the wire.
    readMarketMessage(
      feed,
      JSON.parse(JSON.stringify({ op: "mcm", pt, clk: String(messages), mc: [change] })) as Message,
    );
  };
  readMarketMessage(feed, { op: "mcm", ct: "SUB_IMAGE", pt: NOON, initialClk: "i", clk: "0" });
  const sizes: number[] = [];
  for (let minute = 1; minute <= 50; minute++) {
    advance(exchange, NOON + minute * MINUTE);
    if (minute % 20 === 10) sizes.push(heap());
  }
  expect(messages).toBeGreaterThan(90_000);
  expect([...feed.refused]).toEqual([]);
  expect(feedBooks(feed, false)).toHaveLength(200);
  // Prices that were not traded at before are the one thing kept: a ladder of them is 350 doubles at most, and both the
  // feed and the exchange have one for each of some 2.3 runners. 150,000 messages of a kilobyte would be far more.
  expect((sizes.at(-1) ?? 0) - sizes[0]).toBeLessThan(200 * 2.3 * 2 * 350 * 8 * 2);
}, 240_000);
