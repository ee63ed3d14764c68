import type Database from "better-sqlite3";

/** How long a writer waits for another before it gives up. */
export const BUSY_TIMEOUT_MS = 5000;

/** NORMAL may lose the last commits on a power cut, never the database; FULL waits for the disk at each commit. */
export type Synchronous = "NORMAL" | "FULL";

/** Settings of a connection that writes; the first one is the file's own and outlives the connection. */
export function writerPragmas(database: Database.Database, synchronous: Synchronous): void {
  if (database.pragma("journal_mode", { simple: true }) !== "wal") database.pragma("journal_mode = WAL");
  database.pragma(`synchronous = ${synchronous}`);
  database.pragma("foreign_keys = ON");
}
