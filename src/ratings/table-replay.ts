import { invariant } from "../core/assert.js";
import { compareText, type PlayedMatch, type Team } from "../domain/fixture.js";
import { chronological } from "./chronology.js";
import {
  type Rating,
  type RatingEntry,
  type RatingHistory,
  type RatingTable,
  ratingEntry,
} from "./history.js";
import { addMeeting, type Meetings, noMeetings } from "./meetings.js";

/** Ratings of all teams at once, in the order of `meetings.teams`. */
export type TableRating = (meetings: Meetings) => Rating[];

/**
 * Rate each season of each league on its own, day by day: `before` is what the days before told, `after` includes
 * the whole day.
 *
 * Here a match moves teams that did not play, so the history carries the whole table of every match day too: the
 * teams that have played in that season by then.
 */
export function replayByTable(
  algorithm: string,
  rating: TableRating,
  matches: readonly PlayedMatch[],
): RatingHistory {
  const ordered = chronological(matches);
  const place = new Map(ordered.map(({ fixture }, i) => [fixture.id, i]));
  const days = [...groupBy(ordered, seasonKey).values()].flatMap((season) => replaySeason(rating, season));
  return {
    algorithm,
    entries: days
      .flatMap((day) => day.entries)
      .sort((a, b) => (place.get(a.fixtureId) ?? 0) - (place.get(b.fixtureId) ?? 0)),
    tables: days
      .map((day) => day.table)
      .sort((a, b) => a.day - b.day || compareText(a.league, b.league) || a.season - b.season),
  };
}

interface RatedDay {
  readonly entries: readonly RatingEntry[];
  readonly table: RatingTable;
}

function replaySeason(rating: TableRating, season: readonly PlayedMatch[]): RatedDay[] {
  const meetings = noMeetings(teamsOf(season));
  const numberOf = new Map(meetings.teams.map((team, i) => [team.id, i]));
  let before = rating(meetings);
  return [...groupBy(season, ({ fixture }) => fixture.day).values()].map((matches) => {
    for (const match of matches) {
      addMeeting(
        meetings,
        indexIn(numberOf, match.fixture.home),
        indexIn(numberOf, match.fixture.away),
        match,
      );
    }
    const after = rating(meetings);
    const day = ratedDay(meetings, matches, numberOf, before, after);
    before = after;
    return day;
  });
}

function ratedDay(
  meetings: Meetings,
  matches: readonly PlayedMatch[],
  numberOf: ReadonlyMap<number, number>,
  before: readonly Rating[],
  after: readonly Rating[],
): RatedDay {
  const { league, season, day } = matches[0].fixture;
  const entries = matches.flatMap(({ fixture }) =>
    [fixture.home, fixture.away].map((team) => {
      const i = indexIn(numberOf, team);
      return ratingEntry(team, { fixtureId: fixture.id, day }, before[i], after[i]);
    }),
  );
  const ratings = meetings.teams.map((team, i) => ({ team, ...after[i] }));
  return {
    entries,
    table: { league, season, day, ratings: ratings.filter((_, i) => meetings.played[i] > 0) },
  };
}

function teamsOf(matches: readonly PlayedMatch[]): Team[] {
  const teams = new Map<number, Team>();
  for (const { fixture } of matches) {
    teams.set(fixture.home.id, fixture.home);
    teams.set(fixture.away.id, fixture.away);
  }
  return [...teams.values()];
}

function seasonKey({ fixture }: PlayedMatch): string {
  return `${fixture.league} ${fixture.season}`;
}

function indexIn(numberOf: ReadonlyMap<number, number>, team: Team): number {
  const index = numberOf.get(team.id);
  invariant(index !== undefined, `a team that plays has a row, was ${team.name}`);
  return index;
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
