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
    if (typeof key === "string") {
      rejects.push(unknownClub(record, key));
      return [];
    }
    const natural = `${key.competitionId} ${key.day} ${key.homeId} ${key.awayId}`;
    const fault = key.homeId === key.awayId ? "same-club" : seen.has(natural) ? "duplicate-fixture" : null;
    seen.add(natural);
    if (fault === null) return [{ record, key }];
    rejects.push(refusal(record, fault));
    return [];
  });
}

/**
 * Find the stored fixture of each record: the one on its day; else the one that is the source's event; else the one
 * that was moved from its day; else one that has moved: see `movedFixtures`; else none.
 *
 * No fixture is found twice: a file that has both days of a pair speaks of two matches.
 */
export function matchRecords(
  connection: Connection,
  records: readonly KeyedRecord[],
  source: string,
  warnings: Warning[],
): readonly MatchedRecord[] {
  const indexes = indexByCompetition(connection, records, source);
  const spans = spansOf(records);
  const claimed = new Set<number>();
  const claim = (stored: StoredFixture | undefined): StoredFixture | null => {
    if (!stored || claimed.has(stored.id)) return null;
    claimed.add(stored.id);
    return stored;
  };
  const onDay = records.map(({ key }) => claim(indexes.get(key.competitionId)?.onDay(key)));
  return records.map((keyed, i) => {
    const { record, key } = keyed;
    const index = indexes.get(key.competitionId);
    const stored = onDay[i] ?? claim(eventFixture(index, keyed)) ?? claim(index?.movedFrom(key));
    if (stored) return { ...keyed, stored };
    const free = (index?.ofSeason(key) ?? []).filter(({ id }) => !claimed.has(id));
    const moved = movedFixtures(keyed, free, spans.get(spanKey(key)), index?.firstDay(key.season));
    if (moved.length > 1) warnings.push(ambiguousMove(record, moved.length));
    return { ...keyed, stored: moved.length === 1 ? claim(moved[0]) : null };
  });
}

/** Days by which the dates of one match differ between sources and time zones, or a date is mistyped. */
const NEAR_DAYS = 3;

/**
 * Which of the fixtures of the same clubs and season a record may speak of though it has another day: those that are
 * not played; those within three days; and those played with the same score on a day that the file covers, since it
 * would have to list them, or when the record's day lies before the season: a date with the wrong year. Clubs that meet twice at one ground in a season are told apart by the last two.
 */
function movedFixtures(
  { record, key }: KeyedRecord,
  free: readonly StoredFixture[],
  span: Span | undefined,
  firstDay: number | undefined,
): readonly StoredFixture[] {
  const near = free.filter(({ day }) => Math.abs(day - key.day) <= NEAR_DAYS);
  if (near.length > 0) return near;
  const open = free.filter(({ score }) => score === null);
  if (open.length > 0 || record.goals === null || !span) return open;
  const score = `${record.goals.homeGoals}-${record.goals.awayGoals}`;
  const isBeforeSeason = firstDay !== undefined && key.day < firstDay - NEAR_DAYS;
  return free.filter(
    ({ score: stored, day }) =>
      stored === score && (isBeforeSeason || (day >= span.first && day <= span.last)),
  );
}

function eventFixture(
  index: FixtureIndex | undefined,
  { record, key }: KeyedRecord,
): StoredFixture | undefined {
  return record.eventId === undefined ? undefined : index?.ofEvent(record.eventId, key);
}

/** The first and the last day of a file's records of one season. */
interface Span {
  readonly first: number;
  readonly last: number;
}

function spansOf(records: readonly KeyedRecord[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const { key } of records) {
    const { first, last } = spans.get(spanKey(key)) ?? { first: key.day, last: key.day };
    spans.set(spanKey(key), { first: Math.min(first, key.day), last: Math.max(last, key.day) });
  }
  return spans;
}

function spanKey({ competitionId, season }: FixtureKey): string {
  return `${competitionId} ${season}`;
}

/** The record's key in ids, or the name that is no known club's. */
function keyOf(
  { league, season, day, home, away }: FixtureRecord,
  competition: Competition | undefined,
  clubs: ResolvedClubs,
): FixtureKey | string {
  invariant(competition, `league ${league} was not described`);
  const ids = clubs.get(competition.countryId);
  const [homeId, awayId] = [ids?.get(home), ids?.get(away)];
  if (homeId === undefined) return home;
  if (awayId === undefined) return away;
  return { competitionId: competition.id, season, day, homeId, awayId };
}

function indexByCompetition(
  connection: Connection,
  records: readonly KeyedRecord[],
  source: string,
): ReadonlyMap<number, FixtureIndex> {
  const keys = new Map<number, FixtureKey[]>();
  for (const { key } of records) {
    const group = keys.get(key.competitionId);
    if (group) group.push(key);
    else keys.set(key.competitionId, [key]);
  }
  return new Map([...keys].map(([id, group]) => [id, fixtureIndex(connection, group, source)]));
}

function unknownClub({ line, home, away, goals }: FixtureRecord, name: string): Reject {
  const text = `no known club is called ${name}: statistico teams unknown`;
  const score = goals === null ? "" : `,${goals.homeGoals}-${goals.awayGoals}`;
  return { line, column: "", rule: "team-unknown", text, raw: `${home},${away}${score}`, scope: "row" };
}

function refusal({ line, home, away }: FixtureRecord, rule: "same-club" | "duplicate-fixture"): Reject {
  const text =
    rule === "same-club"
      ? `${home} and ${away} are the same club`
      : `an earlier row has the match of ${home} and ${away} on that day`;
  return { line, column: "", rule, text, raw: `${home},${away}`, scope: "row" };
}

function ambiguousMove({ line, home, away }: FixtureRecord, candidates: number): Warning {
  const text = `${home} - ${away} is taken as a new fixture: ${candidates} others could have moved`;
  return { rule: "move-ambiguous", line, column: "", text };
}
