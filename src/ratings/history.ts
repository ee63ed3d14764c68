import type { Day } from "../core/day.js";
import { compareText, type Team } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";

/** The numbers an algorithm itself keeps, by their own names, where attack and defence do not say everything. */
export type RatingDetail = Readonly<Record<string, number>>;

/**
 * A team's rating. Higher is stronger, defence included, and `attack + defence` orders the teams in every algorithm.
 *
 * An algorithm with a single number has it in `attack`, with `defence` 0: it knows nothing of a defence.
 */
export interface Rating {
  readonly attack: number;
  readonly defence: number;
  readonly detail: RatingDetail | null;
}

export interface TeamRating extends Rating {
  readonly team: Team;
}

/** One team's rating before and after one fixture: unique by team, fixture and algorithm. */
export interface RatingEntry {
  readonly team: Team;
  readonly fixtureId: number;
  readonly day: Day;
  readonly attackBefore: number;
  readonly defenceBefore: number;
  readonly attackAfter: number;
  readonly defenceAfter: number;
  readonly detailBefore: RatingDetail | null;
  readonly detailAfter: RatingDetail | null;
}

/** The whole table after a day, kept by algorithms in which a match moves teams that did not play in it. */
export interface RatingTable {
  readonly league: string;
  readonly season: Season;
  readonly day: Day;
  readonly ratings: readonly TeamRating[];
}

export interface RatingHistory {
  readonly algorithm: string;
  /** Kick-off order; the home side of a fixture before the away side. */
  readonly entries: readonly RatingEntry[];
  /** Day order; empty for algorithms that move only the two teams of a match. */
  readonly tables: readonly RatingTable[];
}

/**
 * The latest rating of each team from matches strictly before `day`, the strongest first, ties by name.
 *
 * Where the history has tables, the latest table of each league counts, so every figure in it is of one moment.
 * A change of season shows in a team's first match of the new one (`attackBefore`), not here.
 */
export function ratingsAsOf(history: RatingHistory, day: Day): TeamRating[] {
  const latest = new Map<number, TeamRating>();
  const known =
    history.tables.length > 0
      ? latestTables(history.tables, day).flatMap((table) => table.ratings)
      : history.entries.filter((entry) => entry.day < day).map(ratingAfter);
  for (const rating of known) latest.set(rating.team.id, rating);
  return [...latest.values()].sort(compareStrength);
}

/** The last table of each league before `day`, the oldest first: a club that changed division is in two. */
function latestTables(tables: readonly RatingTable[], day: Day): RatingTable[] {
  const latest = new Map<string, RatingTable>();
  for (const table of tables) {
    if (table.day >= day) continue;
    latest.delete(table.league);
    latest.set(table.league, table);
  }
  return [...latest.values()];
}

/** Strongest first; equal ones by name, then id: a total order. */
export function compareStrength(a: TeamRating, b: TeamRating): number {
  return (
    b.attack + b.defence - (a.attack + a.defence) ||
    compareText(a.team.name, b.team.name) ||
    a.team.id - b.team.id
  );
}

/** The entry of one team in one match. */
export function ratingEntry(
  team: Team,
  at: { readonly fixtureId: number; readonly day: Day },
  before: Rating,
  after: Rating,
): RatingEntry {
  return {
    team,
    fixtureId: at.fixtureId,
    day: at.day,
    attackBefore: before.attack,
    defenceBefore: before.defence,
    attackAfter: after.attack,
    defenceAfter: after.defence,
    detailBefore: before.detail,
    detailAfter: after.detail,
  };
}

function ratingAfter(entry: RatingEntry): TeamRating {
  return {
    team: entry.team,
    attack: entry.attackAfter,
    defence: entry.defenceAfter,
    detail: entry.detailAfter,
  };
}
