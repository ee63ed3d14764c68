import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRng } from "../src/core/rng.js";
import { BETFAIR } from "../src/exchange/betfair/profile.js";
import { NO_SESSION, sessionMemory } from "../src/exchange/betfair/session-file.js";
import { undiciTransport } from "../src/exchange/betfair/undici-transport.js";
import { betfairVenue } from "../src/exchange/betfair/venue.js";
import {
  createAuthority,
  createServer as createServerCertificate,
} from "../src/exchange/practice/certificate.js";
import { advance, apply, createExchange } from "../src/exchange/practice/exchange.js";
import { CALM, STORM } from "../src/exchange/practice/faults.js";
import { madeUpFixtures } from "../src/exchange/practice/made-up-fixtures.js";
import { openPracticeVenue } from "../src/exchange/practice/open-venue.js";
import { serve } from "../src/exchange/practice/serve.js";
import type { PlaceRequest, Venue, VenueBook } from "../src/exchange/venue.js";

export const name = "practice exchange and client: start, placeOrders, a storm, from decision to wire";

/** 2026-03-07T12:00:00Z */
const NOON = Date.UTC(2026, 2, 7, 12);
const ORDERS = 4000;
const STORM_INTENTS = 10_000;
const LANES = 16;

type Line = { label: string; ratio: number; unit?: string };

export async function run(): Promise<readonly Line[]> {
  return [...matching(), ...(await served()), ...(await stormed())];
}

/** Orders applied without a network. */
function matching(): Line[] {
  const exchange = createExchange({
    seed: 1,
    startsAt: NOON,
    fixtures: madeUpFixtures(10, NOON),
    balanceMinor: 1e9,
  });
  advance(exchange, NOON);
  const markets = [...exchange.markets.values()];
  const before = process.cpuUsage();
  for (let i = 0; i < ORDERS; i++) {
    const { marketId, runnerIds } = markets[i % markets.length];
    const limitOrder = { size: 2, price: 1.01, persistenceType: "LAPSE" };
    apply(
      exchange,
      {
        kind: "place",
        at: NOON + i,
        marketId,
        customerRef: `c${i}`,
        strategyRef: "",
        version: null,
        hiddenMs: 0,
        seen: null,
        instructions: [
          {
            orderType: "LIMIT",
            selectionId: runnerIds[0],
            side: "BACK",
            customerOrderRef: `o${i}`,
            limitOrder,
          },
        ],
      },
      () => {},
    );
  }
  const { user, system } = process.cpuUsage(before);
  return [
    {
      label: `orders applied, ${ORDERS} in 30 markets`,
      ratio: (user + system) / ORDERS,
      unit: "us of CPU each",
    },
  ];
}

async function served(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "statistico-bench-"));
  const startedAt = performance.now();
  const running = await serve(options(folder, 1));
  const startMs = performance.now() - startedAt;
  const { venue } = openPracticeVenue(folder);
  const books = await allBooks(venue);
  const cpu = process.cpuUsage();
  const placedAt = performance.now();
  await inLanes(ORDERS, (i) => venue.place(requestOf(books[i % books.length], i)));
  const seconds = (performance.now() - placedAt) / 1000;
  const used = process.cpuUsage(cpu);
  const cpuSeconds = (used.user + used.system) / 1e6;
  const wire = await wireTimes(requestOf(books[0], 0));
  await venue.close();
  await running.close();
  rmSync(folder, { recursive: true });
  return [
    { label: "start, keys and certificates included", ratio: startMs, unit: "ms" },
    {
      label: `placeOrders over TLS, ${LANES} at once, client in the same process`,
      ratio: ORDERS / seconds,
      unit: "a second",
    },
    {
      label: "the same by the second of CPU, both sides together",
      ratio: ORDERS / cpuSeconds,
      unit: "a second",
    },
    { label: "decision to request at a loopback TLS server, median", ratio: wire, unit: "ms" },
  ];
}

/** From `place` being called to a server on this machine having the request's headers: client, TLS and loopback. */
async function wireTimes(request: PlaceRequest): Promise<number> {
  const authority = createAuthority(Date.now());
  const certified = createServerCertificate(authority, Date.now());
  let heard = 0;
  const server = createServer({ cert: certified.cert, key: certified.key }, (_, response) => {
    heard = performance.now();
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `https://localhost:${(server.address() as AddressInfo).port}`;
  const profile = { ...BETFAIR, identity: base, identityCert: base, api: base, authority: authority.cert };
  const store = sessionMemory();
  store.write({ ...NO_SESSION, token: "t", renewedAt: Date.now() });
  const venue = betfairVenue({
    profile,
    credentials: { username: "u", password: "p", appKey: "k", certificate: null, changedAt: 0 },
    store,
    transport: undiciTransport({
      origins: [base],
      authority: authority.cert,
      certificate: null,
      certOrigin: base,
    }),
    clock: { now: () => Date.now() },
    sleep: () => Promise.resolve(),
    rng: createRng(1),
  });
  const times: number[] = [];
  for (let i = 0; i < 400; i++) {
    const from = performance.now();
    await venue.place(request);
    times.push(heard - from);
  }
  await venue.close();
  server.close();
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** Ten thousand intents under `--faults storm`, each sent once: what it takes to send and settle them all. */
async function stormed(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "statistico-bench-"));
  const running = await serve({ ...options(folder, 20), rates: STORM });
  const { venue } = openPracticeVenue(folder);
  const books = await allBooks(venue);
  const from = performance.now();
  await inLanes(STORM_INTENTS, (i) => venue.place(requestOf(books[i % books.length], i)));
  const seconds = (performance.now() - from) / 1000;
  await venue.close();
  await running.close();
  rmSync(folder, { recursive: true });
  return [{ label: `a storm of ${STORM_INTENTS} orders`, ratio: seconds, unit: "s" }];
}

function options(folder: string, speed: number) {
  const exchange = {
    seed: 1,
    startsAt: NOON,
    fixtures: madeUpFixtures(10, NOON + 3_600_000),
    balanceMinor: 1e9,
  };
  const wall = Date.now();
  return {
    folder,
    exchange,
    pacing: { wall, from: NOON, speed },
    rates: CALM,
    allErrors: false,
    port: 0,
    wall,
  };
}

/** Asked for again until a fault lets it through. */
async function allBooks(venue: Venue): Promise<readonly VenueBook[]> {
  for (;;) {
    const markets = await venue.catalogue({ marketTypes: ["MATCH_ODDS"], from: NOON, to: NOON + 86_400_000 });
    const answer =
      markets.kind === "ok" ? await venue.books(markets.value.map(({ marketId }) => marketId)) : markets;
    if (answer.kind === "ok" && answer.value.length > 0) return answer.value as readonly VenueBook[];
  }
}

function requestOf(book: VenueBook, i: number): PlaceRequest {
  const { selectionId } = book.runners[0];
  const order = {
    orderRef: `o${i}`,
    selectionId,
    handicap: 0,
    side: "back",
    tick: 0,
    sizeMinor: 200,
    persistence: "lapse",
    fillOrKill: false,
  } as const;
  return {
    marketId: book.marketId,
    ladder: book.ladder,
    customerRef: `c${i}`,
    strategyRef: "bench",
    marketVersion: null,
    orders: [order],
  };
}

async function inLanes(count: number, task: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
