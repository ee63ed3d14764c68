import { existsSync, linkSync, renameSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { isStatisticoError, StatisticoError } from "../../core/errors.js";
import { storedVersion } from "./application.js";
import { copyDatabase, verifySound } from "./backup.js";
import { guarded } from "./fault.js";
import { schemaVersion } from "./migrations.js";
import { BUSY_TIMEOUT_MS } from "./pragmas.js";

/**
 * Put a verified copy of the backup `from` in the place of the database `to`, at once or not at all.
 *
 * What stood there before stays beside it as `<to>.replaced`, whose path is returned; null when there was nothing.
 * Throws StatisticoError when the backup is missing, damaged, foreign or newer, or `to` is in use.
 */
export function restoreSqlite(
  from: string,
  to: string,
  { busyTimeoutMs = BUSY_TIMEOUT_MS }: { readonly busyTimeoutMs?: number } = {},
): string | null {
  if (!existsSync(from)) throw new StatisticoError("data", `no backup at ${from}`, `ls ${to}*`);
  const incoming = `${to}.restoring`;
  rmSync(incoming, { force: true });
  guarded(from, () => copyBackup(from, incoming));
  try {
    return replace(to, incoming, busyTimeoutMs);
  } finally {
    rmSync(incoming, { force: true });
  }
}

function copyBackup(from: string, incoming: string): void {
  const backup = new Database(from, { readonly: true, fileMustExist: true });
  try {
    if (storedVersion(backup, from, schemaVersion) === 0)
      throw new StatisticoError("data", `the backup is empty: ${from}`, "use another backup");
    verifySound(backup, from);
    copyDatabase(backup, incoming);
  } finally {
    backup.close();
  }
}

/** A log left beside the old file must never meet the new one: it is emptied into the old file first, then removed. */
function replace(to: string, incoming: string, busyTimeoutMs: number): string | null {
  if (!existsSync(to)) {
    renameSync(incoming, to);
    return null;
  }
  emptyLog(to, busyTimeoutMs);
  const replaced = `${to}.replaced`;
  rmSync(replaced, { force: true });
  linkSync(to, replaced);
  for (const suffix of ["-wal", "-shm"]) rmSync(to + suffix, { force: true });
  renameSync(incoming, to);
  return replaced;
}

/** A damaged database has no log worth saving; one in use must not be replaced. */
function emptyLog(to: string, timeout: number): void {
  try {
    guarded(to, () => {
      const old = new Database(to, { fileMustExist: true, timeout });
      try {
        old.exec("BEGIN EXCLUSIVE; COMMIT");
        old.pragma("wal_checkpoint(TRUNCATE)");
      } finally {
        old.close();
      }
    });
  } catch (error) {
    if (!isStatisticoError(error) || error.kind !== "data") throw error;
  }
}
