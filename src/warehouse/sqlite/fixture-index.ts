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
  readonly played: boolean;
  /** When the file that last said when the match starts was received. */
  readonly scheduledAt: Instant;
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
  /** The unplayed fixtures of the same season between the same clubs. */
  unplayed(key: FixtureKey): readonly StoredFixture[];
}

/** Index the fixtures of one competition that share a season or a range of days with `keys`. */
export function fixtureIndex(connection: Connection, keys: readonly FixtureKey[]): FixtureIndex {
  const stored = readStored(connection, keys);
  const byDay = new Map(stored.map((fixture) => [dayKey(fixture.day, fixture), fixture]));
  const formerly = readFormer(connection, stored);
  const open = groupUnplayed(stored);
  return {
    onDay: (key) => byDay.get(dayKey(key.day, key)),
    movedFrom: (key) => formerly.get(dayKey(key.day, key)),
    unplayed: (key) => open.get(seasonKey(key)) ?? [],
  };
}

type Pair = Pick<FixtureKey, "homeId" | "awayId">;

function dayKey(day: Day, { homeId, awayId }: Pair): string {
  return `${day} ${homeId} ${awayId}`;
}

function seasonKey({ season, homeId, awayId }: Pair & Pick<FixtureKey, "season">): string {
  return `${season} ${homeId} ${awayId}`;
}

type FixtureRow = [number, number, number, number | null, number, number, number, number, number];

function readStored(connection: Connection, keys: readonly FixtureKey[]): StoredFixture[] {
  const days = keys.map(({ day }) => day);
  return connection
    .tuples<FixtureRow>(
      `SELECT f.id, f.season, f.day, f.minutes, f.kick_off, f.home_id, f.away_id,
         EXISTS (SELECT 1 FROM result r WHERE r.fixture_id = f.id), s.received_at
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
  const [id, season, day, minutes, kickOff, homeId, awayId, played, scheduledAt] = row;
  return { id, season, day, minutes, kickOff, homeId, awayId, played: played === 1, scheduledAt };
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

function groupUnplayed(stored: readonly StoredFixture[]): ReadonlyMap<string, readonly StoredFixture[]> {
  const groups = new Map<string, StoredFixture[]>();
  for (const fixture of stored) {
    if (fixture.played) continue;
    const key = seasonKey(fixture);
    const group = groups.get(key);
    if (group) group.push(fixture);
    else groups.set(key, [fixture]);
  }
  return groups;
}
