import type { Connection } from "./connection.js";
import { computeContentHash } from "./content-digest.js";

/**
 * sha256 over everything ingested, by natural keys in a fixed order: descriptions, files, quarantine, fixtures,
 * results, statistics and every version of every price.
 *
 * Left out: ids, paths, the instants at which files came in and corrections became known, and what people decided
 * (quarantine status, suspected names, rows that waited for it): the same files in the same order give the same hash on any day.
 * Kept beside the data until the next write, because it reads all of it.
 */
export function contentHash(connection: Connection): string {
  const { version, hash } = connection.read(() => {
    const current = contentVersion(connection);
    return { version: current, hash: storedHash(connection, current) ?? computeContentHash(connection) };
  });
  if (connection.writable) keepHash(connection, version, hash);
  return hash;
}

/** Say, inside a write, that the content is another one from now on. */
export function forgetContentHash(connection: Connection): void {
  connection
    .statement(
      `INSERT INTO meta (key, value) VALUES ('content_version', '1')
       ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`,
    )
    .run();
}

/** The hash kept for the content as it is; null when none is. */
export function storedHash(connection: Connection, version = contentVersion(connection)): string | null {
  const [keptFor, hash] = (metaValue(connection, "content_hash") ?? "").split(" ");
  return hash !== undefined && keptFor === version ? hash : null;
}

function contentVersion(connection: Connection): string {
  return metaValue(connection, "content_version") ?? "0";
}

function metaValue(connection: Connection, key: string): string | null {
  return connection.tuples<[string]>("SELECT value FROM meta WHERE key = ?").get(key)?.[0] ?? null;
}

/** Unless another process has written meanwhile. */
function keepHash(connection: Connection, version: string, hash: string): void {
  if (storedHash(connection) === hash) return;
  connection.write(() => {
    if (contentVersion(connection) !== version) return;
    connection
      .statement("INSERT OR REPLACE INTO meta (key, value) VALUES ('content_hash', ?)")
      .run(`${version} ${hash}`);
  });
}
