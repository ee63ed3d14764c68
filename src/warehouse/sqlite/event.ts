import type { StoredEvent } from "../port.js";
import type { Connection } from "./connection.js";

/** Shape of the payloads below; raised when one of them changes its meaning. */
const EVENT_SCHEMA = 1;

/** Something that others may want to hear of. `key` names its subject; `payload` is plain data. */
export interface Happening {
  readonly type: "file.ingested" | "result.revised" | "fixture.moved" | "team.merged";
  readonly key: string;
  readonly at: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly league?: string;
  readonly fixtureId?: number;
}

/** Put an event into the outbox, in the transaction of the change it tells of. */
export function recordEvent(connection: Connection, { type, key, at, payload, ...about }: Happening): void {
  connection
    .statement(
      `INSERT INTO event (type, key, league, fixture_id, schema_version, model_version, at, payload)
       VALUES (?, ?, ?, ?, ?, '', ?, ?)`,
    )
    .run(type, key, about.league ?? "", about.fixtureId ?? null, EVENT_SCHEMA, at, JSON.stringify(payload));
}

/** Events after an id, oldest first. */
export function readEvents(
  connection: Connection,
  { after, limit }: { readonly after: number; readonly limit: number },
): readonly StoredEvent[] {
  return connection
    .statement<StoredEvent>(
      `SELECT id, type, key, league, fixture_id AS fixtureId, schema_version AS schemaVersion,
         model_version AS modelVersion, at, payload
       FROM event WHERE id > ? ORDER BY id LIMIT ?`,
    )
    .all(after, limit);
}
