import type { Team } from "../../domain/fixture.js";
import type { LeagueSummary, SuspectedName, TeamAlias } from "../port.js";
import type { Connection } from "./connection.js";

type Summary = Omit<LeagueSummary, "seasons"> & { readonly id: number };

/** Codes of every competition, in order. */
export function readLeagueCodes(connection: Connection): readonly string[] {
  return connection
    .tuples<[string]>("SELECT code FROM competition ORDER BY code")
    .all()
    .map(([code]) => code);
}

/** Every competition, in the order of its code. */
export function readLeagues(connection: Connection): readonly LeagueSummary[] {
  return connection.read(() => {
    const seasons = connection.tuples<[number]>(
      "SELECT start_year FROM season WHERE competition_id = ? ORDER BY start_year",
    );
    return connection
      .statement<Summary>(
        `SELECT c.id, c.code, c.name, n.name AS country, c.tier, count(f.id) AS fixtures,
           (SELECT count(*) FROM fixture p WHERE p.competition_id = c.id
              AND EXISTS (SELECT 1 FROM result r WHERE r.fixture_id = p.id)) AS results,
           (SELECT count(*) FROM (SELECT home_id FROM fixture WHERE competition_id = c.id
              UNION SELECT away_id FROM fixture WHERE competition_id = c.id)) AS teams,
           min(f.day) AS firstDay, max(f.day) AS lastDay
         FROM competition c JOIN country n ON n.id = c.country_id LEFT JOIN fixture f ON f.competition_id = c.id
         GROUP BY c.id ORDER BY c.code`,
      )
      .all()
      .map(({ id, ...summary }) => ({ ...summary, seasons: seasons.all(id).map(([year]) => year) }));
  });
}

/** Clubs by country and name. `league`: those that have played in it. */
export function readTeams(
  connection: Connection,
  { country, league }: { readonly country?: string | undefined; readonly league?: string | undefined },
): readonly Team[] {
  return connection
    .statement<Team>(
      `SELECT t.id, t.name, n.name AS country FROM team t JOIN country n ON n.id = t.country_id
       WHERE n.name = ifnull(@country, n.name)
         AND (@league IS NULL OR EXISTS (
           SELECT 1 FROM fixture f JOIN competition c ON c.id = f.competition_id
           WHERE c.code = @league AND (f.home_id = t.id OR f.away_id = t.id)))
       ORDER BY n.name, t.name`,
    )
    .all({ country: country ?? null, league: league ?? null });
}

export function readAliases(connection: Connection): readonly TeamAlias[] {
  return connection
    .statement<TeamAlias>(
      `SELECT a.source, n.name AS country, a.alias, t.name AS team, a.origin
       FROM team_alias a JOIN country n ON n.id = a.country_id JOIN team t ON t.id = a.team_id
       ORDER BY a.source, n.name, a.alias`,
    )
    .all();
}

type NameRow = Omit<SuspectedName, "waits"> & { readonly waits: number };

/** Names that wait first; the most alike first among each. */
export function readSuspectedNames(connection: Connection): readonly SuspectedName[] {
  return connection
    .statement<NameRow>(
      `SELECT s.source, n.name AS country, s.name, t.name AS suggestion, s.score, s.first_seen AS firstSeen, s.waits
       FROM (SELECT *, 1 AS waits FROM unknown_name UNION ALL SELECT *, 0 FROM suspected_name) s
       JOIN country n ON n.id = s.country_id LEFT JOIN team t ON t.id = s.team_id
       ORDER BY s.waits DESC, s.score DESC, s.source, n.name, s.name`,
    )
    .all()
    .map((row) => ({ ...row, waits: row.waits === 1 }));
}
