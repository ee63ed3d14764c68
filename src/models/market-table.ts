import { invariant } from "../core/assert.js";
import type { Result } from "../domain/fixture.js";

/** A club's row in the table of one season. */
export interface Standing {
  readonly club: number;
  played: number;
  points: number;
  goalDifference: number;
  goalsFor: number;
}

export type SeasonTable = ReadonlyMap<number, Standing>;

export function emptyTable(clubs: Iterable<number>): SeasonTable {
  const table = new Map<number, Standing>();
  for (const club of clubs) table.set(club, { club, played: 0, points: 0, goalDifference: 0, goalsFor: 0 });
  return table;
}

/** Three points for a win. Clubs outside the table are passed over. */
export function enterResult(table: SeasonTable, home: number, away: number, result: Result): void {
  book(table.get(home), result.homeGoals, result.awayGoals);
  book(table.get(away), result.awayGoals, result.homeGoals);
}

function book(standing: Standing | undefined, goalsFor: number, goalsAgainst: number): void {
  if (standing === undefined) return;
  invariant(goalsFor >= 0 && goalsAgainst >= 0, `goals are never negative, was ${goalsFor}-${goalsAgainst}`);
  standing.played += 1;
  if (goalsFor === goalsAgainst) standing.points += 1;
  else if (goalsFor > goalsAgainst) standing.points += 3;
  standing.goalDifference += goalsFor - goalsAgainst;
  standing.goalsFor += goalsFor;
}
