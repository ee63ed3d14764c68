import { createHash, type Hash } from "node:crypto";
import type { Connection } from "./connection.js";
import { priceDigest } from "./price-digest.js";

/** Read everything. Throws StatisticoError when a stored code leads nowhere. */
export function computeContentHash(connection: Connection): string {
  const text = createHash("sha256");
  hashDescriptions(connection, text);
  const prices = hashFixtures(connection, text);
  return text.update(prices).digest("hex");
}

const DESCRIPTIONS = [
  `SELECT c.code, c.name, n.name, c.tier FROM competition c JOIN country n ON n.id = c.country_id ORDER BY 1`,
  "SELECT c.code, s.start_year FROM season s JOIN competition c ON c.id = s.competition_id ORDER BY 1, 2",
  "SELECT n.name, t.name FROM team t JOIN country n ON n.id = t.country_id ORDER BY 1, 2",
  `SELECT a.source, n.name, a.alias, t.name, a.origin
   FROM team_alias a JOIN country n ON n.id = a.country_id JOIN team t ON t.id = a.team_id ORDER BY 1, 2, 3`,
  "SELECT code, name, kind FROM source ORDER BY 1",
  "SELECT sha256, reading, source FROM raw_file ORDER BY 1, 2",
  `SELECT f.sha256, q.line, q."column", q.rule, q.text, q.raw, q.scope
   FROM quarantine q JOIN raw_file f ON f.id = q.file_id
   WHERE q.rule NOT IN ('team-unknown', 'event-unknown') ORDER BY 1, 2, 3, 4, 5, 6, 7, f.reading`,
];

function hashDescriptions(connection: Connection, hash: Hash): void {
  for (const [i, sql] of DESCRIPTIONS.entries()) {
    hash.update(`#${i}\n`);
    hashRows(connection, hash, sql);
  }
  for (const sql of LATER) hashRows(connection, hash, sql);
}

function hashRows(connection: Connection, hash: Hash, sql: string): void {
  for (const row of connection.tuples(sql).iterate()) hash.update(`${JSON.stringify(row)}\n`);
}

/** What came with later schemas leaves no trace where there is none of it: a hash that is kept stays true. */
const LATER = [
  `SELECT 'expected-goals', c.code, f.day, h.name, a.name, x.source, x.revision, x.home, x.away, x.home_shots,
     x.away_shots
   FROM expected_goals x JOIN fixture f ON f.id = x.fixture_id JOIN competition c ON c.id = f.competition_id
   JOIN team h ON h.id = f.home_id JOIN team a ON a.id = f.away_id ORDER BY 2, 3, 4, 5, 6, 7`,
  `SELECT 'club-rating', r.source, n.name, t.name, r.from_day, r.until_day, r.value
   FROM club_rating r JOIN team t ON t.id = r.team_id JOIN country n ON n.id = t.country_id ORDER BY 2, 3, 4, 5`,
  // A digest stands for all that its market did; what it came to is read from that.
  `SELECT 'exchange-recording', m.venue, m.code, r.digest
   FROM exchange_recording r JOIN exchange_market m ON m.id = r.market_id ORDER BY 2, 3, 4`,
  `SELECT 'exchange-link', m.venue, m.code, c.code, f.day, h.name, a.name, l.market, l.runners
   FROM exchange_link l JOIN exchange_market m ON m.id = l.market_id JOIN fixture f ON f.id = l.fixture_id
   JOIN competition c ON c.id = f.competition_id JOIN team h ON h.id = f.home_id JOIN team a ON a.id = f.away_id
   ORDER BY 2, 3`,
];

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
  const prices = priceDigest(connection);
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
