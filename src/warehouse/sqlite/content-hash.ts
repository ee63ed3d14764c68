import { createHash, type Hash } from "node:crypto";
import { compareText } from "../../domain/fixture.js";
import type { Connection } from "./connection.js";
import { codesOf, entry } from "./dimension.js";
import {
  comparePriceKeys,
  PRICE_COLUMNS,
  PRICE_ORDER,
  type PriceRow,
  packKind,
  remembered,
  unpackKind,
} from "./price-row.js";

/**
 * sha256 over everything ingested, by natural keys in a fixed order: descriptions, files, quarantine, fixtures,
 * results, statistics and every version of every price.
 *
 * Left out: ids, paths, the instants at which files came in and corrections became known, and what people decided
 * (quarantine status, suspected names): the same files in the same order give the same hash on any day.
 * Kept beside the data until the next write, because it reads all of it.
 */
export function contentHash(connection: Connection): string {
  const { version, hash } = connection.read(() => {
    const current = contentVersion(connection);
    return { version: current, hash: storedHash(connection, current) ?? computeContentHash(connection) };
  });
  if (connection.writable) keepHash(connection, version, hash);
  return hash;
}

/** Say, inside a write, that the content is another one from now on. */
export function forgetContentHash(connection: Connection): void {
  connection
    .statement(
      `INSERT INTO meta (key, value) VALUES ('content_version', '1')
       ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`,
    )
    .run();
}

/** The hash kept for the content as it is; null when none is. */
export function storedHash(connection: Connection, version = contentVersion(connection)): string | null {
  const [keptFor, hash] = (metaValue(connection, "content_hash") ?? "").split(" ");
  return hash !== undefined && keptFor === version ? hash : null;
}

/** Read everything. Throws StatisticoError when a stored code leads nowhere. */
export function computeContentHash(connection: Connection): string {
  const text = createHash("sha256");
  hashDescriptions(connection, text);
  const prices = hashFixtures(connection, text);
  return text.update(prices).digest("hex");
}

function contentVersion(connection: Connection): string {
  return metaValue(connection, "content_version") ?? "0";
}

function metaValue(connection: Connection, key: string): string | null {
  return connection.tuples<[string]>("SELECT value FROM meta WHERE key = ?").get(key)?.[0] ?? null;
}

/** Unless another process has written meanwhile. */
function keepHash(connection: Connection, version: string, hash: string): void {
  if (storedHash(connection) === hash) return;
  connection.write(() => {
    if (contentVersion(connection) !== version) return;
    connection
      .statement("INSERT OR REPLACE INTO meta (key, value) VALUES ('content_hash', ?)")
      .run(`${version} ${hash}`);
  });
}

const DESCRIPTIONS = [
  `SELECT c.code, c.name, n.name, c.tier FROM competition c JOIN country n ON n.id = c.country_id ORDER BY 1`,
  "SELECT c.code, s.start_year FROM season s JOIN competition c ON c.id = s.competition_id ORDER BY 1, 2",
  "SELECT n.name, t.name FROM team t JOIN country n ON n.id = t.country_id ORDER BY 1, 2",
  `SELECT a.source, n.name, a.alias, t.name, a.origin
   FROM team_alias a JOIN country n ON n.id = a.country_id JOIN team t ON t.id = a.team_id ORDER BY 1, 2, 3`,
  "SELECT code, name, kind FROM source ORDER BY 1",
  "SELECT code FROM market ORDER BY 1",
  "SELECT code FROM runner ORDER BY 1",
  "SELECT sha256, reading, source FROM raw_file ORDER BY 1, 2",
  `SELECT f.sha256, q.line, q."column", q.rule, q.text, q.raw, q.scope
   FROM quarantine q JOIN raw_file f ON f.id = q.file_id ORDER BY 1, 2, 3, 4, 5, 6, 7, f.reading`,
];

function hashDescriptions(connection: Connection, hash: Hash): void {
  for (const [i, sql] of DESCRIPTIONS.entries()) {
    hash.update(`#${i}\n`);
    for (const row of connection.tuples(sql).iterate()) hash.update(`${JSON.stringify(row)}\n`);
  }
}

const FIXTURES = `SELECT f.id, c.code, f.day, h.name, a.name, f.season, f.minutes, f.kick_off, f.neutral
  FROM fixture f JOIN competition c ON c.id = f.competition_id
  JOIN team h ON h.id = f.home_id JOIN team a ON a.id = f.away_id ORDER BY 2, 3, 4, 5`;
const MOVES = "SELECT day, minutes FROM fixture_move WHERE fixture_id = ? ORDER BY ordinal";
/** A first publication's instant follows from the match; a correction's is when its file came in. */
const RESULTS = `SELECT home_goals, away_goals, half_time_home, half_time_away, iif(revision = 0, known_at, NULL)
  FROM result WHERE fixture_id = ? ORDER BY revision`;
const STATISTICS = "SELECT * FROM match_statistics WHERE fixture_id = ? ORDER BY revision";
const STATISTICS_TAIL = 2;

/** Fixtures and what hangs on them into `hash`; the digest of their prices is returned. */
function hashFixtures(connection: Connection, hash: Hash): Buffer {
  const prices = priceHasher(connection);
  const [moves, results] = [connection.tuples(MOVES), connection.tuples(RESULTS)];
  const statistics = connection.tuples(STATISTICS);
  const fixtures = connection.tuples<[number, ...unknown[]]>(FIXTURES).all();
  for (const [ordinal, [id, ...fixture]] of fixtures.entries()) {
    const facts = statistics.all(id).map((row) => row.slice(1, -STATISTICS_TAIL));
    hash.update(`${JSON.stringify([fixture, moves.all(id), results.all(id), facts])}\n`);
    prices.add(ordinal, id);
  }
  return prices.digest();
}

const NUMBERS = 6;
const NO_SIZE = -1;

/** Prices as rows of little-endian doubles: ordinal of the fixture, kind, line, instant, price, size. */
function priceHasher(connection: Connection): {
  add(ordinal: number, fixtureId: number): void;
  digest(): Buffer;
} {
  const hash = createHash("sha256");
  const buffer = new Float64Array(NUMBERS * 8192);
  let filled = 0;
  const flush = (): void => {
    hash.update(new Uint8Array(buffer.buffer, 0, filled * Float64Array.BYTES_PER_ELEMENT));
    filled = 0;
  };
  const read = naturalPrices(connection);
  return {
    add(ordinal, fixtureId) {
      for (const [kind, line, observedAt, , price, size] of read(fixtureId)) {
        buffer[filled++] = ordinal;
        buffer[filled++] = kind;
        buffer[filled++] = line;
        buffer[filled++] = observedAt;
        buffer[filled++] = price;
        buffer[filled++] = size ?? NO_SIZE;
        if (filled === buffer.length) flush();
      }
    },
    digest() {
      flush();
      return hash.digest();
    },
  };
}

/** The prices of a fixture by a kind that does not depend on ids, line, instant and order of arrival. */
function naturalPrices(connection: Connection): (fixtureId: number) => readonly PriceRow[] {
  const kindOf = naturalKinds(connection);
  const select = connection.tuples<PriceRow>(
    `SELECT ${PRICE_COLUMNS} FROM price WHERE fixture_id = ? ORDER BY ${PRICE_ORDER}`,
  );
  return (fixtureId) =>
    select
      .all(fixtureId)
      .map(([kind, ...rest]): PriceRow => [kindOf(kind), ...rest])
      .sort((a, b) => comparePriceKeys(a, b) || a[3] - b[3]);
}

/** A kind with the places of its codes in code order instead of their ids. */
function naturalKinds(connection: Connection): (kind: number) => number {
  const markets = places(connection, "market");
  const sources = places(connection, "source");
  const runners = places(connection, "runner");
  return remembered((kind) => {
    const { marketId, sourceId, moment, side, runnerId } = unpackKind(kind);
    return packKind({
      marketId: entry(markets, marketId, connection),
      sourceId: entry(sources, sourceId, connection),
      moment,
      side,
      runnerId: entry(runners, runnerId, connection),
    });
  });
}

function places(connection: Connection, table: "market" | "source" | "runner"): ReadonlyMap<number, number> {
  const codes = [...codesOf(connection, table)].sort(([, a], [, b]) => compareText(a, b));
  return new Map(codes.map(([id], place) => [id, place]));
}
