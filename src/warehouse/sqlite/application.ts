import type Database from "better-sqlite3";
import { StatisticoError } from "../../core/errors.js";

/** "STAT": how `file(1)` and we tell a statistico database from any other SQLite file. */
export const APPLICATION_ID = 0x53544154;

/**
 * The schema version of a database; 0 for one without any content.
 *
 * Throws StatisticoError when the file belongs to another program or to a newer statistico.
 */
export function storedVersion(database: Database.Database, path: string, newest: number): number {
  const version = Number(database.pragma("user_version", { simple: true }));
  const owner = Number(database.pragma("application_id", { simple: true }));
  if (owner !== APPLICATION_ID) {
    if (owner === 0 && version === 0 && isBlank(database)) return 0;
    throw new StatisticoError(
      "data",
      `not a statistico database: ${path}`,
      "name another file with --db FILE",
    );
  }
  if (version > newest)
    throw new StatisticoError(
      "data",
      `the database was written by a newer statistico: ${path}: schema ${version}, this one knows ${newest}`,
      "npm install --global statistico@latest",
    );
  return version;
}

function isBlank(database: Database.Database): boolean {
  return database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
}
