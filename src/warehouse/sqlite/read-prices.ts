import type { PriceSnapshot, PriceSource } from "../../domain/price.js";
import type { PriceQuery } from "../port.js";
import type { Connection } from "./connection.js";
import { codesOf, MOMENTS } from "./dimension.js";
import { PRICE_COLUMNS, PRICE_ORDER, type PriceRow, priceKinds, unpackKind } from "./price-row.js";
import { fixtureIds } from "./read-fixtures.js";

/**
 * Prices by fixture in kick-off order, within a fixture by market, source, moment, side, runner and line as they
 * were first met, then by instant.
 *
 * The latest version is that of the file which came in last, among the prices observed by `asOf`. A tick is a price
 * of its own at each instant; early and closing prices have one. `limit` counts prices.
 */
export function readPrices(connection: Connection, query: PriceQuery): readonly PriceSnapshot[] {
  return connection.read(() => {
    const snapshots: PriceSnapshot[] = [];
    const limit = query.limit ?? Infinity;
    const select = priceSelect(connection, query);
    const snapshot = snapshotOf(connection);
    for (const fixtureId of fixtureIds(connection, query)) {
      const rows = select(fixtureId);
      for (const row of query.everyVersion ? rows : latestVersions(rows)) {
        if (snapshots.length >= limit) return snapshots;
        snapshots.push(snapshot(fixtureId, row));
      }
    }
    return snapshots;
  });
}

export function readSources(connection: Connection): readonly PriceSource[] {
  return connection.statement<PriceSource>("SELECT code, name, kind FROM source ORDER BY code").all();
}

/**
 * The price rows of one fixture in the order of the primary key, which groups the versions of a price.
 *
 * A fixture's rows lie side by side: one run through them is a quarter of the work of a search for each market, source
 * and moment that is wanted. The unary plus keeps SQLite from searching.
 */
function priceSelect(connection: Connection, query: PriceQuery): (fixtureId: number) => readonly PriceRow[] {
  // Bound by position: names cost as much as the rows of a fixture.
  const conditions = ["fixture_id = ?"];
  const values: number[] = [];
  const among = (column: string, ids: readonly number[] | undefined): void => {
    if (ids) conditions.push(`+${column} IN (${ids.join(", ")})`);
  };
  among("market_id", query.markets && idsOf(codesOf(connection, "market"), query.markets));
  among("source_id", query.sources && idsOf(codesOf(connection, "source"), query.sources));
  among(
    "moment",
    query.moments?.map((moment) => MOMENTS.indexOf(moment)),
  );
  if (query.asOf !== undefined) {
    conditions.push("observed_at <= ?");
    values.push(query.asOf);
  }
  const statement = connection.tuples<PriceRow>(
    `SELECT ${PRICE_COLUMNS} FROM price WHERE ${conditions.join(" AND ")} ORDER BY ${PRICE_ORDER}`,
  );
  return (fixtureId) => statement.all(fixtureId, ...values);
}

export function idsOf(codes: ReadonlyMap<number, string>, wanted: readonly string[]): number[] {
  const names = new Set(wanted);
  return [...codes].filter(([, code]) => names.has(code)).map(([id]) => id);
}

/** Of neighbouring rows that are versions of one price, the one of the latest file, then of the latest instant. */
export function latestVersions(rows: readonly PriceRow[]): readonly PriceRow[] {
  const latest: PriceRow[] = [];
  for (const row of rows) {
    const previous = latest.at(-1);
    if (!previous || !isSamePrice(previous, row)) latest.push(row);
    else if (row[3] >= previous[3]) latest[latest.length - 1] = row;
  }
  return latest;
}

const TICK = MOMENTS.indexOf("tick");

/** Ticks differ by their instant; an early or closing price that moved with its fixture is the same price. */
function isSamePrice(a: PriceRow, b: PriceRow): boolean {
  if (a[0] !== b[0] || a[1] !== b[1]) return false;
  return a[2] === b[2] || unpackKind(a[0]).moment !== TICK;
}

export function snapshotOf(connection: Connection): (fixtureId: number, row: PriceRow) => PriceSnapshot {
  const kindOf = priceKinds(connection);
  return (fixtureId, [kind, line, observedAt, , price, size]) => {
    const { market, runner, source, side, moment } = kindOf(kind);
    return { fixtureId, market, runner, line, source, side, moment, price, size, observedAt };
  };
}
