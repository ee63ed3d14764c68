import { join } from "node:path";
import type { Clock, Instant } from "../../core/clock.js";
import { formatInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import type { Rng } from "../../core/rng.js";
import { type Answer, ask, type FetchLimits, LIMITS, type Manner } from "./http/ask.js";
import type { Credential } from "./http/credential.js";
import { openValidators, type Tags, type Validator } from "./http/validators.js";

export type { FetchLimits } from "./http/ask.js";

export type Fetched =
  | { readonly kind: "fetched"; readonly bytes: Uint8Array; readonly left: number | null }
  | { readonly kind: "unchanged"; readonly sha256: string }
  | { readonly kind: "missing" };

export interface Fetcher {
  /**
   * The bytes at an address, unless they are what the server gave before. Not asked at all when they were fetched
   * after `finalAfter`: a season that is over does not change. `cost`: credits one try takes from the budget. Throws
   * StatisticoError when the server cannot be had or the budget is used up.
   */
  fetch(url: string, finalAfter: Instant, signal?: AbortSignal, cost?: number): Promise<Fetched>;
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
  readonly headers?: Readonly<Record<string, string>>;
  readonly credential?: Credential | undefined;
  /** Take credits from the budget; the instant at which there are some again when there are none, else null. */
  readonly spend?: (cost: number) => Promise<Instant | null>;
  /** Told before a wait for another try. */
  readonly onRetry?: (url: string, reason: string, waitMs: number) => void;
}

const TRIES = 4;
/** Who asks to wait longer is asked again by another run. */
const LONGEST_WAIT_MS = 120_000;

/**
 * Polite HTTP: requests apart from each other, conditional, within a budget, retried with jitter, `Retry-After` obeyed,
 * bodies bounded. The key, if there is one, goes to its hosts and is in nothing that comes back.
 */
export function createFetcher(options: FetcherOptions): Fetcher {
  const validators = openValidators(join(options.folder, "http.jsonl"));
  const fresh = new Map<string, Tags>();
  const turn = turns(options);
  return {
    async fetch(url, finalAfter, signal, cost = 1) {
      const known = validators.get(url);
      if (known && known.checkedAt > finalAfter) return { kind: "unchanged", sha256: known.sha256 };
      const answer = await askWithRetries(url, known, { ...options, turn, cost }, signal);
      if (answer.kind === "unchanged") return { kind: "unchanged", sha256: known?.sha256 ?? "" };
      if (answer.kind === "missing") return answer;
      fresh.set(url, answer.tags);
      return { kind: "fetched", bytes: answer.bytes, left: answer.left };
    },
    keep(url, sha256) {
      const checkedAt = options.clock.now();
      validators.set(url, { ...validators.get(url), ...fresh.get(url), sha256, checkedAt });
      fresh.delete(url);
    },
  };
}

type Turn = (signal: AbortSignal | undefined) => Promise<void>;

/** Requests take turns, so that the pause lies between any two of them however many wait. */
function turns({ clock, sleep, pauseMs }: FetcherOptions): Turn {
  let next = Number.NEGATIVE_INFINITY;
  return async (signal) => {
    const now = clock.now();
    const at = Math.max(now, next);
    next = at + pauseMs;
    if (at > now) await sleep(at - now, signal);
  };
}

interface Asking extends FetcherOptions {
  readonly turn: Turn;
  readonly cost: number;
}

async function askWithRetries(
  url: string,
  known: Validator | undefined,
  options: Asking,
  signal: AbortSignal | undefined,
): Promise<Exclude<Answer, { kind: "again" }>> {
  const manner: Manner = {
    userAgent: options.userAgent,
    headers: options.headers ?? {},
    limits: { ...LIMITS, ...options.limits },
    credential: options.credential,
    clock: options.clock,
  };
  for (let attempt = 1; ; attempt++) {
    await spend(url, options, signal);
    await options.turn(signal);
    const answer = await ask(url, known, manner, signal);
    if (answer.kind !== "again") return answer;
    if (attempt === TRIES || answer.afterMs > LONGEST_WAIT_MS) throw givenUp(url, attempt, answer);
    const backoff = 1000 * 2 ** (attempt - 1) * (0.5 + options.random());
    const wait = Math.max(backoff, answer.afterMs);
    options.onRetry?.(url, answer.reason, wait);
    await options.sleep(wait, signal);
  }
}

/** Take the request from the budget, waiting for the next window when that is near. */
async function spend(url: string, options: Asking, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    const until = (await options.spend?.(options.cost)) ?? null;
    if (until === null) return;
    const wait = until - options.clock.now();
    if (wait > LONGEST_WAIT_MS)
      throw new StatisticoError(
        "data",
        `${new URL(url).host}: the budget of requests is used up until ${formatInstant(until)}`,
        "statistico ingest again then, or raise the limit of the source in statistico.yaml",
      );
    options.onRetry?.(url, "the budget of requests is used up", wait);
    await options.sleep(Math.max(1, wait), signal);
  }
}

function givenUp(
  url: string,
  attempt: number,
  { reason, afterMs }: { readonly reason: string; readonly afterMs: number },
): StatisticoError {
  const asked = afterMs > LONGEST_WAIT_MS ? `, which asks to wait ${Math.round(afterMs / 1000)} s` : "";
  return new StatisticoError(
    "data",
    `cannot fetch ${url} after ${attempt} ${attempt === 1 ? "try" : "tries"}, was ${reason}${asked}`,
    `curl -I '${url}'`,
  );
}
