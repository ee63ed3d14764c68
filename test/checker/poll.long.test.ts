import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { type Polled, pollDue } from "../../src/checker/poll.js";
import { surveyPolls } from "../../src/checker/survey.js";
import { DEFAULT_TIERS } from "../../src/checker/tier.js";
import { watchPrices } from "../../src/checker/watch.js";
import { dayOf } from "../../src/core/day.js";
import { createRng } from "../../src/core/rng.js";
import type { Fixture } from "../../src/domain/fixture.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { file, record } from "../support/records.js";
import { scratchFolder } from "../support/scratch.js";
import { priceServer, serverSource } from "./price-server.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const scratch = scratchFolder();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIXTURES = 1000;
const DAY = dayOf(2026, 3, 7);
const KICK_OFF = Date.UTC(2026, 2, 7, 15);

/** A thousand fixtures at one time, and a server of which one answer in twenty is a fault of some kind. */
async function thousand(name: string, budget: { requests: number; perMs: number } | null) {
  const time = { now: KICK_OFF - 20 * MINUTE };
  const clock = { now: () => time.now };
  const warehouse = openSqlite(scratch(name), { mode: "write", clock });
  const records = Array.from({ length: FIXTURES }, (_, i) =>
    record({ season: 2025, day: DAY, home: `Home ${i}`, away: `Away ${i}`, goals: null }),
  );
  await warehouse.writeFile(file(records, { raw: { receivedAt: time.now } }));
  const fixtures = await warehouse.fixtures({});
  const byId = new Map(fixtures.map((fixture): [string, Fixture] => [String(fixture.id), fixture]));
  const chance = createRng(42);
  const faults = { count: 0 };
  const server = await priceServer((request, _, response) => {
    const drawn = chance();
    if (drawn >= 0.05) return void response.end(String(2 + Number(request) / 1000));
    faults.count++;
    if (drawn < 0.02) return void response.writeHead(500).end();
    if (drawn < 0.04) return void response.writeHead(503, { "retry-after": "5" }).end();
    response.destroy();
  });
  const source = serverSource(server.url, warehouse, clock.now, { fixtures: byId, concurrency: 50, budget });
  const poll = async (request: string, signal: AbortSignal) =>
    source.poll(request, signal).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return { kind: "failed" as const, reason: String(error), retryAfterMs: null };
    });
  const checker = { warehouse, sources: [{ ...source, poll }], clock, tiers: DEFAULT_TIERS, days: 7 };
  return { time, warehouse, server, faults, checker };
}

describe("a thousand markets at once, with one answer of twenty a fault", () => {
  it("loses nothing: what failed is asked for again until it is there", async () => {
    const { checker, time, warehouse, server, faults } = await thousand("all.db", null);
    const done = new Set<string>();
    let polls = 0;
    for (let round = 0; round < 40 && done.size < FIXTURES; round++) {
      await pollDue(checker, await surveyPolls(checker), new AbortController().signal, (one: Polled) => {
        polls++;
        if (one.outcome.kind === "stored") done.add(one.request);
      });
      time.now += 20_000;
    }
    expect(done.size).toBe(FIXTURES);
    expect((await warehouse.counts()).prices).toBeGreaterThanOrEqual(FIXTURES);
    expect(faults.count).toBeGreaterThan(20);
    expect(server.asked).toHaveLength(polls);
    expect(server.busiest()).toBeLessThanOrEqual(50);
    expect(await warehouse.check()).toEqual([]);
    await warehouse.close();
  }, 240_000);

  it("keeps the budget", async () => {
    const { checker, time, warehouse, server } = await thousand("budget.db", { requests: 300, perMs: HOUR });
    for (let round = 0; round < 10; round++) {
      await pollDue(checker, await surveyPolls(checker), new AbortController().signal, () => {});
      time.now += MINUTE;
    }
    // Twenty to ten minutes before kick-off: the row of the last hour, 85% of 300.
    expect(server.asked).toHaveLength(255);
    await warehouse.close();
  });
});

describe("a watch of many rounds", () => {
  it("needs no more memory in the end than after its first third", async () => {
    const { checker, time, warehouse } = await thousand("flat.db", { requests: 40, perMs: MINUTE });
    const stop = new AbortController();
    const used: number[] = [];
    await watchPrices(checker, {
      signal: stop.signal,
      sleep: async (ms) => {
        time.now += ms;
        collect();
        used.push(process.memoryUsage().heapUsed);
        if (used.length === 60) stop.abort();
      },
      onPolled: () => {},
    });
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [early, late] = [mean(used.slice(20, 30)), mean(used.slice(-10))];
    // Forty polls a minute, some 2,400 in all; what is left after a collection is what is held.
    expect(late / early).toBeLessThan(1.1);
    await warehouse.close();
  });
});
