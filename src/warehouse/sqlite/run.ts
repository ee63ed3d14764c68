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

/** Runs, the latest first. */
export function readRuns(
  connection: Connection,
  { command, limit = -1 }: { readonly command?: string | undefined; readonly limit?: number | undefined },
): readonly StoredRun[] {
  return connection
    .statement<StoredRun>(
      `SELECT id, command, name, started_at AS startedAt, version, data_hash AS dataHash,
         config_hash AS configHash, seed, document, detail
       FROM run WHERE command = ifnull(@command, command) ORDER BY id DESC LIMIT @limit`,
    )
    .all({ command: command ?? null, limit });
}
