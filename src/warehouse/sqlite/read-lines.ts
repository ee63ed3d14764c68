import type { Fixture } from "../../domain/fixture.js";
import type { PriceSnapshot } from "../../domain/price.js";
import { type PricePoint, pointLimit, pricesAt } from "../../domain/price-point.js";
import type { LineQuery } from "../port.js";
import type { Connection } from "./connection.js";
import { codesOf, MOMENTS } from "./dimension.js";
import { PRICE_COLUMNS, PRICE_ORDER, type PriceRow } from "./price-row.js";
import { readFixtures } from "./read-fixtures.js";
import { idsOf, latestVersions, snapshotOf } from "./read-prices.js";

/**
 * One price a source, selection and side, at the point asked for; fixtures in kick-off order. `limit` counts fixtures.
 *
 * The engine leaves all but the ticks that can be the point: of thousands of a fixture, one a selection.
 */
export function readLines(connection: Connection, query: LineQuery): readonly PriceSnapshot[] {
  return connection.read(() => {
    const select = lineSelect(connection, query);
    const snapshot = snapshotOf(connection);
    return readFixtures(connection, query).flatMap((fixture) => {
      const rows = latestVersions(select(fixture));
      return pricesAt(
        rows.map((row) => snapshot(fixture.id, row)),
        query.point,
        fixture,
      );
    });
  });
}

type Select = (fixture: Fixture) => readonly PriceRow[];

/** Rows that can be the point, in the order of the primary key. */
function lineSelect(connection: Connection, query: LineQuery): Select {
  const { point } = query;
  const among = conditions(connection, query);
  if (point.kind === "max") {
    const all = connection.tuples<PriceRow>(
      `SELECT ${PRICE_COLUMNS} FROM price WHERE ${among} AND observed_at <= @limit ORDER BY ${PRICE_ORDER}`,
    );
    return (fixture) => all.all(valuesOf(point, fixture));
  }
  const published = connection.tuples<PriceRow>(
    `SELECT ${PRICE_COLUMNS} FROM price WHERE ${among} AND ${publishedFor(point)} ORDER BY ${PRICE_ORDER}`,
  );
  const ticks = connection.tuples<PriceRow>(edgeTicks(among, point.kind === "open" ? "min" : "max"));
  return (fixture) => {
    const values = valuesOf(point, fixture);
    return [...published.all(values), ...ticks.all(values)];
  };
}

function valuesOf(point: PricePoint, fixture: Fixture): Readonly<Record<string, number>> {
  return { fixtureId: fixture.id, limit: pointLimit(point, fixture) };
}

const TICK = MOMENTS.indexOf("tick");
const PUBLISHED = [MOMENTS.indexOf("early"), MOMENTS.indexOf("close")];

function publishedFor({ kind }: PricePoint): string {
  if (kind === "early" || kind === "close") return `moment = ${MOMENTS.indexOf(kind)}`;
  return `moment IN (${PUBLISHED.join(", ")}) AND observed_at <= @limit`;
}

/** All versions of the first or last tick of each line within the limit. */
function edgeTicks(among: string, edge: "min" | "max"): string {
  const line = ["market_id", "source_id", "side", "runner_id", "line"];
  const same = line.map((column) => `q.${column} = t.${column}`).join(" AND ");
  return `SELECT ${PRICE_COLUMNS} FROM price
    WHERE fixture_id = @fixtureId AND moment = ${TICK} AND (${line.join(", ")}, observed_at) IN (
      SELECT ${line.map((column) => `t.${column}`).join(", ")}, (
        SELECT ${edge}(q.observed_at) FROM price q
        WHERE q.fixture_id = t.fixture_id AND q.moment = ${TICK} AND ${same} AND q.observed_at <= @limit)
      FROM tick_line t WHERE ${among})
    ORDER BY ${PRICE_ORDER}`;
}

/** Ids are listed even when all are meant: then the engine goes straight to the moment of each market and source. */
function conditions(connection: Connection, { markets, sources }: LineQuery): string {
  const list = (table: "market" | "source", codes: readonly string[] | undefined): string => {
    const known = codesOf(connection, table);
    return (codes ? idsOf(known, codes) : [...known.keys()]).join(", ");
  };
  return `fixture_id = @fixtureId AND market_id IN (${list("market", markets)})
    AND source_id IN (${list("source", sources)})`;
}
