import type { Instant } from "../core/clock.js";
import type { BetState } from "./bet-state.js";

/** For how long the venue takes a second copy of a request for the first. Source: Betfair, placeOrders, customerRef. */
export const SAME_REQUEST_MS = 60_000;
/** Kept clear of the end of that window: the copy must arrive within it, not leave. */
const RESEND_MARGIN_MS = 15_000;
/** A bet whose reply was lost may show itself so late. Source: Betfair, order status after a time-out: 2 minutes. */
export const QUARANTINE_MS = 125_000;
/** Looks that must find nothing before a bet is taken to be absent. */
export const LOOKS = 2;

/** Whether one more copy of the same request may leave: the venue will still know it for the same. */
export function mayResend({ stage, attempts, touchedAt }: BetState, now: Instant, most: number): boolean {
  const first = attempts[0];
  return (
    stage === "UNKNOWN" &&
    first !== undefined &&
    touchedAt !== null &&
    attempts.length < most &&
    now - first.at < SAME_REQUEST_MS - RESEND_MARGIN_MS
  );
}

/** When looks at the venue's orders begin to prove something; null for a bet that waits for none. */
export function looksCountFrom({ stage, touchedAt }: BetState): Instant | null {
  return stage === "UNKNOWN" && touchedAt !== null ? touchedAt + QUARANTINE_MS : null;
}
