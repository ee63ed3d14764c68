import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Trial } from "../../backtest/sweep/trial.js";
import { writeWhole } from "../../files/write-whole.js";
import { sealed, unsealed } from "./league-store.js";

/** Finished parts of a sweep, so that one that was interrupted goes on where it stopped. */
export interface SweepParts {
  /** Where they are kept; null keeps none. */
  readonly folder: string | null;
  read(task: string): readonly Trial[] | null;
  write(task: string, trials: readonly Trial[]): void;
  /** When all of it is in the database. */
  clear(): void;
}

/** Parts in a folder of their own; null keeps none. */
export function sweepParts(folder: string | null): SweepParts {
  if (folder === null) return { folder, read: () => null, write: () => {}, clear: () => {} };
  const pathOf = (task: string): string => join(folder, `${task.replaceAll(" ", "-")}.part`);
  return {
    folder,
    read(task) {
      try {
        const body = unsealed(readFileSync(pathOf(task)));
        return body && deserialize(body);
      } catch {
        return null;
      }
    },
    write: (task, trials) => writeWhole(pathOf(task), sealed(serialize(trials)), 0o600),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}
