import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Instant } from "../../core/clock.js";
import { StatisticoError } from "../../core/errors.js";
import { reading } from "../../files/read-capped.js";
import { writeFailure } from "../../files/write-whole.js";
import type { ExchangeOptions } from "./exchange-state.js";
import type { Fault, RequestKind } from "./faults.js";
import type { Operation } from "./operation.js";

/** What the practice exchange writes down: enough to become what it was, and to judge whoever bet there. */
export type JournalEntry =
  | { readonly kind: "opened"; readonly version: 1; readonly options: ExchangeOptions }
  | { readonly kind: "started"; readonly at: Instant }
  | { readonly kind: "login"; readonly at: Instant; readonly granted: boolean }
  | { readonly kind: "fault"; readonly at: Instant; readonly fault: Fault; readonly of: RequestKind }
  | { readonly kind: "scripted"; readonly at: Instant; readonly code: string }
  | { readonly kind: "requests"; readonly at: Instant; readonly count: number }
  | Operation;

export interface Journal {
  append(entry: JournalEntry): void;
  close(): void;
}

/**
 * Append to a file, one entry a line, each handed to the system before this returns: what was written survives the end
 * of the process, however it ends. It is not forced to the disk: the machine itself is not put to the test here.
 */
export function openJournal(path: string): Journal {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(path, "a", 0o600);
  return {
    append(entry) {
      try {
        writeSync(file, `${JSON.stringify(entry)}\n`);
      } catch (error) {
        throw writeFailure(path, error);
      }
    },
    close: () => closeSync(file),
  };
}

/** Every whole line of a journal; a last one that was cut short never was. Throws StatisticoError for any other. */
export function readJournal(path: string): JournalEntry[] {
  if (!existsSync(path)) return [];
  const lines = reading(path, (name) => readFileSync(name, "utf8")).split("\n");
  // What follows the last line's end is empty, or the beginning of a line that was never finished.
  lines.pop();
  return lines.map((line, i) => {
    try {
      return JSON.parse(line) as JournalEntry;
    } catch {
      throw new StatisticoError(
        "data",
        `the journal is damaged: ${path}:${i + 1}`,
        "statistico practice --fresh",
      );
    }
  });
}

/** The operations of a journal, in order. */
export function operationsOf(entries: readonly JournalEntry[]): Operation[] {
  return entries.filter(
    (entry): entry is Operation =>
      entry.kind === "place" ||
      entry.kind === "cancel" ||
      entry.kind === "replace" ||
      entry.kind === "update",
  );
}
