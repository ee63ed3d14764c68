import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFetcher, type Fetcher, type FetcherOptions } from "../../../src/ingest/sources/http.js";
import { scratchFolder } from "../../support/scratch.js";

const scratch = scratchFolder();
const NEVER = Number.POSITIVE_INFINITY;
const asked: { readonly path: string; readonly headers: NodeJS.Dict<string | string[]> }[] = [];

/** How the site answers the n-th request of a path. */
const site = new Map<string, (response: ServerResponse, nth: number) => void>();
const server = createServer((request, response) => {
  const path = request.url ?? "";
  asked.push({ path, headers: request.headers });
  const answer = site.get(path);
  if (answer) answer(response, requests(path));
  else response.writeHead(404).end();
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const requests = (path: string): number => asked.filter((one) => one.path === path).length;
const address = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

/** A fetcher of its own folder whose clock moves only while it sleeps. */
function made(name: string, options: Partial<FetcherOptions> = {}): { fetcher: Fetcher; slept: number[] } {
  const slept: number[] = [];
  let now = 1_000_000;
  const fetcher = createFetcher({
    folder: scratch(name),
    userAgent: "statistico/test",
    clock: { now: () => now },
    random: () => 0.5,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
    pauseMs: 700,
    ...options,
  });
  return { fetcher, slept };
}

function status(code: number, headers: Record<string, string> = {}) {
  return (response: ServerResponse): void => void response.writeHead(code, headers).end();
}

describe("fetching", () => {
  it("pauses between requests, and says who asks", async () => {
    site.set("/a", (response) => void response.end("a"));
    const { fetcher, slept } = made("pause");
    for (let i = 0; i < 3; i++) await fetcher.fetch(address("/a"), NEVER);
    expect(slept).toEqual([700, 700]);
    expect(asked.find(({ path }) => path === "/a")?.headers["user-agent"]).toBe("statistico/test");
  });

  // Backoff: 1, 2 and 4 seconds times 0.5 + random, which is 1 here.
  it("tries four times, waiting longer each time", async () => {
    site.set("/down", status(500));
    const { fetcher, slept } = made("down");
    await expect(fetcher.fetch(address("/down"), NEVER)).rejects.toThrow(/after 4 tries, was HTTP 500/);
    expect(slept).toEqual([1000, 2000, 4000]);
    expect(requests("/down")).toBe(4);
  });

  it.each([
    ["30", 30_000],
    ["120", 120_000],
    ["Thu, 01 Jan 1970 00:17:40 GMT", 60_000],
    ["soon", 1000],
  ])("obeys Retry-After: %s", async (value, wait) => {
    const path = `/later-${value.length}-${wait}`;
    site.set(path, (response, nth) =>
      nth === 1
        ? status(429, { "retry-after": value, date: "Thu, 01 Jan 1970 00:16:40 GMT" })(response)
        : response.end("x"),
    );
    const { fetcher, slept } = made(`later-${wait}`);
    expect(await fetcher.fetch(address(path), NEVER)).toMatchObject({ kind: "fetched" });
    expect(slept).toEqual([wait]);
  });

  it("leaves a server alone that asks to wait longer than two minutes", async () => {
    site.set("/tomorrow", status(429, { "retry-after": "86400" }));
    const { fetcher, slept } = made("tomorrow");
    await expect(fetcher.fetch(address("/tomorrow"), NEVER)).rejects.toThrow(
      /HTTP 429, which asks to wait 86400 s/,
    );
    expect({ slept, requests: requests("/tomorrow") }).toEqual({ slept: [], requests: 1 });
  });

  it("does not try again what will not change", async () => {
    site.set("/no", status(403));
    const { fetcher, slept } = made("no");
    await expect(fetcher.fetch(address("/no"), NEVER)).rejects.toThrow(/was HTTP 403/);
    expect(await fetcher.fetch(address("/gone"), NEVER)).toEqual({ kind: "missing" });
    expect({ slept, requests: requests("/no") }).toEqual({ slept: [700], requests: 1 });
  });

  it.each([
    ["says nothing", "/silent", () => {}],
    [
      "stops in the middle",
      "/half",
      (response: ServerResponse) => void response.writeHead(200).write("Div,"),
    ],
    [
      "drips without end",
      "/drip",
      (response: ServerResponse) => {
        const timer = setInterval(() => response.write("x"), 20);
        response.on("close", () => clearInterval(timer));
      },
    ],
    ["hangs up", "/cut", (response: ServerResponse) => void response.socket?.destroy()],
  ])("gives up on a server that %s", async (_, path, answer) => {
    site.set(path, answer);
    const limits = { headersTimeoutMs: 60, bodyTimeoutMs: 60, wholeTimeoutMs: 150 };
    const { fetcher } = made(`patience${path}`, { limits });
    await expect(fetcher.fetch(address(path), NEVER)).rejects.toThrow(/cannot fetch .* after 4 tries, was /);
    expect(requests(path)).toBe(4);
  });

  it("refuses a body beyond the limit at once", async () => {
    site.set("/large", (response) => void response.end("x".repeat(5000)));
    const { fetcher } = made("large", { limits: { maxBytes: 4999 } });
    await expect(fetcher.fetch(address("/large"), NEVER)).rejects.toThrow(/is larger than 4999 bytes/);
    expect(requests("/large")).toBe(1);
  });

  it("stops when told to, and does not try again", async () => {
    const stop = new AbortController();
    site.set("/stop", () => stop.abort());
    await expect(made("stop").fetcher.fetch(address("/stop"), NEVER, stop.signal)).rejects.toThrow(/abort/i);
    expect(requests("/stop")).toBe(1);
  });
});

describe("what a server said before", () => {
  it("is asked about again with its own words, also by the next run", async () => {
    const modified = "Mon, 26 May 2025 10:00:00 GMT";
    site.set("/known", (response, nth) =>
      nth === 1 ? void response.setHeader("last-modified", modified).end("text") : status(304)(response),
    );
    const first = made("known");
    await first.fetcher.fetch(address("/known"), NEVER);
    first.fetcher.keep(address("/known"), "ab".repeat(32));
    expect(await made("known").fetcher.fetch(address("/known"), NEVER)).toEqual({
      kind: "unchanged",
      sha256: "ab".repeat(32),
    });
    expect(asked.filter(({ path }) => path === "/known")[1]?.headers["if-modified-since"]).toBe(modified);
    expect(statSync(scratch("known/http.jsonl")).mode & 0o777).toBe(0o600);
  });

  it("is not asked about when it was fetched after it was final", async () => {
    site.set("/final", (response) => void response.end("text"));
    const { fetcher } = made("final");
    await fetcher.fetch(address("/final"), NEVER);
    fetcher.keep(address("/final"), "cd".repeat(32));
    expect(await fetcher.fetch(address("/final"), 999_999)).toMatchObject({ kind: "unchanged" });
    expect(requests("/final")).toBe(1);
    await fetcher.fetch(address("/final"), 1_000_001);
    expect(requests("/final")).toBe(2);
  });

  it("counts for nothing until it is kept", async () => {
    site.set("/unkept", (response) => void response.setHeader("etag", '"1"').end("text"));
    const { fetcher } = made("unkept");
    await fetcher.fetch(address("/unkept"), NEVER);
    expect(await fetcher.fetch(address("/unkept"), NEVER)).toMatchObject({ kind: "fetched" });
    expect(asked.filter(({ path }) => path === "/unkept")[1]?.headers["if-none-match"]).toBeUndefined();
  });

  it("is forgotten when its file is spoilt", async () => {
    mkdirSync(scratch("spoilt"));
    for (const text of ["{", "null", "[1]", '[["a"]]']) {
      writeFileSync(scratch("spoilt/http.jsonl"), text);
      site.set("/spoilt", (response) => void response.end("text"));
      const { fetcher } = made("spoilt");
      expect(await fetcher.fetch(address("/spoilt"), NEVER)).toMatchObject({ kind: "fetched" });
    }
    expect(readFileSync(scratch("spoilt/http.jsonl"), "utf8")).toBe('[["a"]]');
  });
});
