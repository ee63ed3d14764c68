import type { Instant } from "../../core/clock.js";
import type { Day } from "../../core/day.js";
import type { Season } from "../../domain/season.js";
import type { Connection } from "./connection.js";

/** A stored fixture as far as writing needs it. */
export interface StoredFixture {
  readonly id: number;
  readonly season: Season;
  readonly day: Day;
  readonly minutes: number | null;
  readonly kickOff: Instant;
  readonly homeId: number;
  readonly awayId: number;
  /** When the file that last said when the match starts was received. */
  readonly scheduledAt: Instant;
  /** The source of that file. */
  readonly scheduledBy: string;
  /** "2-1", its latest result; null when it has none. */
  readonly score: string | null;
}

/** What a record is about, in ids. */
export interface FixtureKey {
  readonly competitionId: number;
  readonly season: Season;
  readonly day: Day;
  readonly homeId: number;
  readonly awayId: number;
}

/** The stored fixtures of one competition that a file may speak of. */
export interface FixtureIndex {
  /** The fixture of those clubs on that day. */
  onDay(key: FixtureKey): StoredFixture | undefined;
  /** The fixture of those clubs that was moved away from that day. */
  movedFrom(key: FixtureKey): StoredFixture | undefined;
  /** Every fixture of the same season between the same clubs. */
  ofSeason(key: FixtureKey): readonly StoredFixture[];
  /** The first day of a season on record. */
  firstDay(season: Season): Day | undefined;
  /** The fixture that is a source's event, if it is one between those clubs. */
  ofEvent(event: string, key: FixtureKey): StoredFixture | undefined;
}

/** Index the fixtures of one competition that share a season or a range of days with `keys`. */
export function fixtureIndex(
  connection: Connection,
  keys: readonly FixtureKey[],
  source: string,
): FixtureIndex {
  const stored = readStored(connection, keys);
  const byDay = new Map(stored.map((fixture) => [dayKey(fixture.day, fixture), fixture]));
  const formerly = readFormer(connection, stored);
  const bySeason = groupBySeason(stored);
  const events = eventsOf(connection, stored, source);
  const firstDays = new Map<Season, Day>();
  for (const { season, day } of stored) firstDays.set(season, Math.min(day, firstDays.get(season) ?? day));
  return {
    onDay: (key) => byDay.get(dayKey(key.day, key)),
    movedFrom: (key) => formerly.get(dayKey(key.day, key)),
    ofSeason: (key) => bySeason.get(seasonKey(key)) ?? [],
    firstDay: (season) => firstDays.get(season),
    ofEvent: (event, { homeId, awayId }) => {
      const fixture = events.get(event);
      return fixture?.homeId === homeId && fixture.awayId === awayId ? fixture : undefined;
    },
  };
}

type Pair = Pick<FixtureKey, "homeId" | "awayId">;

function dayKey(day: Day, { homeId, awayId }: Pair): string {
  return `${day} ${homeId} ${awayId}`;
}

function seasonKey({ season, homeId, awayId }: Pair & Pick<FixtureKey, "season">): string {
  return `${season} ${homeId} ${awayId}`;
}

type FixtureRow = [
  number,
  number,
  number,
  number | null,
  number,
  number,
  number,
  string | null,
  number,
  string,
];

function readStored(connection: Connection, keys: readonly FixtureKey[]): StoredFixture[] {
  const days = keys.map(({ day }) => day);
  return connection
    .tuples<FixtureRow>(
      `SELECT f.id, f.season, f.day, f.minutes, f.kick_off, f.home_id, f.away_id,
         (SELECT home_goals || '-' || away_goals FROM result r WHERE r.fixture_id = f.id
          ORDER BY revision DESC LIMIT 1), s.received_at, s.source
       FROM fixture f JOIN raw_file s ON s.id = f.file_id
       WHERE f.competition_id = ?
         AND (f.day BETWEEN ? AND ? OR f.season IN (SELECT value FROM json_each(?)))
       ORDER BY f.id`,
    )
    .all(
      keys[0]?.competitionId,
      days.reduce((a, b) => Math.min(a, b), Infinity),
      days.reduce((a, b) => Math.max(a, b), -Infinity),
      JSON.stringify([...new Set(keys.map(({ season }) => season))]),
    )
    .map(storedFixture);
}

function storedFixture(row: FixtureRow): StoredFixture {
  const [id, season, day, minutes, kickOff, homeId, awayId, score, scheduledAt, scheduledBy] = row;
  return { id, season, day, minutes, kickOff, homeId, awayId, score, scheduledAt, scheduledBy };
}

/** Fixtures by the days they were moved from. */
function readFormer(
  connection: Connection,
  stored: readonly StoredFixture[],
): ReadonlyMap<string, StoredFixture> {
  const byId = new Map(stored.map((fixture) => [fixture.id, fixture]));
  const former = new Map<string, StoredFixture>();
  if (stored.length === 0) return former;
  for (const [id, day] of connection
    .tuples<[number, number]>("SELECT fixture_id, day FROM fixture_move ORDER BY fixture_id, ordinal")
    .iterate()) {
    const fixture = byId.get(id);
    if (fixture) former.set(dayKey(day, fixture), fixture);
  }
  return former;
}

function eventsOf(
  connection: Connection,
  stored: readonly StoredFixture[],
  source: string,
): ReadonlyMap<string, StoredFixture> {
  const byId = new Map(stored.map((fixture) => [fixture.id, fixture]));
  const events = new Map<string, StoredFixture>();
  for (const [event, id] of connection
    .tuples<[string, number]>("SELECT event, fixture_id FROM provider_event WHERE source = ?")
    .iterate(source)) {
    const fixture = byId.get(id);
    if (fixture) events.set(event, fixture);
  }
  return events;
}

function groupBySeason(stored: readonly StoredFixture[]): ReadonlyMap<string, readonly StoredFixture[]> {
  const groups = new Map<string, StoredFixture[]>();
  for (const fixture of stored) {
    const key = seasonKey(fixture);
    const group = groups.get(key);
    if (group) group.push(fixture);
    else groups.set(key, [fixture]);
  }
  return groups;
}
