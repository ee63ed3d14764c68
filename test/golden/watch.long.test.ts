import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/core/day.js";
import { workplace } from "./binary.js";

const place = workplace();
/** What the server says Bet365 gives for the home side; nothing at all while it is null. */
const offered: { price: string | null } = { price: "2.10" };
let asked = 0;
const server = createServer((request, response) => {
  if (request.url !== "/fixtures.csv") return void response.writeHead(404).end();
  asked++;
  if (offered.price === null) return;
  response.end(csv(offered.price));
});
let url = "";

/** A fixtures file with one match, the day after tomorrow at 15:00. */
function csv(price: string): string {
  const [year, month, day] = new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10).split("-");
  return `Div,Date,Time,HomeTeam,AwayTeam,B365H,B365D,B365A\nE0,${day}/${month}/${year},15:00,Arsenal,Burnley,${price},3.40,3.60\n`;
}

const watch = (...args: string[]) =>
  place.run(["odds", ...args], { env: { STATISTICO_FOOTBALL_DATA_URL: url } });

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(place.path("fixtures.csv"), csv("2.00"));
  expect((await place.run(["ingest", "fixtures", "--from", place.path("fixtures.csv"), "-q"])).code).toBe(0);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("odds watch", () => {
  it("asks for what the plan calls due, once, and stores it", async () => {
    const plan = JSON.parse((await watch("plan", "--json")).stdout) as { polls: Record<string, unknown>[] };
    expect(plan.polls).toMatchObject([
      { source: "football-data", request: `${url}/fixtures.csv`, state: "due", tier: "days", lastPoll: null },
    ]);
    const first = await watch("watch", "--once", "--json");
    expect(JSON.parse(first.stdout)).toMatchObject({
      schema: "statistico/odds-watch@1",
      sources: [{ source: "football-data", requests: 1, stored: 1, failed: 0, prices: 1 }],
    });
    const again = await watch("watch", "--once", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ sources: [{ requests: 0 }] });
    expect(asked).toBe(1);
    const waiting = JSON.parse((await watch("plan", "--json")).stdout) as { polls: { state: string }[] };
    expect(waiting.polls.map(({ state }) => state)).toEqual(["waiting"]);
    const { stdout } = await place.run(["odds", "history", "--fixture", "1", "--json"]);
    const { prices } = JSON.parse(stdout) as { prices: { runner: string; price: number }[] };
    expect(prices.filter(({ runner }) => runner === "HOME").map(({ price }) => price)).toEqual([2, 2.1]);
  });

  it("lets one instance run, refuses the next with 75, and ends in good order at a signal", async () => {
    const at = "long";
    await place.run(["ingest", "fixtures", "--from", place.path("fixtures.csv"), "-q"], { at });
    offered.price = null;
    const env = { STATISTICO_FOOTBALL_DATA_URL: url };
    const before = asked;
    let stop = (): void => {};
    const long = place.run(["odds", "watch"], {
      at,
      env,
      started: (kill) => {
        stop = () => kill("SIGTERM");
      },
    });
    while (asked === before) await new Promise((resolve) => setTimeout(resolve, 10));
    const second = await place.run(["odds", "watch", "--once"], { at, env });
    stop();
    const ended = await long;
    expect(second.code).toBe(75);
    expect(second.stderr).toMatch(/another instance holds the lock: .*: odds watch, pid \d+, since /);
    expect({ code: ended.code, signal: ended.signal }).toEqual({ code: 143, signal: null });
    expect(ended.stderr).toContain("1 requests: 0 new prices, 1 failed");
    offered.price = "2.20";
    // What was cut short counts as a failure and is asked for again within a minute; the lock is free.
    expect((await place.run(["odds", "watch", "--once"], { at, env })).code).toBe(0);
  });
});

describe("events tail", () => {
  it("tells a reader what it has not seen, once", async () => {
    const read = async () => (await place.run(["events", "tail", "--consumer", "relay", "--jsonl"])).stdout;
    const told = (await read()).trimEnd().split("\n");
    expect(told.map((text) => (JSON.parse(text) as { type: string }).type)).toEqual([
      "prices.stored",
      "file.ingested",
      "prices.stored",
      "file.ingested",
    ]);
    expect(await read()).toBe("");
    const { stdout } = await place.run(["events", "consumers", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      lastEvent: 4,
      consumers: [{ name: "relay", cursor: 4, behind: 0 }],
    });
  });
});

describe("events export", () => {
  it("leaves the same files however often it is repeated, and nothing private in the public ones", async () => {
    const run = (...args: string[]) => place.run(["events", "export", "--out", "feed", "--public", ...args]);
    const file = place.path("feed/events-00000.jsonl");
    expect((await run()).code).toBe(0);
    const first = readFileSync(file, "utf8");
    const told = first
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text) as { type: string; payload: object });
    expect(told.map(({ type }) => type)).toEqual(["prices.stored", "prices.stored"]);
    expect(Object.keys(told[0]?.payload ?? {})).toEqual(["prices"]);
    expect(first).not.toContain("fixtures.csv");
    expect((await run()).stderr).toContain("nothing new to export");
    // As after a process that wrote the file and died before its cursor moved.
    await place.run(["events", "consumers", "--reset", "export", "--to", "1"]);
    expect((await run()).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(first);
  });
});
