import { createHash } from "node:crypto";
import type { LedgerEntry, LedgerHead } from "./port.js";

/** Before the first entry. */
export const GENESIS: LedgerHead = { seq: 0, hash: "0".repeat(64) };

/** SHA-256 over the hash before and every field of the entry: what binds it to all that came earlier. */
export function entryHash(before: string, { seq, at, kind, key, body }: LedgerEntry): string {
  return createHash("sha256")
    .update(JSON.stringify([before, seq, at, kind, key, body]))
    .digest("hex");
}

export interface HashedEntry extends LedgerEntry {
  readonly hash: string;
}

/** Follow the chain; the first link that does not hold, or the head it comes to. */
export function followChain(
  entries: Iterable<HashedEntry>,
): LedgerHead | { readonly broken: number; readonly reason: string } {
  let { seq, hash } = GENESIS;
  for (const entry of entries) {
    if (entry.seq !== seq + 1) return { broken: seq + 1, reason: "an entry is missing" };
    if (entryHash(hash, entry) !== entry.hash)
      return { broken: entry.seq, reason: "it is not what was written" };
    ({ seq, hash } = entry);
  }
  return { seq, hash };
}
