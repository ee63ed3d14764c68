import type Database from "better-sqlite3";
import type { Connection } from "./connection.js";

/** Names of all tables, in code-unit order. */
export function tableNames(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
}

/** What is counted for people, under the words they use. */
const COUNTED = {
  countries: "country",
  leagues: "competition",
  seasons: "season",
  teams: "team",
  aliases: "team_alias",
  suspectedNames: "suspected_name",
  unknownNames: "unknown_name",
  sources: "source",
  markets: "market",
  fixtures: "fixture",
  moves: "fixture_move",
  results: "result",
  statistics: "match_statistics",
  expectedGoals: "expected_goals",
  clubRatings: "club_rating",
  prices: "price",
  files: "raw_file",
  quarantine: "quarantine",
  ratings: "rating",
  compiledOdds: "compiled_odds",
  runs: "run",
  events: "event",
  exchangeMarkets: "exchange_market",
  exchangeRecordings: "exchange_recording",
} as const;

/** Rows by kind. `results` and `statistics` count revisions. */
export function readCounts(connection: Connection): Readonly<Record<string, number>> {
  return connection.read(() =>
    Object.fromEntries(
      Object.entries(COUNTED).map(([word, table]) => [
        word,
        Number(connection.tuples<[number]>(`SELECT count(*) FROM ${table}`).get()?.[0]),
      ]),
    ),
  );
}
