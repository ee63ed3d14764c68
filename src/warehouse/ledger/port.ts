import type { Instant } from "../../core/clock.js";

/** Whose money a ledger holds. Each has a file of its own, and a file says for ever which it is. */
export type LedgerMode = "paper" | "live" | "practice";

export const LEDGER_MODES: readonly LedgerMode[] = ["paper", "live", "practice"];

/** What is written in one line: a bet's intent or event, or something of the whole ledger. */
export interface NewEntry {
  readonly at: Instant;
  readonly kind: string;
  /** The intent's key; null for what is of no one bet. */
  readonly key: string | null;
  /** Plain data as JSON: money in integer minor units, prices as ticks. */
  readonly body: string;
}

export interface LedgerEntry extends NewEntry {
  /** From 1, without gaps. */
  readonly seq: number;
}

/** The last entry's number and hash: two ledgers with the same head are the same. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

export type Verification =
  | { readonly kind: "sound"; readonly head: LedgerHead }
  | { readonly kind: "damaged"; readonly place: string; readonly reason: string };

/**
 * The ledger of bets: entries are appended, never changed, each bound to the one before by its hash.
 *
 * Its methods answer at once, and what they wrote is on the disk when they return: nothing may come between a
 * durable intent and its sending. It is always a file of this machine, whatever stands behind the warehouse.
 */
export interface Ledger {
  readonly mode: LedgerMode;
  readonly path: string;
  /** Write an intent; false when there is one of this key: a key is bet once, ever. */
  intend(entry: NewEntry & { readonly key: string }): boolean;
  /**
   * Append in one transaction, all or none. Throws InvariantError for a key that was never intended, StatisticoError
   * when the disk says no: then nothing may be sent.
   */
  append(entries: readonly NewEntry[]): void;
  /** In order, from the one after `seq` on. */
  entries(after?: number): IterableIterator<LedgerEntry>;
  /** The last entry of one of these kinds. */
  latest(kinds: readonly string[]): LedgerEntry | null;
  head(): LedgerHead;
  /** Reads everything: each entry's hash, the head, the indices and the schema. */
  verify(): Verification;
  close(): void;
}
