import type { Instant } from "../../core/clock.js";
import { applyUpdate } from "./apply.js";
import { bestBackTick, bestLayTick, createBook, type MarketBook } from "./book.js";
import type { MarketRecording } from "./recording.js";
import type { Defined, Timeline } from "./timeline.js";

/** A runner's last prices before the off; null where there was none. */
export interface ClosingPrice {
  readonly selectionId: number;
  readonly handicap: number;
  readonly lastTraded: number | null;
  readonly bestBack: number | null;
  readonly bestLay: number | null;
}

/**
 * The last prices before the first `inPlay: true`, or before the close of a market that never turned in play.
 *
 * "none" where there are none: every price is in play already, nothing was ever quoted, or the file stops before the off.
 */
export type Closing =
  | {
      readonly kind: "closing";
      readonly basis: "in-play" | "closed";
      /** Instant of the update that ended it: the prices are older. */
      readonly at: Instant;
      readonly prices: readonly ClosingPrice[];
    }
  | {
      readonly kind: "none";
      readonly why: "in play from the start" | "no price before the off" | "no off in the file";
    };

/** Find the closing prices of a market. Best prices are of the last moment it was open, trades of the last before the off. */
export function closingOf(recording: MarketRecording, { defined }: Timeline): Closing {
  const off = defined.find(({ definition }) => definition.inPlay || definition.status === "CLOSED");
  if (off === undefined) return { kind: "none", why: "no off in the file" };
  if (off.slot === 0) return { kind: "none", why: "in play from the start" };
  const prices = pricesBefore(recording, off, lastOpenSlot(defined, off));
  if (
    prices.every(
      ({ lastTraded, bestBack, bestLay }) => lastTraded === null && bestBack === null && bestLay === null,
    )
  )
    return { kind: "none", why: "no price before the off" };
  return { kind: "closing", basis: off.definition.inPlay ? "in-play" : "closed", at: off.at, prices };
}

/** Slot of the update that ended the last open spell before the off. A suspension empties the book. */
function lastOpenSlot(defined: readonly Defined[], off: Defined): number {
  let end = off.slot;
  let open = false;
  for (const { slot, definition } of defined) {
    if (slot > off.slot) break;
    const nowOpen = definition.status === "OPEN" && slot < off.slot;
    if (open && !nowOpen) end = slot;
    open = nowOpen;
  }
  return end;
}

function pricesBefore(recording: MarketRecording, off: Defined, openEnd: number): ClosingPrice[] {
  const book = createBook(recording.marketId);
  let at = 0;
  while (at < openEnd) at = applyUpdate(book, recording, at);
  const best = book.runners.map((runner) => [bestBackTick(runner), bestLayTick(runner)]);
  while (at < off.slot) at = applyUpdate(book, recording, at);
  return book.runners.map(({ selectionId, handicap, lastTick }, index) => ({
    selectionId,
    handicap,
    lastTraded: priceOf(book, lastTick),
    bestBack: priceOf(book, best[index]?.[0] ?? -1),
    bestLay: priceOf(book, best[index]?.[1] ?? -1),
  }));
}

function priceOf({ ladder }: MarketBook, tick: number): number | null {
  return tick < 0 ? null : ladder.price(tick);
}
