import { invariant } from "../../core/assert.js";
import type { FixtureRecord, IngestedFile, Reject, Warning } from "../port.js";
import type { Connection } from "./connection.js";
import type { Competition } from "./describe.js";
import { type FixtureIndex, type FixtureKey, fixtureIndex, type StoredFixture } from "./fixture-index.js";
import type { ResolvedClubs } from "./resolve-clubs.js";

/** A record with what it is about: a stored fixture, or none yet. */
export interface MatchedRecord {
  readonly record: FixtureRecord;
  readonly key: FixtureKey;
  readonly stored: StoredFixture | null;
}

/** A record with both its clubs. */
interface KeyedRecord {
  readonly record: FixtureRecord;
  readonly key: FixtureKey;
}

/**
 * Put ids to a file's records. One whose clubs turn out to be the same club, and one whose day and clubs an earlier
 * record has, joins `rejects`: aliases can make one name of two.
 */
export function keyRecords(
  file: IngestedFile,
  competitions: ReadonlyMap<string, Competition>,
  clubs: ResolvedClubs,
  rejects: Reject[],
): readonly KeyedRecord[] {
  const seen = new Set<string>();
  return file.records.flatMap((record) => {
    const key = keyOf(record, competitions.get(record.league), clubs);
    const natural = `${key.competitionId} ${key.day} ${key.homeId} ${key.awayId}`;
    const fault = key.homeId === key.awayId ? "same-club" : seen.has(natural) ? "duplicate-fixture" : null;
    seen.add(natural);
    if (fault === null) return [{ record, key }];
    rejects.push(refusal(record, fault));
    return [];
  });
}

/**
 * Find the stored fixture of each record: the one on its day; else the one that was moved from its day; else, when
 * exactly one unplayed fixture of the season has the same clubs, that one, which has moved; else none.
 *
 * No fixture is found twice: a file that has both days of a pair speaks of two matches.
 */
export function matchRecords(
  connection: Connection,
  records: readonly KeyedRecord[],
  warnings: Warning[],
): readonly MatchedRecord[] {
  const indexes = indexByCompetition(connection, records);
  const claimed = new Set<number>();
  const claim = (stored: StoredFixture | undefined): StoredFixture | null => {
    if (!stored || claimed.has(stored.id)) return null;
    claimed.add(stored.id);
    return stored;
  };
  const onDay = records.map(({ key }) => claim(indexes.get(key.competitionId)?.onDay(key)));
  return records.map((keyed, i) => {
    const index = indexes.get(keyed.key.competitionId);
    const stored = onDay[i] ?? claim(index?.movedFrom(keyed.key));
    if (stored) return { ...keyed, stored };
    const free = (index?.unplayed(keyed.key) ?? []).filter(({ id }) => !claimed.has(id));
    if (free.length > 1) warnings.push(ambiguousMove(keyed.record, free.length));
    return { ...keyed, stored: free.length === 1 ? claim(free[0]) : null };
  });
}

function keyOf(
  { league, season, day, home, away }: FixtureRecord,
  competition: Competition | undefined,
  clubs: ResolvedClubs,
): FixtureKey {
  const ids = competition && clubs.get(competition.countryId);
  const [homeId, awayId] = [ids?.get(home), ids?.get(away)];
  invariant(
    competition && homeId !== undefined && awayId !== undefined,
    `${league}: ${home} - ${away} unresolved`,
  );
  return { competitionId: competition.id, season, day, homeId, awayId };
}

function indexByCompetition(
  connection: Connection,
  records: readonly KeyedRecord[],
): ReadonlyMap<number, FixtureIndex> {
  const keys = new Map<number, FixtureKey[]>();
  for (const { key } of records) {
    const group = keys.get(key.competitionId);
    if (group) group.push(key);
    else keys.set(key.competitionId, [key]);
  }
  return new Map([...keys].map(([id, group]) => [id, fixtureIndex(connection, group)]));
}

function refusal({ line, home, away }: FixtureRecord, rule: "same-club" | "duplicate-fixture"): Reject {
  const text =
    rule === "same-club"
      ? `${home} and ${away} are the same club`
      : `an earlier row has the match of ${home} and ${away} on that day`;
  return { line, column: "", rule, text, raw: `${home},${away}`, scope: "row" };
}

function ambiguousMove({ line, home, away }: FixtureRecord, candidates: number): Warning {
  const text = `${home} - ${away} is taken as a new fixture: ${candidates} unplayed ones could have moved`;
  return { rule: "move-ambiguous", line, column: "", text };
}
