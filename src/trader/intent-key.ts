import { createHash } from "node:crypto";
import type { Side } from "../exchange/venue.js";
import type { DecisionMoment } from "../strategy/strategy.js";
import type { LedgerMode } from "../warehouse/ledger/port.js";

/** What makes two wishes one bet. */
export interface IntentIdentity {
  readonly mode: LedgerMode;
  readonly strategy: string;
  readonly marketId: string;
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  /** The decision that wished for it, by `slotName`. */
  readonly slot: string;
}

/** The key of an intent: the same wish has the same key on every run, and a key is bet once. */
export function intentKey(identity: IntentIdentity): string {
  const { mode, strategy, marketId, selectionId, handicap, side, slot } = identity;
  return [mode, strategy, marketId, selectionId, handicap, side, slot].join("|");
}

/**
 * The name of a decision: its moment, and not the clock. A fixture is decided once a moment, so a run that comes late,
 * comes twice, or comes after the start was moved wishes for the same bet.
 */
export function slotName(moment: DecisionMoment): string {
  return moment.kind === "asof" ? `asof ${moment.beforeMs / 60_000}` : moment.kind;
}

/** Names the decision of a strategy on a fixture. */
export function decisionName(strategy: string, slot: string, fixtureId: number): string {
  return [strategy, slot, fixtureId].join("|");
}

/** Orders of ours carry it at the venue: looked up by it, never unique there, the same for every attempt. */
export function orderRef(key: string): string {
  return reference(key);
}

/** De-dupes copies of one request within a minute: another one once a bet was proven absent and opened anew. */
export function customerRef(key: string, generation: number): string {
  return reference(generation === 0 ? `${key}|request` : `${key}|request ${generation}`);
}

/** At most 15 characters of the venue's alphabet: the name cut, and enough of a digest to tell names apart. */
export function strategyRef(strategy: string): string {
  const plain = strategy.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 9);
  return `${plain}-${digest(strategy).slice(0, 5)}`;
}

/** Whether an order's reference is of our making, in the ledger or not. */
export function isOurRef(ref: string): boolean {
  return /^st[0-9a-f]{30}$/.test(ref);
}

/** 32 characters: 120 bits of a digest, so that no two keys meet. */
function reference(text: string): string {
  return `st${digest(text).slice(0, 30)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
