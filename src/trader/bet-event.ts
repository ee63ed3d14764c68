import type { Instant } from "../core/clock.js";
import type { Minor } from "../domain/money.js";
import type { SettledFacts } from "./bet-state.js";
import type { OrderFacts } from "./order-facts.js";

/** Something that happened to a bet. Events are appended to the ledger and never changed. */
export type BetEvent =
  | { readonly kind: "intended"; readonly at: Instant }
  /** A control refused it: nothing goes out. */
  | { readonly kind: "denied"; readonly at: Instant; readonly code: string; readonly text: string }
  /** An attempt is about to leave. */
  | { readonly kind: "sending"; readonly at: Instant; readonly customerRef: string }
  /** The attempt did not leave this machine. */
  | { readonly kind: "not-sent"; readonly at: Instant; readonly code: string }
  /** The venue's reply: it stands. */
  | { readonly kind: "placed"; readonly at: Instant; readonly order: OrderFacts }
  /** The venue's reply: it does not and will not. */
  | { readonly kind: "rejected"; readonly at: Instant; readonly code: string }
  /** No reply that proves anything. */
  | { readonly kind: "unknown"; readonly at: Instant; readonly code: string }
  /** A look at the venue's orders found it. */
  | { readonly kind: "seen"; readonly at: Instant; readonly order: OrderFacts }
  /** One look at the open and at the cleared orders found nothing. */
  | { readonly kind: "absent"; readonly at: Instant }
  | { readonly kind: "expired"; readonly at: Instant; readonly code: string }
  /** Proven absent, still wanted: an intent again. */
  | { readonly kind: "reopened"; readonly at: Instant }
  | { readonly kind: "settled"; readonly at: Instant; readonly facts: SettledFacts }
  | { readonly kind: "reconciled"; readonly at: Instant; readonly commissionMinor: Minor };

export type BetEventKind = BetEvent["kind"];

export const BET_EVENT_KINDS: readonly BetEventKind[] = [
  "intended",
  "denied",
  "sending",
  "not-sent",
  "placed",
  "rejected",
  "unknown",
  "seen",
  "absent",
  "expired",
  "reopened",
  "settled",
  "reconciled",
];
