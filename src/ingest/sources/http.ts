import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock, Instant } from "../../core/clock.js";
import { StatisticoError } from "../../core/errors.js";
import type { Rng } from "../../core/rng.js";
import { writeWhole } from "../../files/write-whole.js";

/** What a server said last time of an address: asked again with these, it may answer "not modified". */
interface Validator {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly sha256: string;
  readonly checkedAt: number;
}

export type Fetched =
  | { readonly kind: "fetched"; readonly bytes: Uint8Array }
  | { readonly kind: "unchanged"; readonly sha256: string }
  | { readonly kind: "missing" };

export interface Fetcher {
  /**
   * The bytes at an address, unless they are what the server gave before. Not asked at all when they were fetched
   * after `finalAfter`: a season that is over does not change. Throws StatisticoError when the server cannot be had.
   */
  fetch(url: string, finalAfter: Instant, signal?: AbortSignal): Promise<Fetched>;
  /** Remember what `fetch` brought, once it is safely kept. */
  keep(url: string, sha256: string): void;
}

export interface FetcherOptions {
  /** Folder for the small file that remembers validators. */
  readonly folder: string;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly random: Rng;
  /** Rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Pause between requests: a free site is not to be hammered. */
  readonly pauseMs: number;
  readonly limits?: Partial<FetchLimits>;
  /** Told before a wait for another try. */
  readonly onRetry?: (url: string, reason: string, waitMs: number) => void;
}

/** What one request may cost: a server that drips a byte a second is no better than one that says nothing. */
export interface FetchLimits {
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly wholeTimeoutMs: number;
  readonly maxBytes: number;
}

const TRIES = 4;
const LIMITS: FetchLimits = {
  headersTimeoutMs: 20_000,
  bodyTimeoutMs: 30_000,
  wholeTimeoutMs: 120_000,
  maxBytes: 64 * 1024 * 1024,
};
const LONGEST_WAIT_MS = 120_000;

/** Polite HTTP: one request at a time, conditional, retried with jitter, `Retry-After` obeyed, bodies bounded. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const path = join(options.folder, "http.json");
  const validators = new Map<string, Validator>(readValidators(path));
  const fresh = new Map<string, Omit<Validator, "sha256" | "checkedAt">>();
  let last = 0;
  return {
    async fetch(url, finalAfter, signal) {
      const known = validators.get(url);
      if (known && known.checkedAt > finalAfter) return { kind: "unchanged", sha256: known.sha256 };
      const wait = last + options.pauseMs - options.clock.now();
      if (wait > 0) await options.sleep(wait, signal);
      try {
        const answer = await askWithRetries(url, known, options, signal);
        if (answer.kind === "fetched") fresh.set(url, answer.validator);
        return answer;
      } finally {
        last = options.clock.now();
      }
    },
    keep(url, sha256) {
      validators.set(url, {
        ...validators.get(url),
        ...fresh.get(url),
        sha256,
        checkedAt: options.clock.now(),
      });
      writeWhole(path, `${JSON.stringify([...validators], null, 1)}\n`, 0o600);
    },
  };
}

type Answer =
  | {
      readonly kind: "fetched";
      readonly bytes: Uint8Array;
      readonly validator: Omit<Validator, "sha256" | "checkedAt">;
    }
  | { readonly kind: "unchanged"; readonly sha256: string }
  | { readonly kind: "missing" }
  | { readonly kind: "again"; readonly reason: string; readonly afterMs: number };

async function askWithRetries(
  url: string,
  known: Validator | undefined,
  options: FetcherOptions,
  signal: AbortSignal | undefined,
): Promise<Exclude<Answer, { kind: "again" }>> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(url, known, options, signal);
    if (answer.kind !== "again") return answer;
    if (attempt === TRIES)
      throw new StatisticoError(
        "data",
        `cannot fetch ${url} after ${TRIES} tries, was ${answer.reason}`,
        `curl -I ${url}`,
      );
    const backoff = 1000 * 2 ** (attempt - 1) * (0.5 + options.random());
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(backoff, answer.afterMs));
    options.onRetry?.(url, answer.reason, wait);
    await options.sleep(wait, signal);
  }
}

async function ask(
  url: string,
  known: Validator | undefined,
  { userAgent, limits }: FetcherOptions,
  stop: AbortSignal | undefined,
): Promise<Answer> {
  const { headersTimeoutMs, bodyTimeoutMs, wholeTimeoutMs, maxBytes } = { ...LIMITS, ...limits };
  // A megabyte of code that reading files has no use for.
  const { request } = (await import("undici")).default;
  const deadline = AbortSignal.timeout(wholeTimeoutMs);
  try {
    const {
      statusCode,
      headers: got,
      body,
    } = await request(url, {
      headersTimeout: headersTimeoutMs,
      bodyTimeout: bodyTimeoutMs,
      signal: stop ? AbortSignal.any([stop, deadline]) : deadline,
      headers: headersOf(known, userAgent),
    });
    if (statusCode === 200)
      return { kind: "fetched", bytes: await bounded(body, url, maxBytes), validator: validatorOf(got) };
    await body.dump();
    if (statusCode === 304 && known) return { kind: "unchanged", sha256: known.sha256 };
    if (statusCode === 404 || statusCode === 410) return { kind: "missing" };
    if (statusCode === 429 || statusCode >= 500)
      return { kind: "again", reason: `HTTP ${statusCode}`, afterMs: retryAfterMs(got["retry-after"]) };
    throw new StatisticoError("data", `cannot fetch ${url}, was HTTP ${statusCode}`, `curl -I ${url}`);
  } catch (error) {
    if (error instanceof StatisticoError || stop?.aborted) throw error;
    if (deadline.aborted) return { kind: "again", reason: `silence after ${wholeTimeoutMs} ms`, afterMs: 0 };
    const cause = error as NodeJS.ErrnoException;
    return { kind: "again", reason: cause.code ?? cause.message, afterMs: 0 };
  }
}

function headersOf(known: Validator | undefined, userAgent: string): Record<string, string> {
  return {
    "user-agent": userAgent,
    accept: "text/csv,*/*;q=0.5",
    ...(known?.etag ? { "if-none-match": known.etag } : {}),
    ...(known?.lastModified ? { "if-modified-since": known.lastModified } : {}),
  };
}

async function bounded(body: AsyncIterable<Uint8Array>, url: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes)
      throw new StatisticoError("data", `${url} is larger than ${maxBytes} bytes`, `curl -I ${url}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function validatorOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Omit<Validator, "sha256" | "checkedAt"> {
  const { etag, "last-modified": lastModified } = headers;
  return {
    ...(typeof etag === "string" ? { etag } : {}),
    ...(typeof lastModified === "string" ? { lastModified } : {}),
  };
}

/** Seconds only: football sites give no dates here, and a date would need the server's clock. */
function retryAfterMs(value: string | string[] | undefined): number {
  return typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) * 1000 : 0;
}

/** What is no validator is left out: all it costs is a request. */
function readValidators(path: string): [string, Validator][] {
  if (!existsSync(path)) return [];
  try {
    const entries: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(entries) ? entries.filter(isValidatorEntry) : [];
  } catch {
    return [];
  }
}

function isValidatorEntry(entry: unknown): entry is [string, Validator] {
  const [url, validator] = Array.isArray(entry) ? (entry as [unknown, Partial<Validator> | null]) : [];
  return typeof url === "string" && /^[0-9a-f]{64}$/.test(validator?.sha256 ?? "");
}
