import { describe, expect, it } from "vitest";
import { createRng } from "../../../src/core/rng.js";
import { BETFAIR } from "../../../src/exchange/betfair/profile.js";
import { NO_SESSION, sessionMemory } from "../../../src/exchange/betfair/session-file.js";
import type { HttpReply } from "../../../src/exchange/betfair/transport.js";
import { betfairVenue } from "../../../src/exchange/betfair/venue.js";

const NOW = Date.UTC(2026, 2, 7, 12);
const CREDENTIALS = { username: "u", password: "p", appKey: "k", certificate: null, changedAt: 0 };

/** A venue whose server is written down: a result by operation, and what its clock says. */
function venue(results: Readonly<Record<string, unknown>>, date: number | null) {
  const store = sessionMemory();
  store.write({ ...NO_SESSION, token: "t", renewedAt: NOW });
  const sent: string[] = [];
  return {
    sent,
    venue: betfairVenue({
      profile: BETFAIR,
      credentials: CREDENTIALS,
      store,
      transport: {
        async send({ body }): Promise<HttpReply> {
          const { method, id } = JSON.parse(body) as { method: string; id: number };
          sent.push(method);
          const result = results[method.replace(/.*\//, "")];
          return { kind: "reply", status: 200, body: JSON.stringify({ jsonrpc: "2.0", result, id }), date };
        },
        close: () => Promise.resolve(),
      },
      clock: { now: () => NOW },
      sleep: () => Promise.resolve(),
      rng: createRng(1),
    }),
  };
}

const ORDERS = { currentOrders: [], moreAvailable: false };
const CATALOGUE = [
  { marketId: "1.2", description: { priceLadderDescription: { type: "CLASSIC" }, marketBaseRate: 5 } },
];
const BOOKS = [
  { marketId: "1.2", status: "OPEN", version: 1, betDelay: 0, isMarketDataDelayed: false, runners: [] },
];

describe("the venue's time", () => {
  it("is that of its server's clock, the half of a second that HTTP does not tell", async () => {
    const { venue: ahead } = venue({ listCurrentOrders: ORDERS }, NOW + 7000);
    expect(await ahead.currentOrders({})).toMatchObject({ kind: "ok", at: NOW + 7500 });
    const { venue: silent } = venue({ listCurrentOrders: ORDERS }, null);
    expect(await silent.currentOrders({})).toMatchObject({ kind: "ok", at: NOW });
  });

  it("dates books, too, so that a clock that is off makes no price younger", async () => {
    const { venue: ahead } = venue({ listMarketCatalogue: CATALOGUE, listMarketBook: BOOKS }, NOW + 7000);
    expect(await ahead.books(["1.2"])).toMatchObject({ at: NOW + 7500, value: [{ pricedAt: NOW + 7500 }] });
  });
});

describe("real money", () => {
  const DETAILS = { currencyCode: "GBP", discountRate: 10 };
  const keys = (delayData: boolean) => [
    {
      appVersions: [
        { applicationKey: "k", delayData },
        { applicationKey: "other", delayData: true },
      ],
    },
  ];
  const open = (delayData: boolean) =>
    venue({ getAccountDetails: DETAILS, getDeveloperAppKeys: keys(delayData) }, null).venue.open();

  it("is refused to a key that sees delayed prices", async () => {
    expect(await open(true)).toMatchObject({ kind: "refused", code: "DELAYED_APP_KEY" });
    expect(await open(false)).toMatchObject({
      kind: "ok",
      value: { name: "u", currency: "GBP", discount: 0.1 },
    });
  });

  it("is not bet on books that say they are delayed", async () => {
    const { venue: one } = venue(
      { listMarketCatalogue: CATALOGUE, listMarketBook: [{ ...BOOKS[0], isMarketDataDelayed: true }] },
      null,
    );
    expect(await one.books(["1.2"])).toMatchObject({ value: [{ unreliable: true }] });
  });

  it("is asked about in pages until there are no more, and not for ever", async () => {
    const { venue: one } = venue({ listCurrentOrders: { currentOrders: [], moreAvailable: true } }, null);
    expect(await one.currentOrders({})).toMatchObject({ kind: "failed", code: "EMPTY_PAGE" });
    const refs = Array.from({ length: 501 }, (_, i) => `r${i}`);
    const { venue: two, sent } = venue({ listCurrentOrders: ORDERS }, null);
    await two.currentOrders({ orderRefs: refs });
    expect(sent).toHaveLength(3);
  });
});
