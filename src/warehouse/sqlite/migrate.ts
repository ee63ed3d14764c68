import { existsSync } from "node:fs";
import type Database from "better-sqlite3";
import { invariant } from "../../core/assert.js";
import { APPLICATION_ID, storedVersion } from "./application.js";
import { copyDatabase } from "./backup.js";
import type { Migration } from "./migrations.js";

/**
 * Bring a database to the last of `migrations`, each step in a transaction of its own.
 *
 * A database with content is first copied beside itself and the copy verified; its path is returned, null when there
 * was nothing to copy. Two processes may race: the second finds the work done.
 */
export function migrate(
  database: Database.Database,
  path: string,
  migrations: readonly Migration[],
): string | null {
  const before = storedVersion(database, path, migrations.length);
  if (before === migrations.length) return null;
  const copy = before === 0 ? null : freePath(`${path}.schema-${before}.backup`);
  if (copy !== null) copyDatabase(database, copy);
  for (const migration of migrations) step(database, path, migration, migrations.length);
  return copy;
}

function step(database: Database.Database, path: string, migration: Migration, newest: number): void {
  database
    .transaction(() => {
      const version = storedVersion(database, path, newest);
      if (version >= migration.version) return;
      invariant(version === migration.version - 1, `migration ${migration.version} after schema ${version}`);
      database.exec(migration.sql);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${migration.version}`);
    })
    .immediate();
}

/** `path`, or `path.2`, `path.3`, ... when it is taken: a backup never replaces a backup. */
function freePath(path: string): string {
  if (!existsSync(path)) return path;
  let n = 2;
  while (existsSync(`${path}.${n}`)) n++;
  return `${path}.${n}`;
}
