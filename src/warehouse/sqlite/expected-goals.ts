import type { Instant } from "../../core/clock.js";
import type { ExpectedGoals, FixtureQuery, RecordedExpectedGoals } from "../port.js";
import type { Connection } from "./connection.js";
import { FIXTURE_JOINS, fixtureSelect, KICK_OFF_ORDER, rowLimit } from "./fixture-select.js";
import type { WriteScene } from "./write-scene.js";

interface Latest extends RecordedExpectedGoals {
  readonly revision: number;
  readonly fileId: number;
}

/**
 * Append what a source says of a fixture's expected goals beyond its last word; true when it says anything.
 *
 * They become known when their file came in: sources work them out, and over, long after the match.
 */
export function reviseExpectedGoals(
  { connection, file, fileId, outdated }: WriteScene,
  fixtureId: number,
  { expectedGoals: told }: { readonly expectedGoals?: RecordedExpectedGoals | undefined },
): boolean {
  if (told === undefined) return false;
  const known = connection
    .statement<Latest>(
      `SELECT revision, home, away, home_shots AS homeShots, away_shots AS awayShots, file_id AS fileId
       FROM expected_goals WHERE fixture_id = ? AND source = ? ORDER BY revision DESC LIMIT 1`,
    )
    .get(fixtureId, file.raw.source);
  if (known && (outdated(known.fileId) || isSame(known, told))) return false;
  const revision = known ? known.revision + 1 : 0;
  const homeShots = told.homeShots ?? known?.homeShots ?? null;
  const awayShots = told.awayShots ?? known?.awayShots ?? null;
  connection
    .statement("INSERT INTO expected_goals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .run(
      fixtureId,
      file.raw.source,
      revision,
      told.home,
      told.away,
      homeShots,
      awayShots,
      file.raw.receivedAt,
      fileId,
    );
  return true;
}

/** Sums of shots and published totals of one source differ in the seventh digit. */
const SAME = 1e-5;

function isSame(known: RecordedExpectedGoals, told: RecordedExpectedGoals): boolean {
  return (
    Math.abs(known.home - told.home) < SAME &&
    Math.abs(known.away - told.away) < SAME &&
    (told.homeShots === null || told.homeShots === known.homeShots) &&
    (told.awayShots === null || told.awayShots === known.awayShots)
  );
}

/** Latest revision known at `asOf`, in kick-off order and by source. */
export function readExpectedGoals(
  connection: Connection,
  query: FixtureQuery & { readonly asOf?: Instant | undefined; readonly source?: string | undefined },
): readonly ExpectedGoals[] {
  const { where, values } = fixtureSelect(query);
  return connection
    .statement<ExpectedGoals>(
      `SELECT x.fixture_id AS fixtureId, x.source, x.revision, x.home, x.away, x.home_shots AS homeShots,
         x.away_shots AS awayShots, x.known_at AS knownAt
       FROM ${FIXTURE_JOINS} JOIN expected_goals x ON x.fixture_id = f.id
       WHERE ${where} AND x.source = ifnull(@source, x.source) AND x.revision = (
         SELECT max(l.revision) FROM expected_goals l WHERE l.fixture_id = x.fixture_id AND l.source = x.source
           AND l.known_at <= ifnull(@asOf, l.known_at))
       ORDER BY ${KICK_OFF_ORDER}, f.id, x.source LIMIT @limit`,
    )
    .all({ ...values, source: query.source ?? null, asOf: query.asOf ?? null, limit: rowLimit(query.limit) });
}
