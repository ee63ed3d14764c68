import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import { applyUpdate } from "./apply.js";
import { bestBackTick, bestLayTick, createBook, type MarketBook, type RunnerBook } from "./book.js";
import { type Levels, sizeAt } from "./levels.js";
import type { MarketRecording } from "./recording.js";
import { timelineOf } from "./timeline.js";

export interface BestOffer {
  readonly price: number;
  readonly sizeMinor: Minor;
}

/** The best of each side of a runner's book; null where nothing is on offer. */
export interface RunnerQuote {
  readonly selectionId: number;
  readonly handicap: number;
  readonly back: BestOffer | null;
  readonly lay: BestOffer | null;
}

/** A market at one update, before it turned in play. */
export interface MarketQuote {
  readonly at: Instant;
  readonly runners: readonly RunnerQuote[];
}

/** Every moment at which the best offers changed while the market was open and not in play, from `from` on. */
export function* quotesFrom(recording: MarketRecording, from: Instant): Generator<MarketQuote> {
  let last = "";
  for (const book of openBooks(recording)) {
    if (book.publishTime < from) continue;
    const runners = book.runners.map((runner) => quoteOf(book, runner));
    const key = JSON.stringify(runners);
    if (key === last) continue;
    last = key;
    yield { at: book.publishTime, runners };
  }
}

/**
 * The best offers as they stood at each of `times`, ascending: of the last update by then, in a market that was open
 * and not in play. A time before the first such update, or after the off, has none; the same update is given once.
 */
export function quotesAt(recording: MarketRecording, times: readonly Instant[]): MarketQuote[] {
  const quotes: MarketQuote[] = [];
  let held: MarketQuote | null = null;
  let next = 0;
  const until = (at: Instant): void => {
    for (; next < times.length && times[next] < at; next++)
      if (held !== null && held !== quotes.at(-1)) quotes.push(held);
  };
  for (const book of openBooks(recording)) {
    until(book.publishTime);
    if (next >= times.length) break;
    held = { at: book.publishTime, runners: book.runners.map((runner) => quoteOf(book, runner)) };
  }
  const off = timelineOf(recording).defined.find(
    ({ definition }) => definition.inPlay || definition.status === "CLOSED",
  );
  until(off?.at ?? Number.POSITIVE_INFINITY);
  return quotes;
}

/** The book after each update of an open market up to its first turn in play. One object that changes. */
function* openBooks(recording: MarketRecording): Generator<MarketBook> {
  const book = createBook(recording.marketId);
  for (let at = 0; at < recording.events.length; ) {
    at = applyUpdate(book, recording, at);
    if (book.definition?.inPlay) return;
    if (book.definition?.status === "OPEN") yield book;
  }
}

function quoteOf(book: MarketBook, runner: RunnerBook): RunnerQuote {
  const { selectionId, handicap, back, lay, levels } = runner;
  const [backLevel, layLevel] = [levels?.[0] ?? levels?.[2], levels?.[1] ?? levels?.[3]];
  return {
    selectionId,
    handicap,
    back: offerOf(book, bestBackTick(runner), back, backLevel?.sizes[0]),
    lay: offerOf(book, bestLayTick(runner), lay, layLevel?.sizes[0]),
  };
}

function offerOf(
  { ladder }: MarketBook,
  tick: number,
  levels: Levels | null,
  levelSize: Minor | undefined,
): BestOffer | null {
  if (tick < 0) return null;
  return { price: ladder.price(tick), sizeMinor: levels === null ? (levelSize ?? 0) : sizeAt(levels, tick) };
}
