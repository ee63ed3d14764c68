import { formatInstant } from "../../core/day.js";
import type { StoredEvent } from "../port.js";
import type { Connection } from "./connection.js";
import { damaged } from "./fault.js";
import { PRICE_COLUMNS, PRICE_ORDER, type PriceRow, priceKinds } from "./price-row.js";

/** What an event row says of its payload: the text itself, or the file whose rows it is. */
export interface OutboxRow {
  readonly type: string;
  readonly fixtureId: number | null;
  readonly fileId: number | null;
  readonly payload: string;
}

type Payload = StoredEvent["payload"];

/** Reads payloads; those that are rows are put together from them. Throws StatisticoError for a damaged one. */
export function outboxPayload(connection: Connection): (row: OutboxRow) => Payload {
  const prices = storedPrices(connection);
  const result = storedResult(connection);
  return ({ type, fixtureId, fileId, payload }) => {
    if (fileId === null || fixtureId === null) return parsed(connection, payload);
    return type === "result.stored" ? result(fixtureId, fileId) : prices(fixtureId, fileId);
  };
}

function parsed(connection: Connection, text: string): Payload {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Payload;
  } catch {
    // Falls through: what is no JSON is as damaged as what is no object.
  }
  throw damaged(connection.path, `an event's payload is no JSON object, was ${text.slice(0, 40)}`);
}

function storedPrices(connection: Connection): (fixtureId: number, fileId: number) => Payload {
  const kindOf = priceKinds(connection);
  const select = connection.tuples<PriceRow>(
    `SELECT ${PRICE_COLUMNS} FROM price WHERE fixture_id = ? AND file_id = ? ORDER BY ${PRICE_ORDER}`,
  );
  const sha256 = fileHash(connection);
  return (fixtureId, fileId) => ({
    file: sha256(fileId),
    prices: select.all(fixtureId, fileId).map(([kind, line, observedAt, , price, size]) => {
      const { source, market, runner, side, moment } = kindOf(kind);
      const at = formatInstant(observedAt);
      return { source, market, line: line / 4, runner, side, moment, price, size, observedAt: at };
    }),
  });
}

interface ResultRow {
  readonly homeGoals: number;
  readonly awayGoals: number;
  readonly halfTimeHome: number | null;
  readonly halfTimeAway: number | null;
  readonly knownAt: number;
}

function storedResult(connection: Connection): (fixtureId: number, fileId: number) => Payload {
  const select = connection.statement<ResultRow>(
    `SELECT home_goals AS homeGoals, away_goals AS awayGoals, half_time_home AS halfTimeHome,
       half_time_away AS halfTimeAway, known_at AS knownAt
     FROM result WHERE fixture_id = ? AND revision = 0`,
  );
  const sha256 = fileHash(connection);
  return (fixtureId, fileId) => {
    const result = select.get(fixtureId);
    if (!result) throw damaged(connection.path, `the result of fixture ${fixtureId} is not there`);
    return { file: sha256(fileId), ...result, knownAt: formatInstant(result.knownAt) };
  };
}

function fileHash(connection: Connection): (fileId: number) => string {
  const select = connection.tuples<[string]>("SELECT sha256 FROM raw_file WHERE id = ?");
  return (fileId) => select.get(fileId)?.[0] ?? "";
}
