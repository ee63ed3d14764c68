import type { Fixture } from "../domain/fixture.js";

/** How many requests a source allows within any stretch of `perMs`. */
export interface Budget {
  readonly requests: number;
  readonly perMs: number;
}

/**
 * Where prices come from, as the checker sees it.
 *
 * One request may bring the prices of one fixture or of hundreds: `requestOf` names it, and fixtures of the same
 * name are asked for together. A source keeps the bytes, reads them and writes them into the warehouse itself, as
 * every ingest does, so that the database can be rebuilt from them.
 */
export interface PollSource {
  readonly code: string;
  /** Null when nothing limits it. */
  readonly budget: Budget | null;
  /** The least time between two polls of the same request, ms: a file that changes twice a week is not worth more. */
  readonly restMs: number;
  /** Requests that may be under way at once. */
  readonly concurrency: number;
  /** The request that brings a fixture's prices; null when the source has none. */
  requestOf(fixture: Fixture): string | null;
  /** Ask once and store what came. A failure is an outcome, never thrown; only a bug is. */
  poll(request: string, signal: AbortSignal): Promise<PollOutcome>;
}

export type PollOutcome =
  /** `prices`: new ones. */
  | { readonly kind: "stored"; readonly prices: number; readonly fixtures: number }
  | { readonly kind: "unchanged" }
  | { readonly kind: "failed"; readonly reason: string; readonly retryAfterMs: number | null };
