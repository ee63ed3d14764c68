import type { CompiledPrice, CompiledQuery, WriteCounts } from "../port.js";
import { announceCompiled } from "./compiled-event.js";
import type { Connection } from "./connection.js";
import { codeIds, codesOf, entry, marketsOf } from "./dimension.js";
import { FIXTURE_JOINS, fixtureSelect, KICK_OFF_ORDER, rowLimit } from "./fixture-select.js";

/**
 * Append prices of ours. One that differs from what the same model version said for the same instant is a further
 * revision and counts as changed.
 */
export function writeCompiledOdds(connection: Connection, odds: readonly CompiledPrice[]): WriteCounts {
  return connection.write(() => {
    const write = compiledWriter(connection);
    const counts = { new: 0, changed: 0, same: 0 };
    const news: CompiledPrice[] = [];
    for (const price of odds) {
      const change = write(price);
      counts[change]++;
      if (change !== "same") news.push(price);
    }
    announceCompiled(connection, news);
    return counts;
  });
}

function compiledWriter(connection: Connection): (price: CompiledPrice) => keyof WriteCounts {
  const market = codeIds(connection, "market");
  const runner = codeIds(connection, "runner");
  const latest = connection.tuples<[number, number, number | null, number | null, number]>(
    `SELECT revision, probability, low, high, fair_price FROM compiled_odds
     WHERE fixture_id = ? AND model_id = ? AND market_id = ? AND line = ? AND runner_id = ? AND as_of = ?
     ORDER BY revision DESC LIMIT 1`,
  );
  const insert = connection.statement("INSERT INTO compiled_odds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  return (price) => {
    const { fixtureId, line, asOf, probability, low, high, fairPrice } = price;
    const model = modelId(connection, price.model, price.modelVersion);
    const key = [fixtureId, model, market(price.market), line, runner(price.runner), asOf];
    const values = [probability, low, high, fairPrice];
    const known = latest.get(...key);
    if (known && values.every((value, i) => value === known[i + 1])) return "same";
    insert.run(...key, known ? known[0] + 1 : 0, ...values);
    return known ? "changed" : "new";
  };
}

function modelId(connection: Connection, name: string, version: string): number {
  return (
    connection
      .tuples<[number]>("SELECT id FROM model WHERE name = ? AND version = ?")
      .get(name, version)?.[0] ??
    connection.insert("INSERT INTO model (name, version) VALUES (?, ?)", name, version)
  );
}

type CompiledRow = Omit<CompiledPrice, "market" | "runner"> & {
  readonly marketId: number;
  readonly runnerId: number;
};

/**
 * The latest price of each selection and model version known at `asOf`, or the one of each instant; in kick-off order.
 * `limit` counts prices.
 */
export function readCompiledOdds(connection: Connection, query: CompiledQuery): readonly CompiledPrice[] {
  const { where, values } = fixtureSelect(query);
  return connection.read(() => {
    const markets = marketsOf(connection);
    const runners = codesOf(connection, "runner");
    return connection
      .statement<CompiledRow>(
        `SELECT o.fixture_id AS fixtureId, o.market_id AS marketId, o.runner_id AS runnerId, o.line,
           m.name AS model, m.version AS modelVersion, o.as_of AS asOf, o.probability, o.low, o.high,
           o.fair_price AS fairPrice
         FROM ${FIXTURE_JOINS} JOIN compiled_odds o ON o.fixture_id = f.id JOIN model m ON m.id = o.model_id
         WHERE ${where} AND (@asOf IS NULL OR o.as_of <= @asOf) AND NOT EXISTS (
           SELECT 1 FROM compiled_odds l
           WHERE l.fixture_id = o.fixture_id AND l.model_id = o.model_id AND l.market_id = o.market_id
             AND l.line = o.line AND l.runner_id = o.runner_id AND (@asOf IS NULL OR l.as_of <= @asOf)
             AND ${query.everyInstant ? "l.as_of = o.as_of AND l.revision > o.revision" : "(l.as_of, l.revision) > (o.as_of, o.revision)"})
         ORDER BY ${KICK_OFF_ORDER}, f.id, m.name, m.version, o.market_id, o.line, o.runner_id, o.as_of
         LIMIT @limit`,
      )
      .all({ ...values, asOf: query.asOf ?? null, limit: rowLimit(query.limit) })
      .map(({ marketId, runnerId, ...price }) => ({
        ...price,
        market: entry(markets, marketId, connection),
        runner: entry(runners, runnerId, connection),
      }));
  });
}
