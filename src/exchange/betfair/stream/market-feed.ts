import type { Instant } from "../../../core/clock.js";
import type { ChangeJson } from "../../recorded/encode.js";
import type { Rule } from "../../recorded/rule.js";
import type { VenueBook } from "../../venue.js";
import { applyChange, createLiveBook, type LiveBook, venueBook } from "./live-book.js";

/** A message of the stream as JSON gives it. */
export type Message = Readonly<Record<string, unknown>>;

/** One market subscription: its books, and where it can be taken up again. */
export interface MarketFeed {
  readonly books: Map<string, LiveBook>;
  readonly refused: Map<Rule, number>;
  /** Of the last complete message; null before the first image. */
  initialClk: string | null;
  clk: string | null;
  /** Whether the image is complete, segments and all. */
  ready: boolean;
  /** The venue itself says that its data cannot be trusted. */
  unreliable: boolean;
  /** Publish time of the last message, heartbeats included: until then the books were true. */
  publishedAt: Instant;
  /** Messages that came because we read too slowly. */
  conflated: number;
}

export function createMarketFeed(): MarketFeed {
  return {
    books: new Map(),
    refused: new Map(),
    initialClk: null,
    clk: null,
    ready: false,
    unreliable: false,
    publishedAt: Number.NEGATIVE_INFINITY,
    conflated: 0,
  };
}

/**
 * Take in one `mcm`. Returns the markets that changed.
 *
 * Source: Betfair Exchange Stream API, "Building a price cache" and "Re-connection / re-subscription".
 */
export function readMarketMessage(feed: MarketFeed, message: Message): string[] {
  const { ct, segmentType = null, pt, status, con, mc } = message;
  feed.unreliable = status === 503;
  if (con === true) feed.conflated += 1;
  const publishTime = typeof pt === "number" && Number.isSafeInteger(pt) ? pt : feed.publishedAt;
  const starts = segmentType === null || segmentType === "SEG_START";
  const ends = segmentType === null || segmentType === "SEG_END";
  if (ct === "SUB_IMAGE" && starts) {
    // A new image, at the start or in the middle of a stream, is all there is.
    feed.books.clear();
    feed.ready = false;
  }
  const changed = Array.isArray(mc) ? mc.flatMap((change) => readChange(feed, change, publishTime)) : [];
  if (ends) remember(feed, message);
  if (ends && (ct === "SUB_IMAGE" || ct === "RESUB_DELTA")) feed.ready = true;
  if (!feed.unreliable) feed.publishedAt = Math.max(feed.publishedAt, publishTime);
  return changed;
}

/** A segment in the middle is no place to go on from. */
function remember(feed: MarketFeed, { initialClk, clk }: Message): void {
  if (typeof initialClk === "string") feed.initialClk = initialClk;
  if (typeof clk === "string") feed.clk = clk;
}

function readChange(feed: MarketFeed, change: unknown, publishTime: Instant): string[] {
  if (typeof change !== "object" || change === null) return [];
  const { id } = change as ChangeJson;
  if (typeof id !== "string" || id === "") return [];
  const live = feed.books.get(id) ?? createLiveBook(id);
  const rule = applyChange(live, change as ChangeJson, publishTime);
  if (rule !== null) {
    feed.refused.set(rule, (feed.refused.get(rule) ?? 0) + 1);
    // A change that could not be used leaves a book nobody should bet on; an older copy of it does not.
    if (rule !== "older-version" && rule !== "clock-backwards") feed.books.delete(id);
    return [];
  }
  feed.books.set(id, live);
  return [id];
}

/** The books that can be shown, `broken` when the connection is not what it should be. */
export function feedBooks(feed: MarketFeed, broken: boolean, only?: readonly string[]): VenueBook[] {
  const unreliable = broken || feed.unreliable || !feed.ready;
  const ids = only ?? [...feed.books.keys()];
  return ids.flatMap((id) => {
    const live = feed.books.get(id);
    const book = live === undefined ? null : venueBook(live, feed.publishedAt, unreliable);
    return book === null ? [] : [book];
  });
}
