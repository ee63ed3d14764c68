import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../../src/core/rng.js";
import { openArchive } from "../../../src/ingest/archive.js";
import { readAhead } from "../../../src/ingest/downloads.js";
import { ingestFiles } from "../../../src/ingest/ingest.js";
import { readerOf } from "../../../src/ingest/readers.js";
import { feedInputs } from "../../../src/ingest/sources/feed-inputs.js";
import { feedByName } from "../../../src/ingest/sources/feeds.js";
import { createFetcher } from "../../../src/ingest/sources/http.js";
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { scratchFolder } from "../../support/scratch.js";

const MARKETS = 1000;
const FAULTS = 0.05;
const BUDGET = 1100;
const DAY_MS = 86_400_000;
const scratch = scratchFolder();
const random = createRng(42);
const seen = { requests: 0, faults: 0, now: 0, most: 0 };

/** Five faults of a hundred: an error, a limit, a connection that breaks before the answer or in its middle. */
const FAULT: readonly ((response: ServerResponse) => void)[] = [
  (response) => void response.writeHead(500).end(),
  (response) => void response.writeHead(429, { "retry-after": "1" }).end(),
  (response) => void response.destroy(),
  (response) => {
    response.writeHead(200, { "content-length": "4000" }).write('[{"id":');
    response.destroy();
  },
];

/** One event with three prices and filling, 30 kB: what a market with many books weighs. */
function market(nth: number): string {
  const word = (part: number): string => Math.floor(createRng(nth, part)() * 1e15).toString(36);
  const [home, away] = [word(1), word(2)];
  const outcomes = [home, away, "Draw"].map((name, at) => ({ name, price: 2 + at }));
  const bookmakers = [{ key: "bet365", title: "Bet365", markets: [{ key: "h2h", outcomes }] }];
  const event = { id: `e${nth}`, sport_key: "soccer_epl", commence_time: "2030-03-30T12:30:00Z" };
  return JSON.stringify([
    { ...event, home_team: home, away_team: away, bookmakers, filling: "x".repeat(30_000) },
  ]);
}

const server = createServer(async (request, response) => {
  seen.requests++;
  seen.most = Math.max(seen.most, ++seen.now);
  await setTimeout(5);
  seen.now--;
  if (random() < FAULTS) {
    const fault = FAULT[seen.faults++ % FAULT.length];
    fault?.(response);
  } else response.end(market(Number(request.url?.slice(1))));
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** What the program holds once the garbage is out. */
function heldMegabytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 1e6);
}

describe("a thousand markets", () => {
  it("polled from a server with 5% faults are all there, within the budget, in level memory", async () => {
    const source = feedByName("the-odds-api");
    const reader = readerOf("the-odds-api");
    if (!source?.asking || !reader) return expect.unreachable();
    const clock = { now: () => Date.now() };
    const warehouse = openSqlite(scratch("poll.db"), { mode: "write", clock });
    const archive = openArchive(scratch("raw"));
    const fetcher = createFetcher({
      folder: scratch("raw"),
      userAgent: "statistico/test",
      clock,
      random: createRng(7),
      // A hundredth of the patience: what is waited for is tested elsewhere.
      sleep: async (ms) => setTimeout(ms / 100),
      pauseMs: 0,
      spend: (cost) =>
        warehouse.spendRequests({
          source: "the-odds-api",
          at: clock.now(),
          cost,
          limits: [{ windowMs: 365 * DAY_MS, most: BUDGET }],
        }),
    });
    const { port } = server.address() as AddressInfo;
    const requests = Array.from({ length: MARKETS }, (_, nth) => ({
      url: `http://127.0.0.1:${port}/${nth}`,
      about: `market ${nth}`,
      cost: 1,
      finalAfter: Number.POSITIVE_INFINITY,
    }));
    const held: number[] = [];
    const inputs = readAhead(feedInputs(source.asking, requests, fetcher, archive), 32);
    const report = await ingestFiles(
      inputs,
      {},
      {
        warehouse,
        archive,
        aliases: [],
        clock,
        reader,
        onFile: (_, done) => {
          if (done % 100 === 0) held.push(heldMegabytes());
        },
      },
    );
    const counts = await warehouse.counts();
    await warehouse.close();
    console.info(
      `markets=${MARKETS} stored=${counts.fixtures} prices=${counts.prices} requests=${seen.requests} budget=${BUDGET} faults=${seen.faults} atOnce=${seen.most} heldMB=${held.join(",")}`,
    );
    expect(report.refused.map(({ error }) => error.message)).toEqual([]);
    expect({ fixtures: counts.fixtures, prices: counts.prices }).toEqual({
      fixtures: MARKETS,
      prices: 3 * MARKETS,
    });
    expect(seen.requests).toBe(MARKETS + seen.faults);
    expect(seen.requests).toBeLessThanOrEqual(BUDGET);
    expect(seen.most).toBeGreaterThan(8);
    // 30 MB came in; from the second hundred on, what is held does not follow it.
    expect((held.at(-1) ?? 0) - (held[2] ?? 0)).toBeLessThan(8);
  }, 120_000);
});
