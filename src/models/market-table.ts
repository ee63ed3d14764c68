import type { Result } from "../domain/fixture.js";

/** A club's row in the table of one season, as far as stakes need it. */
export interface Standing {
  readonly club: number;
  played: number;
  points: number;
}

export type SeasonTable = ReadonlyMap<number, Standing>;

export function emptyTable(clubs: Iterable<number>): SeasonTable {
  const table = new Map<number, Standing>();
  for (const club of clubs) table.set(club, { club, played: 0, points: 0 });
  return table;
}

/** Three points for a win. Clubs outside the table are passed over. */
export function enterResult(table: SeasonTable, home: number, away: number, result: Result): void {
  book(table.get(home), result.homeGoals - result.awayGoals);
  book(table.get(away), result.awayGoals - result.homeGoals);
}

function book(standing: Standing | undefined, lead: number): void {
  if (standing === undefined) return;
  standing.played += 1;
  if (lead === 0) standing.points += 1;
  else if (lead > 0) standing.points += 3;
}
