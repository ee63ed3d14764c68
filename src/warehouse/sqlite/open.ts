import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import type { Clock } from "../../core/clock.js";
import { StatisticoError } from "../../core/errors.js";
import type { Warehouse } from "../port.js";
import { storedVersion } from "./application.js";
import { Connection } from "./connection.js";
import { guarded } from "./fault.js";
import { migrate } from "./migrate.js";
import { migrations, schemaVersion } from "./migrations.js";
import { BUSY_TIMEOUT_MS, type Synchronous, writerPragmas } from "./pragmas.js";
import { createPrivate } from "./private-file.js";
import { sqliteWarehouse } from "./warehouse.js";

export interface OpenOptions {
  /** `read` never writes and needs a database of today's schema; `write` makes or migrates one. */
  readonly mode: "read" | "write";
  readonly clock: Clock;
  /** Default NORMAL. */
  readonly synchronous?: Synchronous;
  /** How long to wait for another process's write; default 5,000. */
  readonly busyTimeoutMs?: number;
}

/**
 * Open the SQLite database at `path`: settings and the schema version are read, nothing else.
 *
 * A new file and the folders above it are made for `write`, mode 0600. An older schema is migrated after a verified
 * backup beside the file. Throws StatisticoError when the file is missing (for `read`), foreign, damaged, newer,
 * locked or not writable.
 */
export function openSqlite(path: string, options: OpenOptions): Warehouse {
  const { mode, clock } = options;
  return guarded(path, () => {
    const database = mode === "read" ? openReader(path, options) : openWriter(path, options);
    return sqliteWarehouse(new Connection(database, path, clock, mode === "write"));
  });
}

function openReader(
  path: string,
  { busyTimeoutMs: timeout = BUSY_TIMEOUT_MS }: OpenOptions,
): Database.Database {
  if (!existsSync(path)) throw missing(path);
  return opened(new Database(path, { readonly: true, timeout }), (database) => {
    const version = storedVersion(database, path, schemaVersion);
    if (version === 0) throw missing(path);
    if (version < schemaVersion) {
      const message = `the database has an older schema: ${path}: ${version}, this version needs ${schemaVersion}`;
      throw new StatisticoError("data", message, "statistico db migrate");
    }
  });
}

function openWriter(path: string, options: OpenOptions): Database.Database {
  const { synchronous = "NORMAL", busyTimeoutMs: timeout = BUSY_TIMEOUT_MS } = options;
  createPrivate(path);
  return opened(new Database(path, { timeout }), (database) => {
    storedVersion(database, path, schemaVersion);
    writerPragmas(database, synchronous);
    migrate(database, path, migrations);
  });
}

function opened(
  database: Database.Database,
  prepare: (database: Database.Database) => void,
): Database.Database {
  try {
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function missing(path: string): StatisticoError {
  return new StatisticoError("data", `no database at ${path}`, "statistico ingest football-data --from FILE");
}
