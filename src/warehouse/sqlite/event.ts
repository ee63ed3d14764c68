import { formatDay } from "../../core/day.js";
import type { EventFixture, EventQuery, StoredEvent } from "../port.js";
import type { Connection } from "./connection.js";
import { type OutboxRow, outboxPayload } from "./event-payload.js";

/** Shape of the payloads; raised when one of them changes its meaning. */
const EVENT_SCHEMA = 1;

/**
 * Something that others may want to hear of. `key` names its subject, which is the fixture when it is left out;
 * `payload` is plain data.
 */
export interface Happening {
  readonly type: "file.ingested" | "result.revised" | "fixture.moved" | "team.merged" | "odds.compiled";
  readonly key?: string;
  readonly at: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly league?: string;
  readonly fixtureId?: number;
  readonly modelVersion?: string;
}

/** Put an event into the outbox, in the transaction of the change it tells of. */
export function recordEvent(connection: Connection, { type, at, payload, ...about }: Happening): void {
  const { key = "", league = "", fixtureId = null, modelVersion = "" } = about;
  connection
    .statement(
      `INSERT INTO event (type, key, league, fixture_id, schema_version, model_version, at, payload)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(type, key, league, fixtureId, EVENT_SCHEMA, modelVersion, at, JSON.stringify(payload));
}

/** Tells that a file brought something of fixtures. */
export interface RowEvents {
  /** Once a file and fixture, however often it is said. */
  tell(type: "prices.stored" | "result.stored", fixtureId: number): void;
  /** Write what is still held back. */
  finish(): void;
}

/** Rows a statement: an event is told for each match of a file, and one row a statement would cost a fifth of it all. */
const BATCH = 32;
const COLUMNS = 5;

/**
 * What a file brought are rows that are never changed; they are read with the event, so that a season's prices are
 * not stored twice. Nor are the league and the key, which are the fixture's.
 */
export function rowEvents(connection: Connection, fileId: number, at: number): RowEvents {
  const held: unknown[] = [];
  const told = { "prices.stored": new Set<number>(), "result.stored": new Set<number>() };
  const finish = (): void => {
    const rows = held.length / COLUMNS;
    if (rows > 0) connection.statement(insertRows(rows)).run(held);
    held.length = 0;
  };
  return {
    tell(type, fixtureId) {
      if (told[type].has(fixtureId)) return;
      told[type].add(fixtureId);
      held.push(type, fixtureId, EVENT_SCHEMA, at, fileId);
      if (held.length === BATCH * COLUMNS) finish();
    },
    finish,
  };
}

function insertRows(rows: number): string {
  return `INSERT INTO event (type, key, league, fixture_id, schema_version, model_version, at, payload, file_id)
    VALUES ${Array(rows).fill("(?, '', '', ?, ?, '', ?, '', ?)").join(", ")}`;
}

type EventRow = readonly [
  id: number,
  type: string,
  key: string | number,
  league: string,
  fixtureId: number | null,
  schemaVersion: number,
  modelVersion: string,
  at: number,
  payload: string,
  fileId: number | null,
  season: number | null,
  day: number | null,
  home: string | null,
  away: string | null,
];

/** Events after an id, oldest first. */
export function readEvents(connection: Connection, query: EventQuery): readonly StoredEvent[] {
  const { after, limit, types, leagues } = query;
  const among = (column: string, list: readonly string[] | undefined, name: string): string =>
    list ? `AND ${column} IN (SELECT value FROM json_each(@${name}))` : "";
  return connection.read(() => {
    const rows = connection
      .tuples<EventRow>(
        `SELECT e.id, e.type, coalesce(nullif(e.key, ''), e.fixture_id, ''), coalesce(nullif(e.league, ''), c.code, ''),
           e.fixture_id, e.schema_version, e.model_version, e.at, e.payload,
           e.file_id, f.season, f.day, h.name, a.name
         FROM event e LEFT JOIN fixture f ON f.id = e.fixture_id
         LEFT JOIN competition c ON c.id = f.competition_id
         LEFT JOIN team h ON h.id = f.home_id LEFT JOIN team a ON a.id = f.away_id
         WHERE e.id > @after ${among("e.type", types, "types")} ${among("coalesce(nullif(e.league, ''), c.code)", leagues, "leagues")}
         ORDER BY e.id LIMIT @limit`,
      )
      .all({ after, limit, ...listed("types", types), ...listed("leagues", leagues) });
    const payload = outboxPayload(connection);
    return rows.map((row) => eventOf(row, payload));
  });
}

/** Id of the newest event; 0 without any. */
export function lastEvent(connection: Connection): number {
  return connection.tuples<[number | null]>("SELECT max(id) FROM event").get()?.[0] ?? 0;
}

function listed(name: string, list: readonly string[] | undefined): Record<string, string> {
  return list ? { [name]: JSON.stringify(list) } : {};
}

function eventOf(row: EventRow, payloadOf: (row: OutboxRow) => StoredEvent["payload"]): StoredEvent {
  const [id, type, key, league, fixtureId, schemaVersion, modelVersion, at, payload, fileId] = row;
  return {
    id,
    type,
    key: String(key),
    league,
    fixtureId,
    fixture: fixtureOf(row),
    schemaVersion,
    modelVersion,
    at,
    payload: payloadOf({ type, fixtureId, fileId, payload }),
  };
}

function fixtureOf(row: EventRow): EventFixture | null {
  const [, , , , , , , , , , season, day, home, away] = row;
  if (season === null || day === null || home === null || away === null) return null;
  return { season, date: formatDay(day), home, away };
}
