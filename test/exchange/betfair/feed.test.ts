import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  createMarketFeed,
  feedBooks,
  type Message,
  readMarketMessage,
} from "../../../src/exchange/betfair/stream/market-feed.js";
import { createOrderFeed, readOrderMessage } from "../../../src/exchange/betfair/stream/order-feed.js";
import { STREAM_CODES } from "../../../src/exchange/betfair/stream/status.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";

const DEFINITION = {
  bspMarket: false,
  turnInPlayEnabled: true,
  persistenceEnabled: true,
  marketBaseRate: 5,
  eventId: "1",
  eventTypeId: "1",
  numberOfWinners: 1,
  bettingType: "ODDS",
  marketType: "MATCH_ODDS",
  marketTime: "2026-03-07T15:00:00.000Z",
  bspReconciled: false,
  inPlay: false,
  betDelay: 0,
  status: "OPEN",
  version: 7,
  runners: [{ id: 11, sortPriority: 1, status: "ACTIVE" }],
};
const change = (id: string, told: object) => ({ id, ...told });
const image = (told: object = {}): Message => ({
  op: "mcm",
  ct: "SUB_IMAGE",
  pt: 1000,
  initialClk: "i",
  clk: "a",
  mc: [
    change("1.1", {
      img: true,
      marketDefinition: DEFINITION,
      rc: [
        {
          id: 11,
          atb: [
            [2, 10.5],
            [1.99, 4],
          ],
          atl: [[2.02, 3]],
          ltp: 2,
        },
      ],
    }),
  ],
  ...told,
});

// Cache rules: Betfair Exchange Stream API, "Building a price cache"; exchange.md section 4.
describe("a market feed", () => {
  it("makes books of images and deltas: sizes are absolute, 0 removes", () => {
    const feed = createMarketFeed();
    expect(readMarketMessage(feed, image())).toEqual(["1.1"]);
    readMarketMessage(feed, {
      op: "mcm",
      pt: 1500,
      clk: "b",
      mc: [
        change("1.1", {
          rc: [
            {
              id: 11,
              atb: [
                [2, 0],
                [1.98, 7],
              ],
            },
          ],
        }),
      ],
    });
    const [book] = feedBooks(feed, false);
    // CLASSIC: 1.99 is tick 98 (1.01 + 98 x 0.01), 1.98 is 97, 2.02 is 100, 2.00 is 99.
    expect(book).toMatchObject({
      marketId: "1.1",
      status: "OPEN",
      version: 7,
      pricedAt: 1500,
      unreliable: false,
      runners: [
        {
          selectionId: 11,
          toBack: [
            { tick: 98, sizeMinor: 400 },
            { tick: 97, sizeMinor: 700 },
          ],
          toLay: [{ tick: 100, sizeMinor: 300 }],
          lastTick: 99,
        },
      ],
    });
    expect([feed.initialClk, feed.clk]).toEqual(["i", "b"]);
  });

  it("shows displayed levels where the feed has them", () => {
    const feed = createMarketFeed();
    readMarketMessage(
      feed,
      image({
        mc: [
          change("1.1", {
            img: true,
            marketDefinition: DEFINITION,
            rc: [
              {
                id: 11,
                bdatb: [
                  [0, 2, 5],
                  [1, 1.99, 6],
                ],
                bdatl: [[0, 2.02, 0]],
              },
            ],
          }),
        ],
      }),
    );
    expect(feedBooks(feed, false)[0].runners[0]).toMatchObject({
      toBack: [
        { tick: 99, sizeMinor: 500 },
        { tick: 98, sizeMinor: 600 },
      ],
      toLay: [],
    });
  });

  it("is unreliable at 503, while it is broken, and until all segments are there", () => {
    const feed = createMarketFeed();
    const unreliable = (broken = false) => feedBooks(feed, broken)[0]?.unreliable;
    readMarketMessage(feed, image({ segmentType: "SEG_START", initialClk: "i1", clk: "c1" }));
    expect([unreliable(), feed.clk]).toEqual([true, null]);
    readMarketMessage(feed, image({ segmentType: "SEG", ct: "SUB_IMAGE", mc: [] }));
    readMarketMessage(feed, image({ segmentType: "SEG_END", initialClk: "i2", clk: "c2", mc: [] }));
    expect([unreliable(), unreliable(true), feed.clk]).toEqual([false, true, "c2"]);
    readMarketMessage(feed, { op: "mcm", ct: "HEARTBEAT", pt: 9000, clk: "c3", status: 503 });
    expect([unreliable(), feedBooks(feed, false)[0].pricedAt]).toEqual([true, 1000]);
    readMarketMessage(feed, { op: "mcm", ct: "HEARTBEAT", pt: 9500, clk: "c4" });
    expect([unreliable(), feedBooks(feed, false)[0].pricedAt]).toEqual([false, 9500]);
  });

  it("forgets what a new image does not have, and a book it could not bring up to date", () => {
    const feed = createMarketFeed();
    readMarketMessage(feed, image());
    readMarketMessage(feed, image({ mc: [change("1.2", { img: true, marketDefinition: DEFINITION })] }));
    expect([...feed.books.keys()]).toEqual(["1.2"]);
    readMarketMessage(feed, {
      op: "mcm",
      pt: 2000,
      mc: [change("1.2", { rc: [{ id: 11, atb: [[2.345, 1]] }] })],
    });
    expect([...feed.books.keys()]).toEqual([]);
    expect([...feed.refused]).toEqual([["bad-price", 1]]);
  });

  it("keeps the higher version of two copies of a market", () => {
    const feed = createMarketFeed();
    readMarketMessage(feed, image());
    readMarketMessage(feed, {
      op: "mcm",
      pt: 2000,
      mc: [change("1.1", { marketDefinition: { ...DEFINITION, version: 6, status: "SUSPENDED" } })],
    });
    expect(feedBooks(feed, false)[0]).toMatchObject({ version: 7, status: "OPEN" });
  });

  it("holds no more after ten thousand definitions than after two", () => {
    const feed = createMarketFeed();
    readMarketMessage(feed, image());
    for (let i = 0; i < 10_000; i++)
      readMarketMessage(feed, {
        op: "mcm",
        pt: 2000 + i,
        mc: [
          change("1.1", {
            marketDefinition: { ...DEFINITION, version: 8 + i },
            rc: [{ id: 11, atb: [[2, 1 + (i % 9)]] }],
          }),
        ],
      });
    const { recording } = feed.books.get("1.1")?.writer ?? {};
    expect(recording?.definitions).toHaveLength(1);
    expect(recording?.events.doubles.length).toBeLessThanOrEqual(256);
    expect(feedBooks(feed, false)[0].version).toBe(8 + 9999);
  });
});

describe.skipIf(!sharedAvailable)("the samples of the stream", () => {
  const sample = (path: string): Message[] => {
    const json: unknown = JSON.parse(readFileSync(sharedPath("data/betfair-api", path), "utf8"));
    return (Array.isArray(json) ? json : [json]) as Message[];
  };

  it.each([
    "nautilus_trader/streaming/streaming_market_updates.json",
    "nautilus_trader/streaming/streaming_mcm_live_IMAGE.json",
    "nautilus_trader/streaming/streaming_mcm_BSP.json",
    "betfair_parser/responses/streaming/mcm_market_definition_runner_removed.json",
    "betfairlightweight/streaming_mcm_RESUB_DELTA.json",
    "betfairlightweight/streaming_503.json",
  ])("%s is taken in whole", (path) => {
    const feed = createMarketFeed();
    for (const message of sample(path)) readMarketMessage(feed, message);
    expect([...feed.refused]).toEqual([]);
    for (const { runners } of feedBooks(feed, false))
      for (const { toBack } of runners)
        expect(toBack.every(({ tick }, i) => i === 0 || tick < toBack[i - 1].tick)).toBe(true);
  });

  it("a definition with a runner that has gone shows it as removed", () => {
    const feed = createMarketFeed();
    for (const message of sample(
      "betfair_parser/responses/streaming/mcm_market_definition_runner_removed.json",
    ))
      readMarketMessage(feed, message);
    expect(
      feedBooks(feed, false)[0].runners.filter(({ status }) => status === "REMOVED").length,
    ).toBeGreaterThan(0);
  });

  it.each([
    ["betfair_parser/responses/streaming/ocm_full_image.json", 4],
    ["betfair_parser/responses/streaming/ocm_filled.json", 1],
    ["betfair_parser/responses/streaming/ocm_multiple_fills.json", 3],
    ["betfair_parser/responses/streaming/ocm_cancel.json", 1],
    ["betfair_parser/responses/streaming/ocm_empty_image.json", 0],
  ])("%s has orders whose parts make their size", (path, least) => {
    const feed = createOrderFeed();
    const orders = sample(path).flatMap((message) => readOrderMessage(feed, message));
    expect(orders.length).toBeGreaterThanOrEqual(least);
    expect(feed.refused).toBe(0);
    for (const one of orders)
      expect(
        one.matchedMinor + one.remainingMinor + one.lapsedMinor + one.cancelledMinor + one.voidedMinor,
      ).toBe(one.sizeMinor);
  });

  it("every documented status code has an answer", () => {
    const text = readFileSync(sharedPath("docs/exchange.md"), "utf8");
    const listed = /Status errors: ([^.]*)\./.exec(text)?.[1].split(", ") ?? [];
    expect(listed).toHaveLength(14);
    expect(Object.keys(STREAM_CODES).sort()).toEqual(listed.sort());
  });
});
