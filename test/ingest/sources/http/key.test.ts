import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretOf } from "../../../../src/ingest/sources/http/credential.js";
import { createFetcher, type Fetcher, type FetcherOptions } from "../../../../src/ingest/sources/http.js";
import type { KeyPlace } from "../../../../src/ingest/sources/source.js";
import { scratchFolder } from "../../../support/scratch.js";

const scratch = scratchFolder();
const NEVER = Number.POSITIVE_INFINITY;
const CANARY = "canary/4f1d+9a7b=e2";
const HEADER: KeyPlace = { in: "header", name: "x-auth-token" };
const QUERY: KeyPlace = { in: "query", name: "apiKey" };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function listening(handler: Handler): Promise<Server> {
  const server = createServer(handler);
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const hostOf = (server: Server): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const keysAt = { own: [] as unknown[], other: [] as unknown[] };
let own: Server;
let other: Server;

/** What the host of the key answers to a path. */
const answers: Readonly<Record<string, Handler>> = {
  "/ok": (_, response) => response.end("[]"),
  "/echo": (request, response) =>
    response.end(`you sent ${request.url} ${request.headers["x-auth-token"]} ${CANARY}`),
  "/denied": (_, response) => response.writeHead(401).end(`no such key: ${CANARY}`),
  "/moved": (_, response) => response.writeHead(302, { location: "/ok" }).end(),
  "/away": (_, response) =>
    response.writeHead(302, { location: `http://${hostOf(other)}/steal?k=${CANARY}` }).end(),
  "/round": (_, response) => response.writeHead(302, { location: "/round" }).end(),
  "/odd": (_, response) => response.writeHead(302, { location: "file:///etc/hosts" }).end(),
};

const keyOf = ({ url = "", headers }: IncomingMessage): unknown =>
  headers["x-auth-token"] ?? new URL(url, "http://x").searchParams.get("apiKey");

beforeAll(async () => {
  own = await listening((request, response) => {
    keysAt.own.push(keyOf(request));
    answers[new URL(request.url ?? "", "http://x").pathname]?.(request, response);
  });
  other = await listening((request, response) => {
    keysAt.other.push(keyOf(request) ?? request.url);
    response.end("[]");
  });
});

afterAll(() => {
  for (const server of [own, other]) {
    server.closeAllConnections();
    server.close();
  }
});

function made(place: KeyPlace | null, more: Partial<FetcherOptions> = {}): Fetcher {
  return createFetcher({
    folder: scratch(`fetch-${Math.trunc(keysAt.own.length)}-${place?.in}`),
    userAgent: "statistico/test",
    clock: { now: () => 1_000_000 },
    random: () => 0.5,
    sleep: async () => {},
    pauseMs: 0,
    credential: place ? { place, hosts: [hostOf(own)], secret: secretOf(CANARY) } : undefined,
    ...more,
  });
}

const fetchOwn = (path: string, place: KeyPlace | null = HEADER) =>
  made(place).fetch(`http://${hostOf(own)}${path}`, NEVER);

async function problemOf(work: Promise<unknown>): Promise<{ kind?: string; message: string; all: string }> {
  try {
    await work;
  } catch (error) {
    const { kind, message } = error as Error & { kind?: string };
    return { ...(kind ? { kind } : {}), message, all: inspect(error, { depth: 9 }) };
  }
  return expect.unreachable();
}

describe("a key on its way", () => {
  it.each([HEADER, QUERY])("goes to its host in the place it belongs: %j", async (place) => {
    expect(await fetchOwn("/ok?league=39", place)).toMatchObject({ kind: "fetched" });
    expect(keysAt.own.at(-1)).toBe(CANARY);
  });

  it("goes to no other host", async () => {
    await made(HEADER).fetch(`http://${hostOf(other)}/ok`, NEVER);
    await made(QUERY).fetch(`http://${hostOf(other)}/ok`, NEVER);
    expect(keysAt.other).toEqual(["/ok", "/ok"]);
  });

  it.each([HEADER, QUERY])("is not taken along to another host by a redirect: %j", async (place) => {
    const seen = keysAt.other.length;
    const problem = await problemOf(fetchOwn("/away", place));
    expect(problem).toMatchObject({ kind: "data" });
    expect(problem.message).toContain("redirects to another host, where the key must not go");
    expect(problem.all).not.toContain(CANARY);
    expect(keysAt.other).toHaveLength(seen);
  });

  it("is sent again within its host, and not without end", async () => {
    expect(await fetchOwn("/moved", QUERY)).toMatchObject({ kind: "fetched" });
    expect(keysAt.own.slice(-2)).toEqual([CANARY, CANARY]);
    expect((await problemOf(fetchOwn("/round"))).message).toContain("redirects without end");
    expect((await problemOf(fetchOwn("/odd"))).message).toContain("redirects to a less safe address");
  });

  it("is taken out of what comes back", async () => {
    const answer = await fetchOwn("/echo?a=1", QUERY);
    const text = answer.kind === "fetched" ? new TextDecoder().decode(answer.bytes) : "";
    expect(text).toMatch(/^you sent \/echo\?a=1&apiKey=\*{8} undefined \*{8}$/);
  });

  it("that is wrong is a matter of authentication, asked once", async () => {
    const seen = keysAt.own.length;
    const problem = await problemOf(fetchOwn("/denied"));
    expect(problem).toMatchObject({ kind: "authentication" });
    expect(problem.message).toBe(`${hostOf(own)} does not accept the key, was HTTP 401`);
    expect(problem.all).not.toContain(CANARY);
    expect(keysAt.own).toHaveLength(seen + 1);
  });

  it("is not needed to be told that one is wanted", async () => {
    expect((await problemOf(fetchOwn("/denied", null))).message).toContain("was HTTP 401: it may want a key");
  });
});

describe("a budget", () => {
  it("is asked before every try, and waited for when its window ends soon", async () => {
    const asked: number[] = [];
    const slept: number[] = [];
    let left: (number | null)[] = [1_030_000, null];
    const fetcher = made(null, {
      spend: async (cost) => {
        asked.push(cost);
        return left.shift() ?? null;
      },
      sleep: async (ms) => void slept.push(ms),
    });
    expect(await fetcher.fetch(`http://${hostOf(own)}/ok`, NEVER, undefined, 4)).toMatchObject({
      kind: "fetched",
    });
    expect({ asked, slept }).toEqual({ asked: [4, 4], slept: [30_000] });
    left = [Date.UTC(1970, 0, 2)];
    const seen = keysAt.own.length;
    const problem = await problemOf(fetcher.fetch(`http://${hostOf(own)}/ok`, NEVER));
    expect(problem.message).toContain("the budget of requests is used up until 1970-01-02T00:00:00Z");
    expect(keysAt.own).toHaveLength(seen);
  });
});
