import type { Instant } from "../../core/clock.js";
import type { MatchStatistics, PlayedMatch, Result } from "../../domain/fixture.js";
import { statisticsOf } from "../contract/match-facts.js";
import type { FixtureMove, FixtureQuery } from "../port.js";
import type { Connection } from "./connection.js";
import { FIXTURE_JOINS, fixtureSelect, KICK_OFF_ORDER, rowLimit } from "./fixture-select.js";
import { FIXTURE_COLUMNS, type FixtureRow, fixtureOf, readNames } from "./read-fixtures.js";

export type AsOfQuery = FixtureQuery & { readonly asOf?: Instant | undefined };

type MatchRow = readonly [
  ...FixtureRow,
  revision: number,
  homeGoals: number,
  awayGoals: number,
  halfTimeHome: number | null,
  halfTimeAway: number | null,
  knownAt: number,
];

/** Latest revision known at `asOf` of each result, in kick-off order. */
export function readMatches(connection: Connection, query: AsOfQuery): readonly PlayedMatch[] {
  const { where, values } = fixtureSelect(query);
  return connection.read(() => {
    const names = readNames(connection);
    return connection
      .tuples<MatchRow>(
        `SELECT ${FIXTURE_COLUMNS},
           r.revision, r.home_goals, r.away_goals, r.half_time_home, r.half_time_away, r.known_at
         FROM ${FIXTURE_JOINS} JOIN result r ON r.fixture_id = f.id
         WHERE ${where} AND ${latestKnown("result", query.asOf)} ORDER BY ${KICK_OFF_ORDER} LIMIT @limit`,
      )
      .all({ ...values, asOf: query.asOf ?? null, limit: rowLimit(query.limit) })
      .map((row) => ({ fixture: fixtureOf(row, names, connection), result: resultOf(row) }));
  });
}

/** Every revision of results that have more than one, in kick-off order, first revision first. */
export function readRevisions(connection: Connection, query: FixtureQuery): readonly Result[] {
  const { where, values } = fixtureSelect(query);
  return connection
    .statement<Result>(
      `SELECT r.fixture_id AS fixtureId, r.revision, r.home_goals AS homeGoals, r.away_goals AS awayGoals,
         r.half_time_home AS halfTimeHome, r.half_time_away AS halfTimeAway, r.known_at AS knownAt
       FROM ${FIXTURE_JOINS} JOIN result r ON r.fixture_id = f.id
       WHERE ${where} AND EXISTS (SELECT 1 FROM result l WHERE l.fixture_id = f.id AND l.revision = 1)
       ORDER BY ${KICK_OFF_ORDER}, f.id, r.revision LIMIT @limit`,
    )
    .all({ ...values, limit: rowLimit(query.limit) });
}

/** Days that fixtures were moved from, each with the receipt of the file that moved it. */
export function readMoves(connection: Connection, query: FixtureQuery): readonly FixtureMove[] {
  const { where, values } = fixtureSelect(query);
  return connection
    .statement<FixtureMove>(
      `SELECT m.fixture_id AS fixtureId, m.day, m.kick_off AS kickOff, w.received_at AS knownAt
       FROM ${FIXTURE_JOINS} JOIN fixture_move m ON m.fixture_id = f.id JOIN raw_file w ON w.id = m.file_id
       WHERE ${where} ORDER BY ${KICK_OFF_ORDER}, f.id, m.ordinal LIMIT @limit`,
    )
    .all({ ...values, limit: rowLimit(query.limit) });
}

/** Statistics by fixture id, latest revision known at `asOf`, inserted in kick-off order. */
export function readStatistics(
  connection: Connection,
  query: AsOfQuery,
): ReadonlyMap<number, MatchStatistics> {
  const { where, values } = fixtureSelect(query);
  const statistics = new Map<number, MatchStatistics>();
  const rows = connection
    .tuples<readonly (number | null)[]>(
      `SELECT r.* FROM ${FIXTURE_JOINS} JOIN match_statistics r ON r.fixture_id = f.id
       WHERE ${where} AND ${latestKnown("match_statistics", query.asOf)}
       ORDER BY ${KICK_OFF_ORDER} LIMIT @limit`,
    )
    .all({ ...values, asOf: query.asOf ?? null, limit: rowLimit(query.limit) });
  for (const [fixtureId, , ...facts] of rows) {
    const counts = statisticsOf(facts);
    if (counts && fixtureId) statistics.set(fixtureId, counts);
  }
  return statistics;
}

/** Condition that `r`, a row of a table of revisions, is the latest that was known. */
function latestKnown(table: "result" | "match_statistics", asOf: Instant | undefined): string {
  const known = asOf === undefined ? "" : " AND l.known_at <= @asOf";
  return `r.revision = (SELECT max(l.revision) FROM ${table} l WHERE l.fixture_id = r.fixture_id${known})`;
}

function resultOf(row: MatchRow): Result {
  return {
    fixtureId: row[0],
    revision: row[9],
    homeGoals: row[10],
    awayGoals: row[11],
    halfTimeHome: row[12],
    halfTimeAway: row[13],
    knownAt: row[14],
  };
}
