import { copyFileSync } from "node:fs";
import Database from "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import { type Polled, pollDue } from "../../src/checker/poll.js";
import type { PollSource } from "../../src/checker/source.js";
import { type Checker, surveyPolls } from "../../src/checker/survey.js";
import { DEFAULT_TIERS } from "../../src/checker/tier.js";
import { watchPrices } from "../../src/checker/watch.js";
import { dayOf } from "../../src/core/day.js";
import type { Fixture } from "../../src/domain/fixture.js";
import type { Warehouse } from "../../src/warehouse/port.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { CLUBS, file, record } from "../support/records.js";
import { scratchFolder } from "../support/scratch.js";
import { type PriceServer, priceServer, serverSource } from "./price-server.js";

const scratch = scratchFolder();
const MINUTE = 60_000;
/** Saturday 7 March 2026, 15:00 in London. */
const DAY = dayOf(2026, 3, 7);
const KICK_OFF = Date.UTC(2026, 2, 7, 15);

interface Place {
  readonly path: string;
  readonly checker: Checker;
  readonly warehouse: Warehouse;
  readonly server: PriceServer;
  readonly ids: readonly number[];
  /** Poll what is due at an instant. */
  at(now: number): Promise<readonly Polled[]>;
}

let databases = 0;

// An empty database is made once and copied for each test.
beforeAll(() => openSqlite(scratch("empty.db"), { mode: "write", clock: { now: () => 0 } }).close());

/** Six fixtures at one time, a server that has their prices, a clock that stands where it is put. */
async function place(
  answer: Parameters<typeof priceServer>[0],
  told: Partial<PollSource> = {},
): Promise<Place> {
  const time = { now: KICK_OFF - 24 * 60 * MINUTE };
  const clock = { now: () => time.now };
  const path = scratch(`${databases++}.db`);
  copyFileSync(scratch("empty.db"), path);
  const warehouse = openSqlite(path, { mode: "write", clock, busyTimeoutMs: 50 });
  const pairs = CLUBS.slice(0, 6).map((home, i) => [home, CLUBS[i + 6] ?? ""] as const);
  const records = pairs.map(([home, away]) => record({ season: 2025, day: DAY, home, away, goals: null }));
  await warehouse.writeFile(file(records, { raw: { receivedAt: time.now } }));
  const fixtures = await warehouse.fixtures({});
  const byId = new Map(fixtures.map((fixture): [string, Fixture] => [String(fixture.id), fixture]));
  const server = await priceServer(answer);
  const source = serverSource(server.url, warehouse, clock.now, { ...told, fixtures: byId });
  const checker = { warehouse, sources: [source], clock, tiers: DEFAULT_TIERS, days: 7 };
  const at = async (now: number): Promise<readonly Polled[]> => {
    time.now = now;
    const polled: Polled[] = [];
    await pollDue(checker, await surveyPolls(checker), new AbortController().signal, (one) =>
      polled.push(one),
    );
    return polled;
  };
  return { path, checker, warehouse, server, ids: fixtures.map(({ id }) => id), at };
}

describe("polling what is due", () => {
  it("stores what the sources say, once an interval", async () => {
    const { at, warehouse, server } = await place((_, nth, response) => response.end(String(2 + nth / 100)));
    expect(await at(KICK_OFF - 24 * 60 * MINUTE)).toHaveLength(6);
    expect(await at(KICK_OFF - 23 * 60 * MINUTE)).toEqual([]);
    expect(await at(KICK_OFF - 18 * 60 * MINUTE)).toHaveLength(6);
    expect(server.asked).toHaveLength(12);
    const ticks = await warehouse.prices({});
    expect(ticks).toHaveLength(12);
    expect(ticks.every(({ moment }) => moment === "tick")).toBe(true);
  });

  it("goes on when one of them fails, and asks that one again sooner", async () => {
    const bad = { request: "" };
    const { at, ids } = await place((request, _, response) => {
      if (request === bad.request) response.writeHead(500);
      response.end("2.5");
    });
    bad.request = String(ids[2]);
    const first = await at(KICK_OFF - 24 * 60 * MINUTE);
    const failed = first.filter(({ outcome }) => outcome.kind === "failed");
    expect(first).toHaveLength(6);
    expect(failed.map(({ request, outcome }) => [request, outcome])).toEqual([
      [bad.request, { kind: "failed", reason: "HTTP 500", retryAfterMs: null }],
    ]);
    // 30 s times 0.5 to 1.5 after the first failure: not yet after 14 s, by all means after 46.
    expect(await at(KICK_OFF - 24 * 60 * MINUTE + 14_000)).toEqual([]);
    bad.request = "";
    const second = await at(KICK_OFF - 24 * 60 * MINUTE + 46_000);
    expect(second.map(({ outcome }) => outcome.kind)).toEqual(["stored"]);
    expect(await at(KICK_OFF - 23 * 60 * MINUTE)).toEqual([]);
  });

  it("waits as long as the server says", async () => {
    const { at } = await place((_, nth, response) => {
      if (nth <= 6) response.writeHead(429, { "retry-after": "1800" });
      response.end("2.5");
    });
    await at(KICK_OFF - 24 * 60 * MINUTE);
    expect(await at(KICK_OFF - 24 * 60 * MINUTE + 29 * MINUTE)).toEqual([]);
    expect(await at(KICK_OFF - 24 * 60 * MINUTE + 30 * MINUTE)).toHaveLength(6);
  });

  it("asks no more at once, and no more in all, than the source allows", async () => {
    const { at, server } = await place((_, __, response) => void setTimeout(() => response.end("2.5"), 5), {
      concurrency: 2,
      budget: { requests: 4, perMs: 60 * MINUTE },
    });
    // Of four requests an hour, half are for fixtures that are days away.
    expect(await at(KICK_OFF - 24 * 60 * MINUTE)).toHaveLength(2);
    expect(server.busiest()).toBe(2);
    expect(await at(KICK_OFF - 24 * 60 * MINUTE + 30 * MINUTE)).toEqual([]);
    expect(await at(KICK_OFF - 24 * 60 * MINUTE + 60 * MINUTE)).toHaveLength(2);
    expect(await at(KICK_OFF - 5 * MINUTE)).toHaveLength(4);
    expect(server.asked).toHaveLength(8);
  });

  it("keeps a failure of a process that died while it asked", async () => {
    const { checker, warehouse, at, ids } = await place((_, __, response) => response.end("2.5"));
    const request = String(ids[0]);
    await warehouse.beginPoll({ source: "server", request, at: KICK_OFF - 24 * 60 * MINUTE });
    const planned = await surveyPolls(checker);
    expect(planned.find((poll) => poll.request === request)).toMatchObject({ failures: 1, state: "waiting" });
    expect(await at(KICK_OFF - 24 * 60 * MINUTE + 46_000)).toHaveLength(6);
  });

  it("lets a bug through", async () => {
    const { at } = await place((_, __, response) => response.end("2.5"), {
      poll: () => Promise.reject(new TypeError("not a function")),
    });
    await expect(at(KICK_OFF - 60 * MINUTE)).rejects.toThrow(TypeError);
  });
});

describe("watching", () => {
  it("sleeps until something is due and ends in good order when told to", async () => {
    const { checker, server } = await place((_, __, response) => response.end("2.5"));
    const stop = new AbortController();
    const time = { now: KICK_OFF - 12 * MINUTE };
    const naps: number[] = [];
    await watchPrices(
      { ...checker, clock: { now: () => time.now } },
      {
        signal: stop.signal,
        sleep: async (ms) => {
          naps.push(ms);
          time.now += ms;
          if (time.now >= KICK_OFF - 9 * MINUTE) stop.abort();
        },
        onPolled: () => {},
      },
    );
    // Polled at -12 min and from -10 min on every 30 s; between, looks once a minute.
    expect(naps).toEqual([MINUTE, MINUTE, MINUTE / 2, MINUTE / 2]);
    expect(server.asked).toHaveLength(6 * 3);
  });

  it("goes on when another process kept the database for too long", async () => {
    const { checker, path, server } = await place((_, __, response) => response.end("2.5"));
    const other = new Database(path);
    const stop = new AbortController();
    const time = { now: KICK_OFF - 24 * 60 * MINUTE };
    const troubles: string[] = [];
    const steps = [
      () => void other.exec("BEGIN IMMEDIATE"),
      () => void other.exec("ROLLBACK"),
      () => stop.abort(),
    ];
    await watchPrices(
      { ...checker, clock: { now: () => time.now } },
      {
        signal: stop.signal,
        sleep: async () => {
          time.now += 6 * 60 * MINUTE;
          steps.shift()?.();
        },
        onPolled: () => {},
        onTrouble: ({ message }) => troubles.push(message),
      },
    );
    other.close();
    expect(troubles).toEqual([expect.stringContaining("locked by another process")]);
    // Six before, none while it was locked, six after.
    expect(server.asked).toHaveLength(12);
  });

  it("ends at once when it is told to while a request is under way", async () => {
    const { checker } = await place(() => {});
    const stop = new AbortController();
    const polled: Polled[] = [];
    const watching = watchPrices(checker, {
      signal: stop.signal,
      sleep: () => Promise.reject(new Error("nothing to wait for")),
      onPolled: (one) => polled.push(one),
    });
    setTimeout(() => stop.abort(), 50);
    await watching;
    expect(polled.length).toBe(4);
    expect(polled.map(({ outcome }) => outcome)).toContainEqual({
      kind: "failed",
      reason: "interrupted",
      retryAfterMs: null,
    });
  });
});
