import type { Fixture, Team } from "../../domain/fixture.js";
import type { FixtureQuery } from "../port.js";
import type { Connection } from "./connection.js";
import { entry } from "./dimension.js";
import { FIXTURE_JOINS, fixtureSelect, KICK_OFF_ORDER, rowLimit } from "./fixture-select.js";

/** The columns `fixtureOf` reads, in its order. */
export const FIXTURE_COLUMNS =
  "f.id, f.competition_id, f.season, f.day, f.kick_off, f.minutes, f.home_id, f.away_id, f.neutral";

export type FixtureRow = readonly [
  id: number,
  competitionId: number,
  season: number,
  day: number,
  kickOff: number,
  minutes: number | null,
  homeId: number,
  awayId: number,
  neutral: number,
];

/** Clubs and league codes by id, so that the fixtures of one read share their objects. */
export interface Names {
  readonly teams: ReadonlyMap<number, Team>;
  readonly leagues: ReadonlyMap<number, string>;
}

export function readNames(connection: Connection): Names {
  const teams = connection
    .tuples<[number, string, string]>(
      "SELECT t.id, t.name, n.name FROM team t JOIN country n ON n.id = t.country_id",
    )
    .all();
  const leagues = connection.tuples<[number, string]>("SELECT id, code FROM competition").all();
  return {
    teams: new Map(teams.map(([id, name, country]) => [id, { id, name, country }])),
    leagues: new Map(leagues),
  };
}

export function fixtureOf(
  row: readonly [...FixtureRow, ...unknown[]],
  { teams, leagues }: Names,
  connection: Connection,
): Fixture {
  const [id, competitionId, season, day, kickOff, minutes, homeId, awayId, neutral] = row;
  return {
    id,
    league: entry(leagues, competitionId, connection),
    season,
    day,
    kickOff,
    kickOffKnown: minutes !== null,
    home: entry(teams, homeId, connection),
    away: entry(teams, awayId, connection),
    neutral: neutral === 1,
  };
}

/** Fixtures in kick-off order. */
export function readFixtures(connection: Connection, query: FixtureQuery): readonly Fixture[] {
  const { where, values } = fixtureSelect(query);
  return connection.read(() => {
    const names = readNames(connection);
    return connection
      .tuples<FixtureRow>(
        `SELECT ${FIXTURE_COLUMNS} FROM ${FIXTURE_JOINS} WHERE ${where} ORDER BY ${KICK_OFF_ORDER} LIMIT @limit`,
      )
      .all({ ...values, limit: rowLimit(query.limit) })
      .map((row) => fixtureOf(row, names, connection));
  });
}

/** Ids of fixtures in kick-off order. */
export function fixtureIds(connection: Connection, query: FixtureQuery): readonly number[] {
  const { where, values } = fixtureSelect(query);
  return connection
    .tuples<[number]>(`SELECT f.id FROM ${FIXTURE_JOINS} WHERE ${where} ORDER BY ${KICK_OFF_ORDER}`)
    .all(values)
    .map(([id]) => id);
}
