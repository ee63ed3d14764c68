import type { Day } from "../../core/day.js";
import { formatDay } from "../../core/day.js";
import { kickOffInstant, resultKnownAt } from "../../domain/slot.js";
import { mayCorrect } from "../contract/precedence.js";
import type { FixtureRecord } from "../port.js";
import { recordEvent } from "./event.js";
import type { FixtureKey, StoredFixture } from "./fixture-index.js";
import type { WriteScene } from "./write-scene.js";

/** Insert a fixture; its id. */
export function insertFixture(
  { connection, fileId }: WriteScene,
  key: FixtureKey,
  minutes: number | null,
): number {
  const { competitionId, season, day, homeId, awayId } = key;
  connection
    .statement("INSERT INTO season (competition_id, start_year) VALUES (?, ?) ON CONFLICT DO NOTHING")
    .run(competitionId, season);
  return connection.insert(
    `INSERT INTO fixture (competition_id, season, day, minutes, kick_off, home_id, away_id, file_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    competitionId,
    season,
    day,
    minutes,
    kickOffInstant(day, minutes),
    homeId,
    awayId,
    fileId,
  );
}

interface Start {
  readonly day: Day;
  readonly minutes: number | null;
}

/**
 * Take over when a stored fixture starts; true when that changed.
 *
 * Once the match was played, only a source that may correct the schedule's moves it: the date was wrong, and nothing
 * of the match was known before the right one. An unknown time never replaces a known one of the same day. Where the
 * match stood before is kept, except that a time which was unknown is no move.
 */
export function reschedule(scene: WriteScene, stored: StoredFixture, record: FixtureRecord): boolean {
  if (scene.file.raw.receivedAt < stored.scheduledAt) return false;
  const settled = stored.score !== null && !mayCorrect(scene.file.raw.source, stored.scheduledBy);
  if (settled && (stored.minutes !== null || record.day !== stored.day)) return false;
  const next = nextStart(stored, record);
  if (next.day === stored.day && next.minutes === stored.minutes) return false;
  if (stored.score !== null) knowLater(scene, stored.id, resultKnownAt(next.day, next.minutes));
  const kickOff = kickOffInstant(next.day, next.minutes);
  if (next.day !== stored.day || stored.minutes !== null) keepMove(scene, stored, record, next);
  scene.connection
    .statement("UPDATE fixture SET day = ?, minutes = ?, kick_off = ?, file_id = ? WHERE id = ?")
    .run(next.day, next.minutes, kickOff, scene.fileId, stored.id);
  return true;
}

function nextStart(stored: StoredFixture, { day, minutes }: FixtureRecord): Start {
  return { day, minutes: minutes ?? (day === stored.day ? stored.minutes : null) };
}

/** A result cannot be known before its match is over: what was entered under a day too early becomes known later. */
function knowLater({ connection }: WriteScene, fixtureId: number, knownAt: number): void {
  for (const table of ["result", "match_statistics"])
    connection
      .statement(`UPDATE ${table} SET known_at = ? WHERE fixture_id = ? AND known_at < ?`)
      .run(knownAt, fixtureId, knownAt);
}

function keepMove(scene: WriteScene, stored: StoredFixture, record: FixtureRecord, next: Start): void {
  const { connection, file, fileId } = scene;
  connection
    .statement(
      `INSERT INTO fixture_move (fixture_id, ordinal, day, minutes, kick_off, file_id)
       SELECT ?1, (SELECT count(*) FROM fixture_move WHERE fixture_id = ?1), ?2, ?3, ?4, ?5`,
    )
    .run({ 1: stored.id, 2: stored.day, 3: stored.minutes, 4: stored.kickOff, 5: fileId });
  recordEvent(connection, {
    type: "fixture.moved",
    key: String(stored.id),
    league: record.league,
    fixtureId: stored.id,
    at: file.raw.receivedAt,
    payload: { from: startText(stored), to: startText(next), home: record.home, away: record.away },
  });
}

function startText({ day, minutes }: Start): { readonly date: string; readonly minutes: number | null } {
  return { date: formatDay(day), minutes };
}
