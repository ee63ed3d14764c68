import { resultKnownAt } from "../../domain/slot.js";
import { matchFacts } from "../contract/match-facts.js";
import { type Fact, revisedFacts } from "../contract/revision.js";
import type { FixtureRecord } from "../port.js";
import type { WriteScene } from "./write-scene.js";

/** Statistics, referee and attendance: 20 facts. */
const FACTS = 20;
const INSERT = `INSERT INTO match_statistics VALUES (${Array(FACTS + 4)
  .fill("?")
  .join(", ")})`;

type LatestFacts = readonly [
  fixtureId: number,
  revision: number,
  ...factsThenKnownAtAndFileId: readonly (Fact | number)[],
];

/** Write the first statistics of a fixture that has none; true when the record has any. */
export function insertFacts(scene: WriteScene, fixtureId: number, record: FixtureRecord): boolean {
  const facts = matchFacts(record);
  if (facts === null) return false;
  insertRevision(scene, fixtureId, 0, facts, resultKnownAt(record.day, record.minutes));
  return true;
}

/**
 * Append what a record says beyond the latest statistics; true when it says anything.
 *
 * `withdrawn`: the record corrected the score, so statistics that it leaves out no longer hold.
 */
export function reviseFacts(
  scene: WriteScene,
  fixtureId: number,
  record: FixtureRecord,
  withdrawn: boolean,
): boolean {
  const latest = scene.connection
    .tuples<LatestFacts>("SELECT * FROM match_statistics WHERE fixture_id = ? ORDER BY revision DESC LIMIT 1")
    .get(fixtureId);
  if (!latest) return insertFacts(scene, fixtureId, record);
  const [, revision, ...rest] = latest;
  const [knownAt, fileId] = [Number(rest[FACTS]), Number(rest[FACTS + 1])];
  if (scene.outdated(fileId)) return false;
  const known = rest.slice(0, FACTS);
  const said = matchFacts(record) ?? Array<Fact>(FACTS).fill(null);
  const told = scene.mayCorrect(fileId) ? said : said.map((fact, i) => known[i] ?? fact);
  const facts = revisedFacts(known, told, withdrawn);
  if (facts === null) return false;
  insertRevision(scene, fixtureId, revision + 1, facts, Math.max(scene.file.raw.receivedAt, knownAt));
  return true;
}

function insertRevision(
  { connection, fileId }: WriteScene,
  fixtureId: number,
  revision: number,
  facts: readonly Fact[],
  knownAt: number,
): void {
  connection.statement(INSERT).run(fixtureId, revision, ...facts, knownAt, fileId);
}
