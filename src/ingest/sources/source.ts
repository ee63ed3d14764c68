import type { Instant } from "../../core/clock.js";
import type { Season } from "../../domain/season.js";
import type { RequestLimit } from "../../warehouse/port.js";
import type { ParsedFeed } from "../parse/feed/draft.js";
import type { FeedHints } from "../parse/feed/hints.js";
import type { FeedRefusal } from "../parse/feed/refusal.js";

export type Capability = "fixtures" | "results" | "odds" | "expected goals" | "ratings";

/**
 * A source of data: what to ask it, and how to read its answers.
 *
 * The way of every answer is the same: the plan says what to ask, the one polite client asks it, the bytes are archived
 * by their sha256, then `parse` makes records and rejects of them, and the warehouse resolves names and fixtures. A
 * file that was downloaded by other means goes the same way from the archive on.
 */
export interface Source {
  readonly name: string;
  readonly title: string;
  readonly brings: readonly Capability[];
  /** What requests cost there, in a sentence. */
  readonly cost: string;
  /** Name and version of the reader: raised when it reads the same bytes differently. */
  readonly reader: string;
  /** Files of a folder that are taken up. */
  readonly files: RegExp;
  /** Pure: bytes in, records and rejects out; null where nothing in the document can be used. */
  readonly parse: (bytes: Uint8Array, hints: FeedHints) => ParsedFeed | FeedRefusal;
  /** How it is asked; null for a source that is read from files alone. */
  readonly asking: Asking | null;
}

export interface Asking {
  readonly url: string;
  /** Where the key goes; null where none is needed. It is sent to the host of `url` alone. */
  readonly key: KeyPlace | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Limits that hold unless the operator sets others. */
  readonly limits: readonly RequestLimit[];
  /** Between two requests. */
  readonly pauseMs: number;
  readonly plan: (asked: Asked) => readonly SourceRequest[];
  /** The next page of an answer; null after the last. */
  readonly next: (bytes: Uint8Array, request: SourceRequest) => SourceRequest | null;
}

export interface KeyPlace {
  readonly in: "query" | "header";
  readonly name: string;
}

/** What the operator wants of a source. */
export interface Asked {
  /** Without a slash at its end. */
  readonly base: string;
  /** The house's codes. */
  readonly leagues: readonly string[];
  readonly seasons: readonly Season[];
  readonly now: Instant;
}

export interface SourceRequest {
  /** Without the key. */
  readonly url: string;
  /** What it is about, for the summary. */
  readonly about: string;
  /** Credits. */
  readonly cost: number;
  /** What was fetched after this instant is final and not asked for again. */
  readonly finalAfter: Instant;
}

export const NEVER_FINAL = Number.POSITIVE_INFINITY;
export const MINUTE_MS = 60_000;
/** Plans are by calendar month; thirty days from a fixed start are never more generous over a year. */
export const MONTH_MS = 30 * 24 * 60 * MINUTE_MS;
