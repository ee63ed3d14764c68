import { repeated } from "../contract/accounting.js";
import type { FileOutcome, RawFile } from "../port.js";
import type { Connection } from "./connection.js";

/** The part of an outcome that is a list. */
type Detail = Pick<FileOutcome, "warnings" | "revisions" | "leagues" | "seasons">;
type Counts = Omit<FileOutcome, keyof Detail>;

/** Enter a file before what it says: its rows count once they are all written. */
export function insertRawFile(connection: Connection, raw: RawFile): number {
  return connection.insert(
    `INSERT INTO raw_file (sha256, reading, source, path, bytes, received_at,
       rows, new, changed, same, quarantined, blank, quarantined_cells, prices, detail)
     VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')`,
    raw.sha256,
    raw.reading,
    raw.source,
    raw.path,
    raw.bytes,
    raw.receivedAt,
  );
}

export function finishRawFile(connection: Connection, fileId: number, outcome: FileOutcome): void {
  const { warnings, revisions, leagues, seasons, ...counts } = outcome;
  connection
    .statement(
      `UPDATE raw_file SET rows = @rows, new = @new, changed = @changed, same = @same,
         quarantined = @quarantined, blank = @blank, quarantined_cells = @quarantinedCells, prices = @prices,
         detail = @detail
       WHERE id = @id`,
    )
    .run({ ...counts, id: fileId, detail: JSON.stringify({ warnings, revisions, leagues, seasons }) });
}

/** What the ingest of these bytes under this reading came to; null when they are new. */
export function storedOutcome(connection: Connection, sha256: string, reading: string): FileOutcome | null {
  const row = connection
    .statement<Counts & { readonly detail: string }>(
      `SELECT rows, new, changed, same, quarantined, blank, quarantined_cells AS quarantinedCells, prices, detail
       FROM raw_file WHERE sha256 = ? AND reading = ?`,
    )
    .get(sha256, reading);
  if (!row) return null;
  const { detail, ...counts } = row;
  const lists: Detail = JSON.parse(detail);
  return { ...counts, ...lists };
}

/** Every reading of every file, in the order they came in. */
export function readRawFiles(connection: Connection): readonly RawFile[] {
  return connection
    .statement<RawFile>(
      "SELECT sha256, source, path, bytes, received_at AS receivedAt, reading FROM raw_file ORDER BY id",
    )
    .all();
}

/** `storedOutcome` as a repetition of it: nothing is new the second time. */
export function outcomeAgain(connection: Connection, sha256: string, reading: string): FileOutcome | null {
  const known = storedOutcome(connection, sha256, reading);
  return known && repeated(known);
}
