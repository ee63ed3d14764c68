import type { RatingQuery, StoredRating, WriteCounts } from "../port.js";
import type { Connection } from "./connection.js";
import { codeIds, entry } from "./dimension.js";
import { FIXTURE_JOINS, KICK_OFF_ORDER } from "./fixture-select.js";
import { readNames } from "./read-fixtures.js";

/** Ratings are derived: writing them again replaces what differs. */
export function writeRatings(connection: Connection, ratings: readonly StoredRating[]): WriteCounts {
  return connection.write(() => {
    const algorithm = codeIds(connection, "rating_algorithm");
    const before = countRatings(connection);
    let written = 0;
    for (const rating of ratings) written += upsert(connection, algorithm(rating.algorithm), rating);
    const added = countRatings(connection) - before;
    return { new: added, changed: written - added, same: ratings.length - written };
  });
}

function countRatings(connection: Connection): number {
  return connection.tuples<[number]>("SELECT count(*) FROM rating").get()?.[0] ?? 0;
}

/** Rows written: 0 when the same rating is there. */
function upsert(connection: Connection, algorithmId: number, rating: StoredRating): number {
  const { fixtureId, team, day, attackBefore, defenceBefore, attackAfter, defenceAfter } = rating;
  return connection
    .statement(
      `INSERT INTO rating VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET day = excluded.day, attack_before = excluded.attack_before,
         defence_before = excluded.defence_before, attack_after = excluded.attack_after,
         defence_after = excluded.defence_after
       WHERE (day, attack_before, defence_before, attack_after, defence_after) IS NOT
         (excluded.day, excluded.attack_before, excluded.defence_before, excluded.attack_after,
          excluded.defence_after)`,
    )
    .run(algorithmId, fixtureId, team.id, day, attackBefore, defenceBefore, attackAfter, defenceAfter)
    .changes;
}

type RatingRow = Omit<StoredRating, "team"> & { readonly teamId: number };

/** Ratings in kick-off order, home before away. `asOf`: matches of the days before it, none of that day itself. */
export function readRatings(connection: Connection, query: RatingQuery): readonly StoredRating[] {
  const { algorithm, league = null, team = null, asOf = null } = query;
  return connection.read(() => {
    const { teams } = readNames(connection);
    return connection
      .statement<RatingRow>(
        `SELECT g.code AS algorithm, r.fixture_id AS fixtureId, r.team_id AS teamId, r.day,
           r.attack_before AS attackBefore, r.defence_before AS defenceBefore,
           r.attack_after AS attackAfter, r.defence_after AS defenceAfter
         FROM rating r JOIN rating_algorithm g ON g.id = r.algorithm_id JOIN team t ON t.id = r.team_id
         JOIN (${FIXTURE_JOINS}) ON f.id = r.fixture_id
         WHERE g.code = @algorithm AND (@league IS NULL OR c.code = @league)
           AND (@team IS NULL OR t.name = @team) AND (@asOf IS NULL OR r.day < @asOf)
         ORDER BY ${KICK_OFF_ORDER}, f.id, r.team_id = f.away_id`,
      )
      .all({ algorithm, league, team, asOf })
      .map(({ teamId, ...rating }) => ({ ...rating, team: entry(teams, teamId, connection) }));
  });
}
