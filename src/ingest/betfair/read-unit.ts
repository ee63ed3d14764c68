import { type Entry, entriesIn, entriesOf } from "../../exchange/recorded/unpack/entries.js";
import { LIMITS, type Limits, openBudget, runIsOver } from "../../exchange/recorded/unpack/limits.js";
import type { RefusedEntry } from "../../exchange/recorded/unpack/refused.js";
import type { Unit } from "../../exchange/recorded/unpack/units.js";
import { type KeptStream, keepStream } from "./keep-stream.js";
import { type EntryReading, type Folders, readEntry } from "./read-entry.js";

/** An unpacked file, kept, and what is in it; null when its bytes were read before. */
export interface TakenEntry extends KeptStream {
  readonly kind: "taken";
  readonly name: string;
  readonly reading: EntryReading | null;
}

export type EntryResult = TakenEntry | RefusedEntry;

/** What one file may unpack to: a month of a market's every tick is far below. The run as a whole has no limit. */
export const UNIT_LIMITS: Limits = {
  ...LIMITS,
  totalBytes: 16 * 1024 ** 3,
};

/**
 * Unpack a unit, keep every file of it in the raw archive, then read it.
 *
 * `known` tells whether a sha256 was read before: such a file is kept no second time and not read. Hostile and damaged
 * files come as results, never as exceptions.
 */
export async function* readUnit(
  unit: Exclude<Unit, RefusedEntry>,
  folders: Folders,
  known: (sha256: string) => boolean,
): AsyncGenerator<EntryResult> {
  const budget = openBudget(UNIT_LIMITS);
  for await (const entry of entriesOfUnit(unit, budget)) {
    if (entry.kind === "refused") yield entry;
    else {
      const kept = await keepStream(folders.raw, entry.chunks, () => runIsOver(budget));
      const reading = known(kept.sha256) ? null : await readEntry(kept.sha256, folders);
      yield { kind: "taken", name: entry.name, ...kept, reading };
    }
  }
}

function entriesOfUnit(
  unit: Exclude<Unit, RefusedEntry>,
  budget: ReturnType<typeof openBudget>,
): AsyncGenerator<Entry> {
  if (unit.kind === "file") return entriesOf(unit.name, budget);
  return entriesIn(once(unit.bytes), unit.name, budget, 1);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
