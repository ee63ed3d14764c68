import { isInvariantError } from "../core/assert.js";
import type { PlaceOutcome } from "../exchange/venue.js";
import type { Bet, BetIntent } from "./bet.js";
import type { BetEvent } from "./bet-event.js";
import type { Floor } from "./floor.js";
import { customerRef } from "./intent-key.js";
import type { OrderFacts } from "./order-facts.js";
import { mayResend } from "./quarantine.js";

/**
 * Send a durable intent and write down what came of it.
 *
 * The attempt is on the disk before anything leaves. Whatever goes wrong after that is unknown, never "rejected". While
 * the venue still takes a copy for the same request, an unknown one is sent again as often as the floor allows.
 */
export async function sendBet(floor: Floor, key: string): Promise<Bet | null> {
  for (;;) {
    await attempt(floor, key);
    const bet = floor.book.bet(key);
    if (!bet || !mayResend(bet.state, floor.clock.now(), floor.mostAttempts)) return bet;
    if (floor.halted() !== null) return bet;
  }
}

async function attempt(floor: Floor, key: string): Promise<void> {
  const { book, clock } = floor;
  const bet = book.bet(key);
  if (!bet) return;
  const ref = customerRef(key, bet.state.generation);
  const [going] = book.tell([{ key, event: { kind: "sending", at: clock.now(), customerRef: ref } }]);
  if (going?.kind !== "moved") return;
  const outcome = await ask(floor, bet.intent, ref);
  const [told] = book.tell([{ key, event: replyEvent(outcome, bet.intent, clock.now()) }]);
  if (told?.kind !== "impossible") return;
  floor.warn(`${bet.intent.fixture}: the venue's reply cannot be: ${told.reason}`);
  book.tell([{ key, event: { kind: "unknown", at: clock.now(), code: "IMPOSSIBLE_REPLY" } }]);
}

async function ask(floor: Floor, intent: BetIntent, ref: string): Promise<PlaceOutcome> {
  const { marketId, ladder, strategyRef, marketVersion, orderRef } = intent;
  const { selectionId, handicap, side, tick, sizeMinor } = intent;
  const order = { orderRef, selectionId, handicap, side, tick, sizeMinor };
  try {
    const outcomes = await floor.venue.place({
      marketId,
      ladder,
      customerRef: ref,
      strategyRef,
      marketVersion,
      orders: [{ ...order, persistence: "lapse", fillOrKill: false }],
    });
    const [outcome] = outcomes;
    return outcome !== undefined && outcomes.length === 1
      ? outcome
      : { kind: "unknown", code: "OUTCOMES", detail: `${outcomes.length} outcomes for one order` };
  } catch (error) {
    if (isInvariantError(error)) throw error;
    return {
      kind: "unknown",
      code: "EXCEPTION",
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

/** What a reply says of a bet. An order that stands may have been found by a copy of the request. */
function replyEvent(outcome: PlaceOutcome, { sizeMinor }: BetIntent, at: number): BetEvent {
  switch (outcome.kind) {
    case "placed":
      return { kind: "placed", at, order: placedOrder(outcome, sizeMinor) };
    case "rejected":
      return { kind: "rejected", at, code: outcome.code };
    case "not-sent":
      return { kind: "not-sent", at, code: outcome.code };
    case "look-first":
    case "unknown":
      return { kind: "unknown", at, code: outcome.code };
  }
}

function placedOrder(
  outcome: Extract<PlaceOutcome, { readonly kind: "placed" }>,
  sizeMinor: number,
): OrderFacts {
  const { betId, placedAt, matchedMinor, averagePrice, status } = outcome;
  const rest = sizeMinor - matchedMinor;
  const stands = status === "EXECUTABLE" || status === "PENDING";
  return {
    betId,
    placedAt,
    sizeMinor,
    matchedMinor,
    averagePrice: matchedMinor > 0 ? averagePrice : null,
    remainingMinor: stands ? rest : 0,
    lapsedMinor: stands ? 0 : rest,
    cancelledMinor: 0,
    voidedMinor: 0,
  };
}
