import type { Minor } from "../domain/money.js";
import type { BetEvent } from "./bet-event.js";
import { type BetState, isOpen, type Stage } from "./bet-state.js";
import { isLater, type OrderFacts, orderFault, orderStage } from "./order-facts.js";
import { LOOKS, looksCountFrom } from "./quarantine.js";

/**
 * What an event makes of a bet.
 *
 * moved      the new state
 * same       nothing new in it: a reply that came twice, a look that is older than what is known
 * impossible it cannot follow: the bug, or the venue's nonsense, is named and nothing changes
 */
export type Transition =
  | { readonly kind: "moved"; readonly state: BetState }
  | { readonly kind: "same" }
  | { readonly kind: "impossible"; readonly reason: string };

const SAME: Transition = { kind: "same" };

/**
 * The state machine of a bet: total, pure, and never from silence to "rejected".
 *
 * `wantedMinor`  the size that was asked for: an order of another size is not believed.
 * Source         exchange.md, section 7.
 */
export function transition(state: BetState, event: BetEvent, wantedMinor: Minor): Transition {
  switch (event.kind) {
    case "intended":
      return from(state, event, ["PLANNED"], { stage: "INTENT" });
    case "denied":
      return from(state, event, ["PLANNED", "INTENT"], { stage: "DENIED", code: event.code });
    case "sending":
      return sending(state, event);
    case "not-sent":
    case "rejected":
      return refusedReply(state, event);
    case "unknown":
      return unknown(state, event);
    case "placed":
    case "seen":
      return stands(state, event, event.order, wantedMinor);
    case "absent":
      return absent(state, event);
    case "expired":
      return from(state, event, ["INTENT", "ABSENT"], { stage: "EXPIRED", code: event.code });
    case "reopened":
      return from(state, event, ["ABSENT"], {
        stage: "INTENT",
        code: null,
        generation: state.generation + 1,
        attempts: [],
        uncertain: 0,
        touchedAt: null,
        absences: [],
      });
    case "settled":
      return settled(state, event);
    case "reconciled":
      return reconciled(state, event);
  }
}

/** The state after all events in order; those that change nothing are passed over. */
export function stateAfter(start: BetState, events: readonly BetEvent[], wantedMinor: Minor): BetState {
  return events.reduce((state, event) => {
    const next = transition(state, event, wantedMinor);
    return next.kind === "moved" ? next.state : state;
  }, start);
}

function from(
  state: BetState,
  event: BetEvent,
  stages: readonly Stage[],
  change: Partial<BetState>,
): Transition {
  return stages.includes(state.stage) ? moved(state, change) : impossible(state, event);
}

function moved(state: BetState, change: Partial<BetState>): Transition {
  return { kind: "moved", state: { ...state, ...change } };
}

function impossible({ stage }: BetState, { kind }: BetEvent): Transition {
  return { kind: "impossible", reason: `${kind} cannot follow ${stage}` };
}

type EventOf<Kind extends BetEvent["kind"]> = Extract<BetEvent, { readonly kind: Kind }>;

/** The first attempt of an intent, or a copy of the same request; another request never follows an unknown one. */
function sending(state: BetState, event: EventOf<"sending">): Transition {
  const [first] = state.attempts;
  const copy = state.stage === "UNKNOWN" && first?.customerRef === event.customerRef;
  if (!copy && (state.stage !== "INTENT" || state.uncertain > 0)) return impossible(state, event);
  return moved(state, {
    stage: "SENT",
    attempts: [...state.attempts, { at: event.at, customerRef: event.customerRef }],
    uncertain: state.uncertain + 1,
    touchedAt: later(state.touchedAt, event.at),
    absences: [],
  });
}

/**
 * The attempt on its way does not stand. It proves nothing of earlier copies: while one of them is uncertain, so is
 * the bet.
 */
function refusedReply(state: BetState, event: EventOf<"not-sent" | "rejected">): Transition {
  if (state.stage !== "SENT") return reply(state, event);
  const uncertain = state.uncertain - 1;
  if (uncertain > 0)
    return moved(state, {
      stage: "UNKNOWN",
      code: event.code,
      uncertain,
      touchedAt: later(state.touchedAt, event.at),
    });
  const stage = event.kind === "rejected" ? "REJECTED" : "INTENT";
  return moved(state, { stage, code: event.code, uncertain });
}

/** A reply that comes late, or twice, changes nothing: what is known since is known better. */
function reply(state: BetState, event: BetEvent): Transition {
  return state.attempts.length > 0 ? SAME : impossible(state, event);
}

function unknown(state: BetState, event: EventOf<"unknown">): Transition {
  if (state.stage !== "SENT" && state.stage !== "UNKNOWN") return reply(state, event);
  return moved(state, {
    stage: "UNKNOWN",
    code: event.code,
    touchedAt: later(state.touchedAt, event.at),
    absences: [],
  });
}

/** An order of ours stands at the venue. That is believed whatever we thought of the bet. */
function stands(
  state: BetState,
  event: EventOf<"placed" | "seen">,
  order: OrderFacts,
  wantedMinor: Minor,
): Transition {
  const fault = orderFault(order, wantedMinor);
  if (fault !== null) return { kind: "impossible", reason: `order ${order.betId}: ${fault}` };
  if (state.stage === "PLANNED") return impossible(state, event);
  const known = state.order;
  if (known !== null && known.betId !== order.betId) return doubled(state, order);
  if (known !== null && !isLater(known, order)) return SAME;
  const paid = state.stage === "SETTLED" || state.stage === "RECONCILED";
  return moved(state, { order, uncertain: 0, ...(paid ? {} : { stage: orderStage(order) }) });
}

function doubled(state: BetState, order: OrderFacts): Transition {
  const others = state.doubles.filter(({ betId }) => betId !== order.betId);
  const known = state.doubles.find(({ betId }) => betId === order.betId);
  if (known && !isLater(known, order)) return SAME;
  return moved(state, { doubles: [...others, order] });
}

/** A look counts once the quarantine is over. */
function absent(state: BetState, event: EventOf<"absent">): Transition {
  const countsFrom = looksCountFrom(state);
  if (countsFrom === null) return reply(state, event);
  if (event.at < countsFrom) return SAME;
  const absences = [...state.absences, event.at];
  return moved(state, absences.length < LOOKS ? { absences } : { absences, stage: "ABSENT", uncertain: 0 });
}

/** A bet is settled once; another amount later is the venue's correction, and the last word stands. */
function settled(state: BetState, event: EventOf<"settled">): Transition {
  const { facts } = event;
  if (state.order === null) return impossible(state, event);
  if (facts.betId !== state.order.betId)
    return { kind: "impossible", reason: `bet ${facts.betId} is settled, ours is ${state.order.betId}` };
  const known = state.settled;
  const again =
    known !== null &&
    known.profitMinor === facts.profitMinor &&
    known.settledMinor === facts.settledMinor &&
    known.settledAt === facts.settledAt;
  if (again) return SAME;
  const paid = state.stage === "SETTLED" || state.stage === "RECONCILED";
  if (!paid && !isOpen(state)) return impossible(state, event);
  return moved(state, { stage: "SETTLED", settled: facts, commissionMinor: null });
}

/** Agreed with the venue's total of its market; a changed commission is agreed anew. */
function reconciled(state: BetState, event: EventOf<"reconciled">): Transition {
  const { commissionMinor } = event;
  if (state.stage === "RECONCILED" && state.commissionMinor === commissionMinor) return SAME;
  return from(state, event, ["SETTLED", "RECONCILED"], { stage: "RECONCILED", commissionMinor });
}

function later(known: number | null, at: number): number {
  return known === null ? at : Math.max(known, at);
}
