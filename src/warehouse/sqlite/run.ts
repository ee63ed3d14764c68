import type { StoredRun } from "../port.js";
import type { Connection } from "./connection.js";

/** Keep a run; its id. An `id` in `run` is ignored. */
export function writeRun(connection: Connection, run: StoredRun): number {
  const { command, name, startedAt, version, dataHash, configHash, seed, document, detail } = run;
  return connection.write(() =>
    connection.insert(
      `INSERT INTO run (command, name, started_at, version, data_hash, config_hash, seed, document, detail)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[command, name, startedAt, version, dataHash, configHash, seed, document, detail],
    ),
  );
}

export interface RunQuery {
  readonly id?: number | undefined;
  readonly command?: string | undefined;
  readonly limit?: number | undefined;
  readonly whole?: boolean | undefined;
}

/** Runs, the latest first; without their documents unless `whole`. */
export function readRuns(
  connection: Connection,
  { id, command, limit = -1, whole }: RunQuery,
): readonly StoredRun[] {
  const texts = whole ? "document, detail" : "'' AS document, '' AS detail";
  return connection
    .statement<StoredRun>(
      `SELECT id, command, name, started_at AS startedAt, version, data_hash AS dataHash,
         config_hash AS configHash, seed, ${texts}
       FROM run WHERE command = ifnull(@command, command) AND id = ifnull(@id, id)
       ORDER BY id DESC LIMIT @limit`,
    )
    .all({ id: id ?? null, command: command ?? null, limit });
}
