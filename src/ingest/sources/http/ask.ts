import type { Clock } from "../../../core/clock.js";
import { isStatisticoError, StatisticoError } from "../../../core/errors.js";
import { authorised, bytesWithoutKey, type Credential, withoutKey } from "./credential.js";
import { retryAfterMs } from "./retry-after.js";
import { conditions, type Tags, tagsOf } from "./validators.js";

/** What one request may cost: a server that drips a byte a second is no better than one that says nothing. */
export interface FetchLimits {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly wholeTimeoutMs: number;
  readonly maxBytes: number;
}

export const LIMITS: FetchLimits = {
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 20_000,
  bodyTimeoutMs: 30_000,
  wholeTimeoutMs: 120_000,
  maxBytes: 64 * 1024 * 1024,
};

/** How requests are made. */
export interface Manner {
  readonly userAgent: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: FetchLimits;
  readonly credential: Credential | undefined;
  readonly clock: Clock;
}

export type Answer =
  | {
      readonly kind: "fetched";
      readonly bytes: Uint8Array;
      readonly tags: Tags;
      readonly left: number | null;
    }
  | { readonly kind: "unchanged" }
  | { readonly kind: "missing" }
  | { readonly kind: "again"; readonly reason: string; readonly afterMs: number };

const MOST_REDIRECTS = 3;

/**
 * Ask once. `again` for what may pass: 429, 5xx, a broken connection, silence.
 *
 * A redirect is followed three times, within one host alone when there is a key, never from https to http. Throws
 * StatisticoError for what will not pass; of kind "authentication" when the server does not accept the key.
 */
export async function ask(
  url: string,
  known: Tags | undefined,
  manner: Manner,
  stop: AbortSignal | undefined,
): Promise<Answer> {
  const deadline = AbortSignal.timeout(manner.limits.wholeTimeoutMs);
  try {
    return await askAt(
      url,
      known,
      manner,
      stop ? AbortSignal.any([stop, deadline]) : deadline,
      MOST_REDIRECTS,
    );
  } catch (error) {
    if (isStatisticoError(error) || stop?.aborted) throw error;
    if (deadline.aborted)
      return { kind: "again", reason: `silence after ${manner.limits.wholeTimeoutMs} ms`, afterMs: 0 };
    const { code, message } = error as NodeJS.ErrnoException;
    return { kind: "again", reason: withoutKey(code ?? message, manner.credential), afterMs: 0 };
  }
}

async function askAt(
  url: string,
  known: Tags | undefined,
  manner: Manner,
  signal: AbortSignal,
  redirects: number,
): Promise<Answer> {
  const { limits, credential } = manner;
  const sent = authorised(url, credential);
  // A megabyte of code that reading files has no use for.
  const { request } = (await import("undici")).default;
  const { statusCode, headers, body } = await request(sent.url, {
    dispatcher: await agentOf(limits.connectTimeoutMs),
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.bodyTimeoutMs,
    signal,
    headers: {
      "user-agent": manner.userAgent,
      accept: "application/json,text/csv,*/*;q=0.5",
      ...manner.headers,
      ...sent.headers,
      ...conditions(known),
    },
  });
  if (statusCode === 200) {
    const bytes = bytesWithoutKey(await bounded(body, url, limits.maxBytes), credential);
    return { kind: "fetched", bytes, tags: tagsOf(headers), left: requestsLeft(headers) };
  }
  await body.dump({ limit: limits.maxBytes });
  if (statusCode === 304 && known) return { kind: "unchanged" };
  if (statusCode === 404 || statusCode === 410) return { kind: "missing" };
  if (statusCode === 429 || statusCode >= 500) {
    const afterMs = retryAfterMs(headers["retry-after"], headers.date, manner.clock.now());
    return { kind: "again", reason: `HTTP ${statusCode}`, afterMs };
  }
  if (statusCode >= 301 && statusCode <= 308 && typeof headers.location === "string") {
    const next = redirected(url, headers.location, credential, redirects);
    return askAt(next, known, manner, signal, redirects - 1);
  }
  throw refusal(url, statusCode, credential);
}

let agents: ReadonlyMap<number, import("undici").Agent> = new Map();

/** One agent for a connection's time-out: sockets are kept for the next request. */
async function agentOf(connectTimeoutMs: number): Promise<import("undici").Agent> {
  const known = agents.get(connectTimeoutMs);
  if (known) return known;
  const { Agent } = (await import("undici")).default;
  const agent = new Agent({ connect: { timeout: connectTimeoutMs }, connections: 16, pipelining: 1 });
  agents = new Map([...agents, [connectTimeoutMs, agent]]);
  return agent;
}

function redirected(
  url: string,
  location: string,
  credential: Credential | undefined,
  redirects: number,
): string {
  const [from, to] = [new URL(url), new URL(location, url)];
  const place = withoutKey(to.origin, credential);
  if (redirects === 0) throw new StatisticoError("data", `${url} redirects without end`, `curl -I ${url}`);
  if (!/^https?:$/.test(to.protocol) || (from.protocol === "https:" && to.protocol !== "https:"))
    throw new StatisticoError(
      "data",
      `${url} redirects to a less safe address, was ${place}`,
      `curl -I ${url}`,
    );
  if (credential && from.host !== to.host)
    throw new StatisticoError(
      "data",
      `${url} redirects to another host, where the key must not go, was ${place}`,
      `curl -I ${url}`,
    );
  // Whoever is redirected with the key in the address gets it back in the location.
  if (credential?.place.in === "query") to.searchParams.delete(credential.place.name);
  return to.href;
}

function refusal(url: string, statusCode: number, credential: Credential | undefined): StatisticoError {
  const isDenied = statusCode === 401 || statusCode === 403;
  if (isDenied && credential)
    return new StatisticoError(
      "authentication",
      `${new URL(url).host} does not accept the key, was HTTP ${statusCode}`,
      "look at keyFile or keyEnv of the source: statistico config path",
    );
  const isWithoutKey = isDenied ? ": it may want a key" : "";
  return new StatisticoError(
    "data",
    `cannot fetch ${url}, was HTTP ${statusCode}${isWithoutKey}`,
    `curl -I '${url}'`,
  );
}

async function bounded(body: AsyncIterable<Uint8Array>, url: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes)
      throw new StatisticoError("data", `${url} is larger than ${maxBytes} bytes`, `curl -I '${url}'`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const LEFT = ["x-requests-remaining", "x-ratelimit-requests-remaining", "x-requests-available-minute"];

/** Requests or credits that the source says are left; null when it says nothing. */
function requestsLeft(headers: Readonly<Record<string, string | string[] | undefined>>): number | null {
  const told = LEFT.map((name) => headers[name]).find((value) => typeof value === "string");
  return typeof told === "string" && /^\d{1,9}$/.test(told) ? Number(told) : null;
}
