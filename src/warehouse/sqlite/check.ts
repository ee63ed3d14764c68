import Database from "better-sqlite3";
import { isStatisticoError } from "../../core/errors.js";
import type { Connection } from "./connection.js";
import { computeContentHash } from "./content-digest.js";
import { storedHash } from "./content-hash.js";
import { operatorsProblem } from "./fault.js";
import { migrations } from "./migrations.js";

/**
 * Everything that is wrong with a database, as sentences; empty when it is sound.
 *
 * The engine's own checks first; ours only when the engine finds nothing, for they would stumble over the same.
 */
export function checkDatabase(connection: Connection): readonly string[] {
  return connection.read(() => {
    const engine = [...attempt(connection, engineProblems), ...attempt(connection, orphanProblems)];
    return engine.length > 0 ? engine : ours.flatMap((check) => attempt(connection, check));
  });
}

type Check = (connection: Connection) => readonly string[];

/** A check that cannot be made is a finding, too. */
function attempt(connection: Connection, check: Check): readonly string[] {
  try {
    return check(connection);
  } catch (error) {
    const problem = operatorsProblem(error, connection.path);
    if (isStatisticoError(problem)) return [problem.message];
    throw error;
  }
}

const MOST_SHOWN = 20;

function engineProblems({ database }: Connection): readonly string[] {
  const rows = database.prepare<[], string>(`PRAGMA quick_check(${MOST_SHOWN})`).pluck().all();
  return rows.filter((row) => row !== "ok");
}

function orphanProblems(connection: Connection): readonly string[] {
  return connection
    .tuples<[string, number | null, string, number]>("PRAGMA foreign_key_check")
    .all()
    .slice(0, MOST_SHOWN)
    .map(([table, , parent]) => `a row of ${table} points to a row of ${parent} that is not there`);
}

/** A sentence a row. The engine's CHECK constraints say some of it as well: they bind writers, not bit rot. */
const RULES = [
  `SELECT 'file ' || path || ': ' || rows || ' rows are not new + changed + same + quarantined + blank'
   FROM raw_file WHERE rows <> new + changed + same + quarantined + blank`,
  `SELECT 'price of fixture ' || fixture_id || ' is not above 1, was ' || price
   FROM price WHERE NOT price > 1 OR typeof(price) <> 'real'`,
  `SELECT 'fixture ' || fixture_id || ' has ' || count(*) || ' results, but revision ' || max(revision)
   FROM result GROUP BY fixture_id HAVING count(*) <> max(revision) + 1 OR min(revision) <> 0`,
  `SELECT 'fixture ' || fixture_id || ' has ' || count(*) || ' statistics, but revision ' || max(revision)
   FROM match_statistics GROUP BY fixture_id HAVING count(*) <> max(revision) + 1 OR min(revision) <> 0`,
  `SELECT 'fixture ' || r.fixture_id || ': a correction is known before what it corrects'
   FROM result r JOIN result p ON p.fixture_id = r.fixture_id AND p.revision = r.revision - 1
   WHERE r.known_at < p.known_at`,
  `SELECT 'ticks of fixture ' || p.fixture_id || ' are on no list of lines'
   FROM price p WHERE p.moment = 2 AND NOT EXISTS (SELECT 1 FROM tick_line t WHERE t.fixture_id = p.fixture_id
     AND t.market_id = p.market_id AND t.source_id = p.source_id AND t.side = p.side AND t.runner_id = p.runner_id
     AND t.line = p.line) GROUP BY p.fixture_id`,
  `SELECT 'event ' || e.id || ' tells of rows that are not there'
   FROM event e LEFT JOIN raw_file r ON r.id = e.file_id LEFT JOIN result s ON s.fixture_id = e.fixture_id AND s.revision = 0
   WHERE e.file_id IS NOT NULL AND NOT coalesce(e.at = r.received_at AND e.schema_version >= 1 AND CASE e.type
     WHEN 'result.stored' THEN s.fixture_id IS NOT NULL
     WHEN 'prices.stored' THEN EXISTS (SELECT 1 FROM price p WHERE p.fixture_id = e.fixture_id AND p.file_id = e.file_id)
     ELSE FALSE END, FALSE)`,
  `SELECT 'fixture ' || f.id || ': ' || t.name || ' is a club of another country than ' || c.code
   FROM fixture f JOIN competition c ON c.id = f.competition_id JOIN team t ON t.id IN (f.home_id, f.away_id)
   WHERE t.country_id <> c.country_id`,
];

function ruleProblems(connection: Connection): readonly string[] {
  return RULES.flatMap((sql) =>
    connection
      .tuples<[string]>(`${sql} LIMIT ${MOST_SHOWN}`)
      .all()
      .map(([problem]) => problem),
  );
}

function schemaProblems({ database }: Connection): readonly string[] {
  const fresh = new Database(":memory:");
  for (const { sql } of migrations) fresh.exec(sql);
  const [expected, found] = [schemaText(fresh), schemaText(database)];
  fresh.close();
  return expected === found ? [] : ["the schema is not the one this version makes"];
}

/** Every object of a schema as SQL, in the order of kind and name. */
export function schemaText(database: Database.Database): string {
  return database
    .prepare<[], string>(
      "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'view', tbl_name, type DESC, name",
    )
    .pluck()
    .all()
    .join("\n\n");
}

function hashProblems(connection: Connection): readonly string[] {
  const kept = storedHash(connection);
  if (kept === null || kept === computeContentHash(connection)) return [];
  return ["the content is not what it was when its hash was taken: it was changed by another program"];
}

const ours: readonly Check[] = [schemaProblems, ruleProblems, hashProblems];
