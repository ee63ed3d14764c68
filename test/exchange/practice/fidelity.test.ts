import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../src/core/rng.js";
import { decodeReply } from "../../../src/exchange/betfair/rpc.js";
import { createDesk } from "../../../src/exchange/practice/desk.js";
import { createExchange } from "../../../src/exchange/practice/exchange.js";
import { CALM } from "../../../src/exchange/practice/faults.js";
import { type Asked, createFront, type Fate } from "../../../src/exchange/practice/front.js";
import { madeUpFixtures } from "../../../src/exchange/practice/made-up-fixtures.js";
import type { PracticeClock } from "../../../src/exchange/practice/practice-clock.js";
import { createSessions } from "../../../src/exchange/practice/sessions.js";
import { createStreamLog } from "../../../src/exchange/practice/stream-log.js";
import { StreamSession } from "../../../src/exchange/practice/stream-session.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";
import { NOON } from "./open.js";
import { foreignTo, missingFrom, shapeOf } from "./shapes.js";

const ACCOUNT = { username: "u", password: "p", appKey: "k" };

/** The exchange and its front in one process, at a time that is set. */
function open() {
  const time = { now: NOON + 1000 };
  const clock: PracticeClock = { now: () => time.now, real: (ms) => ms, sleep: () => Promise.resolve() };
  const exchange = createExchange({
    seed: 7,
    startsAt: NOON,
    fixtures: madeUpFixtures(1, NOON),
    balanceMinor: 1e6,
  });
  const sessions = createSessions(ACCOUNT, clock);
  const journal = { append: () => {}, close: () => {} };
  const rng = createRng(1);
  const desk = createDesk({ exchange, clock, journal, rng, ...ACCOUNT, allErrors: false });
  const front = createFront({ desk, sessions, clock, journal, rates: CALM, rng });
  const asked = (path: string, body: string, token = ""): unknown => {
    const request: Asked = { path, body, token, appKey: ACCOUNT.appKey, certified: true };
    const fates: Fate[] = [];
    front.handle(request, (fate) => fates.push(fate));
    const [fate] = fates;
    return fate?.kind === "reply" ? JSON.parse(fate.body) : null;
  };
  const reply = asked("/api/certlogin", "username=u&password=p") as { sessionToken: string };
  const token = reply.sessionToken;
  const call = (operation: string, params: object, api = "betting", as = token): unknown => {
    const prefix = { betting: "SportsAPING", account: "AccountAPING", heartbeat: "HeartbeatAPING" }[api];
    const body = JSON.stringify({ jsonrpc: "2.0", method: `${prefix}/v1.0/${operation}`, params, id: 1 });
    return asked(`/exchange/${api}/json-rpc/v1`, body, as);
  };
  return { time, exchange, sessions, clock, rng, asked, call, token, desk };
}

const MARKET = "1.200000000";
const HOME = 5_000_000;

function instruction(ref: string, price: number, told: object = {}) {
  return {
    selectionId: HOME,
    handicap: 0,
    limitOrder: { size: 2, price, persistenceType: "LAPSE" },
    customerOrderRef: ref,
    orderType: "LIMIT",
    side: "BACK",
    ...told,
  };
}

function sample(path: string): unknown {
  const bytes = readFileSync(sharedPath("data/betfair-api", path));
  return JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}

/** Replies of the practice exchange by kind, each with the samples of the real one's. */
function replies(): Record<
  string,
  { readonly ours: readonly unknown[]; readonly samples: readonly string[] }
> {
  const { call, time, exchange } = open();
  const place = (ref: string, price: number) =>
    call("placeOrders", {
      marketId: MARKET,
      customerRef: `c${ref}`,
      customerStrategyRef: "s",
      instructions: [instruction(ref, price)],
    });
  const placed = place("a", 1000);
  const taken = place("b", 1.01);
  const failed = place("c", 2.01);
  const current = call("listCurrentOrders", {});
  const book = call("listMarketBook", {
    marketIds: [MARKET],
    priceProjection: { priceData: ["EX_BEST_OFFERS"] },
  });
  const projection = [
    "COMPETITION",
    "EVENT",
    "EVENT_TYPE",
    "MARKET_START_TIME",
    "MARKET_DESCRIPTION",
    "RUNNER_DESCRIPTION",
  ];
  const catalogue = call("listMarketCatalogue", { maxResults: 10, marketProjection: projection });
  const [first] = exchange.bets.keys();
  const updated = call("updateOrders", {
    marketId: MARKET,
    instructions: [{ betId: first, newPersistenceType: "PERSIST" }],
  });
  const cancelled = call("cancelOrders", {
    marketId: MARKET,
    customerRef: "x",
    instructions: [{ betId: first, sizeReduction: 1 }],
  });
  const replaced = call("replaceOrders", {
    marketId: MARKET,
    customerRef: "y",
    instructions: [{ betId: first, newPrice: 990 }],
  });
  const uncancelled = call("cancelOrders", {
    marketId: MARKET,
    customerRef: "z",
    instructions: [{ betId: "1", sizeReduction: 1 }],
  });
  const groups = Object.fromEntries(
    ["listEventTypes", "listCompetitions", "listEvents", "listMarketTypes"].map((name) => [
      name,
      call(name, { filter: {} }),
    ]),
  );
  const refused = call("getAccountFunds", {}, "account", "");
  const funds = call("getAccountFunds", {}, "account");
  const details = call("getAccountDetails", {}, "account");
  const heartbeat = call("heartbeat", { preferredTimeoutSeconds: 10 }, "heartbeat");
  call("heartbeat", { preferredTimeoutSeconds: 0 }, "heartbeat");
  time.now += 6 * 3_600_000;
  const cleared = call("listClearedOrders", { betStatus: "SETTLED" });
  const N = "nautilus_trader/responses/";
  const P = "betfair_parser/responses/";
  const L = "betfairlightweight/";
  return {
    placed: {
      ours: [placed, taken],
      samples: [`${N}betting_place_order_success.json`, `${N}betting_place_order_batch_success.json`],
    },
    failed: { ours: [failed], samples: [`${N}betting_place_order_error.json`] },
    current: {
      ours: [current],
      samples: [
        `${N}list_current_orders_executable.json`,
        `${N}list_current_orders_execution_complete.json`,
        `${N}list_current_orders_single.json`,
        `${L}list_current_orders.json`,
      ],
    },
    book: {
      ours: [book],
      samples: [`${P}betting/list_market_book_no_rollup.json`, `${L}list_market_book.json`],
    },
    catalogue: {
      ours: [catalogue],
      samples: [
        `${L}list_market_catalogue.json`,
        `${L}list_market_catalogue_no_ero.json`,
        `${P}betting/list_market_catalog.json.gz`,
        `${P}betting/list_market_catalog_bet_delay_models.json`,
      ],
    },
    updated: { ours: [updated], samples: [`${L}update_orders.json`] },
    cancelled: {
      ours: [cancelled],
      samples: [`${P}betting/cancel_orders_partly.json`, `${P}betting/cancel_orders_success.json`],
    },
    uncancelled: {
      ours: [uncancelled],
      samples: [
        `${P}betting/cancel_orders_failure.json`,
        `${N}betting_cancel_orders_error.json`,
        `${P}betting/cancel_orders_partly.json`,
        `${N}betting_cancel_orders_batch_partial_failure.json`,
      ],
    },
    replaced: {
      ours: [replaced],
      samples: [`${N}betting_replace_orders_success.json`, `${N}betting_replace_orders_success_multi.json`],
    },
    cleared: { ours: [cleared], samples: [`${N}list_cleared_orders.json`] },
    eventTypes: { ours: [groups.listEventTypes], samples: [`${L}list_event_types.json`] },
    competitions: { ours: [groups.listCompetitions], samples: [`${L}list_competitions.json`] },
    events: { ours: [groups.listEvents], samples: [`${L}list_events.json`] },
    marketTypes: { ours: [groups.listMarketTypes], samples: [`${L}list_market_types.json`] },
    refused: { ours: [refused], samples: [`${P}accounts/get_account_funds_error_no_appkey.json`] },
    funds: { ours: [funds], samples: [`${P}accounts/get_account_funds_with_exposure.json`] },
    details: { ours: [details], samples: [`${P}accounts/get_account_details.json`] },
    heartbeat: { ours: [heartbeat], samples: [`${P}heartbeat_success.json`] },
  };
}

/** What the samples have because they are of races, or because more was asked for. */
const OF_RACES: readonly string[] = [
  "result[].runners[].adjustmentFactor",
  "result[].runners[].orders",
  "result[].runners[].matches",
  "result[].event.venue",
];

describe.skipIf(!sharedAvailable)("replies have the shapes of the exchange's own", () => {
  const kinds = sharedAvailable ? replies() : {};

  it.each(Object.keys(kinds))("%s", (kind) => {
    const { ours, samples } = kinds[kind];
    const real = samples.map(sample);
    const shape = shapeOf(...ours);
    expect(foreignTo(shapeOf(...real), shape)).toEqual([]);
    expect(
      missingFrom(
        real.map((one) => shapeOf(one)),
        shape,
      ).filter((path) => !OF_RACES.includes(path)),
    ).toEqual([]);
  });
});

describe.skipIf(!sharedAvailable)("messages of the stream have the shapes of the exchange's own", () => {
  it("hello, status, images, deltas and heartbeats", () => {
    const { exchange, sessions, clock, rng, token, time, call, desk } = open();
    desk.tick();
    const sent: Record<string, unknown>[] = [];
    const wire = {
      send: (message: object) => void sent.push({ ...message }),
      end: () => {},
      freeze: () => {},
    };
    const log = createStreamLog(exchange);
    const session = new StreamSession(
      { exchange, sessions, log, clock, rates: CALM, rng, onShown: () => {} },
      wire,
      "1",
    );
    const say = (message: object) => session.receive(JSON.stringify(message));
    say({ op: "authentication", id: 1, appKey: ACCOUNT.appKey, session: token });
    call("placeOrders", { marketId: MARKET, customerRef: "c", instructions: [instruction("o", 1000)] });
    say({ op: "marketSubscription", id: 2, marketFilter: { marketIds: [MARKET] } });
    say({ op: "orderSubscription", id: 3 });
    time.now += 60_000;
    desk.tick();
    call("placeOrders", { marketId: MARKET, customerRef: "d", instructions: [instruction("p", 1.01)] });
    say({ op: "nonsense", id: 4 });
    session.close();
    const P = "betfair_parser/responses/streaming/";
    const N = "nautilus_trader/streaming/";
    const of = (test: (message: Record<string, unknown>) => boolean) => sent.filter(test);
    const check = (ours: readonly unknown[], paths: readonly string[]): void => {
      expect(ours.length).toBeGreaterThan(0);
      const real = paths.map(sample).flatMap((one) => (Array.isArray(one) ? one : [one]));
      expect(foreignTo(shapeOf(...real), shapeOf(...ours))).toEqual([]);
    };
    check(
      of(({ op }) => op === "connection"),
      [`${P}connection.json`],
    );
    check(
      of(({ statusCode }) => statusCode === "FAILURE"),
      [`${P}status_error_alt.json`],
    );
    check(
      of(({ op }) => op === "mcm"),
      [
        `${P}mcm_sub_image.json`,
        `${P}mcm_live_image.json`,
        `${P}mcm_resub_delta.json`,
        `${N}streaming_mcm_BSP.json`,
        `${P}mcm_market_updates.json`,
      ],
    );
    check(
      of(({ op }) => op === "ocm"),
      [
        `${P}ocm_full_image.json`,
        `${P}ocm_new_full_image.json`,
        `${P}ocm_update.json`,
        `${P}ocm_filled.json`,
        `${P}ocm_full_image_strategy.json`,
      ],
    );
  });
});

describe.skipIf(!sharedAvailable)("the client", () => {
  it.each([
    ["betfair_parser/responses/accounts/get_account_funds_error_no_appkey.json", "error", "NO_APP_KEY"],
    ["nautilus_trader/responses/account_funds_error.json", "error", "-32602"],
    ["betfair-go-client/accounts.errorAccountsResponse.json", "error", "INVALID_SESSION_INFORMATION"],
    ["betfair-go-client/betting.errorBettingResponse.json", "silence", "DSC-0018"],
  ])("reads %s as %s %s", (path, kind, code) => {
    expect(decodeReply({ kind: "reply", status: 200, body: JSON.stringify(sample(path)) }, 1)).toMatchObject({
      kind,
      code,
    });
  });
});
