import type { QuarantineEntry, QuarantineQuery, QuarantineStatus, RawFile, Reject } from "../port.js";
import type { Connection } from "./connection.js";

/**
 * Set aside what a file's rows could not give.
 *
 * Under another reading of the same bytes an entry that comes up again stays the entry it was, with its status; an
 * open one that does not is resolved.
 */
export function writeQuarantine(
  connection: Connection,
  fileId: number,
  { sha256, receivedAt }: RawFile,
  rejects: readonly Reject[],
): void {
  const earlier = earlierEntries(connection, fileId, sha256);
  for (const reject of rejects) {
    const key = entryKey(reject);
    const id = earlier.get(key);
    if (id === undefined) insertEntry(connection, fileId, reject, receivedAt);
    else keepEntry(connection, fileId, reject, id);
    earlier.delete(key);
  }
  for (const id of earlier.values())
    connection
      .statement("UPDATE quarantine SET status = 'resolved' WHERE id = ? AND status = 'open'")
      .run(id);
}

/** Set the status of entries; how many there were. */
export function setStatus(connection: Connection, ids: readonly number[], status: QuarantineStatus): number {
  return connection.write(
    () =>
      connection
        .statement("UPDATE quarantine SET status = ? WHERE id IN (SELECT value FROM json_each(?))")
        .run(status, JSON.stringify(ids)).changes,
  );
}

/** Entries in the order they were met. */
export function readQuarantine(connection: Connection, query: QuarantineQuery): readonly QuarantineEntry[] {
  const { id = null, rule = null, path = null, status = null, limit = -1 } = query;
  return connection
    .statement<QuarantineEntry>(
      `SELECT q.id, q.line, q."column", q.rule, q.text, q.raw, q.scope, f.sha256, f.path, q.status,
         q.first_seen AS firstSeen
       FROM quarantine q JOIN raw_file f ON f.id = q.file_id
       WHERE q.id = ifnull(@id, q.id) AND q.rule = ifnull(@rule, q.rule) AND f.path = ifnull(@path, f.path)
         AND q.status = ifnull(@status, q.status)
       ORDER BY q.id LIMIT @limit`,
    )
    .all({ id, rule, path, status, limit });
}

function earlierEntries(connection: Connection, fileId: number, sha256: string): Map<string, number> {
  const rows = connection
    .statement<Pick<Reject, "line" | "column" | "rule"> & { readonly id: number }>(
      `SELECT q.id, q.line, q."column", q.rule
       FROM quarantine q JOIN raw_file f ON f.id = q.file_id
       WHERE f.sha256 = ? AND f.id <> ? ORDER BY q.id`,
    )
    .all(sha256, fileId);
  return new Map(rows.map((row) => [entryKey(row), row.id]));
}

function entryKey({ line, column, rule }: Pick<Reject, "line" | "column" | "rule">): string {
  return JSON.stringify([line, column, rule]);
}

function insertEntry(connection: Connection, fileId: number, reject: Reject, firstSeen: number): void {
  const { line, column, rule, text, raw, scope } = reject;
  connection
    .statement(
      `INSERT INTO quarantine (file_id, line, "column", rule, text, raw, scope, status, first_seen)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?)`,
    )
    .run(fileId, line, column, rule, text, raw, scope, firstSeen);
}

/** A resolved entry that comes up again is open again. */
function keepEntry(connection: Connection, fileId: number, { text, raw, scope }: Reject, id: number): void {
  connection
    .statement(
      `UPDATE quarantine SET file_id = ?, text = ?, raw = ?, scope = ?,
         status = CASE status WHEN 'resolved' THEN 'open' ELSE status END
       WHERE id = ?`,
    )
    .run(fileId, text, raw, scope, id);
}
