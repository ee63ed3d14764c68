import { resultKnownAt } from "../../domain/slot.js";
import { formatScore, revisedGoals } from "../contract/revision.js";
import type { FixtureRecord, RecordedGoals, Warning } from "../port.js";
import { recordEvent } from "./event.js";
import type { WriteScene } from "./write-scene.js";

/** What a record did to the result of its fixture. */
export type ResultChange = "none" | "first" | "revised";

interface LatestResult extends RecordedGoals {
  readonly revision: number;
  readonly knownAt: number;
  readonly fileId: number;
}

/** Write the first result of a fixture that has none. */
export function insertResult(scene: WriteScene, fixtureId: number, record: FixtureRecord): ResultChange {
  if (record.goals === null) return "none";
  const knownAt = resultKnownAt(record.day, record.minutes);
  insertRevision(scene, fixtureId, { ...record.goals, revision: 0, knownAt });
  scene.events.tell("result.stored", fixtureId);
  return "first";
}

/** Append what a record says beyond the latest revision of a result; nothing is overwritten. */
export function reviseResult(scene: WriteScene, fixtureId: number, record: FixtureRecord): ResultChange {
  const known = latestResult(scene, fixtureId);
  if (!known) return insertResult(scene, fixtureId, record);
  if (record.goals === null || scene.outdated(known.fileId)) return "none";
  const goals = revisedGoals(known, record.goals);
  if (goals === null) return "none";
  if (!scene.mayCorrect(known.fileId) && !addsHalfTime(known, goals)) {
    scene.warnings.push(disagreement(record, known, goals));
    return "none";
  }
  const knownAt = Math.max(scene.file.raw.receivedAt, known.knownAt);
  insertRevision(scene, fixtureId, { ...goals, revision: known.revision + 1, knownAt });
  announce(scene, fixtureId, record, formatScore(known), formatScore(goals));
  return "revised";
}

/** Nothing but a half time where none was known. */
function addsHalfTime(known: RecordedGoals, told: RecordedGoals): boolean {
  const sameScore = known.homeGoals === told.homeGoals && known.awayGoals === told.awayGoals;
  return sameScore && known.halfTimeHome === null;
}

function disagreement(
  { line, home, away }: FixtureRecord,
  known: RecordedGoals,
  told: RecordedGoals,
): Warning {
  const text = `${home} - ${away} is ${formatScore(told)} here, ${formatScore(known)} by the source that has the say`;
  return { rule: "result-disagrees", line, column: "", text };
}

function latestResult({ connection }: WriteScene, fixtureId: number): LatestResult | undefined {
  return connection
    .statement<LatestResult>(
      `SELECT revision, home_goals AS homeGoals, away_goals AS awayGoals, half_time_home AS halfTimeHome,
         half_time_away AS halfTimeAway, known_at AS knownAt, file_id AS fileId
       FROM result WHERE fixture_id = ? ORDER BY revision DESC LIMIT 1`,
    )
    .get(fixtureId);
}

function insertRevision(
  { connection, fileId }: WriteScene,
  fixtureId: number,
  result: Omit<LatestResult, "fileId">,
): void {
  const { revision, homeGoals, awayGoals, halfTimeHome, halfTimeAway, knownAt } = result;
  connection
    .statement("INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    .run(fixtureId, revision, homeGoals, awayGoals, halfTimeHome, halfTimeAway, knownAt, fileId);
}

function announce(
  scene: WriteScene,
  fixtureId: number,
  record: FixtureRecord,
  before: string,
  after: string,
): void {
  const { line, home, away, league } = record;
  scene.revisions.push({ line, fixtureId, home, away, before, after });
  recordEvent(scene.connection, {
    type: "result.revised",
    key: String(fixtureId),
    league,
    fixtureId,
    at: scene.file.raw.receivedAt,
    payload: { home, away, before, after },
  });
}
