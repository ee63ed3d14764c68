import type { Fixture } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import type { Division } from "../models/forecaster.js";
import type { LeagueSummary, Warehouse } from "../warehouse/port.js";

/** Ids of the clubs of each season, from all its fixtures, played or not: known before its first ball. */
export function clubsOf(fixtures: readonly Fixture[]): Map<Season, Set<number>> {
  const clubs = new Map<Season, Set<number>>();
  for (const { season, home, away } of fixtures) {
    const set = clubs.get(season) ?? new Set();
    clubs.set(season, set.add(home.id).add(away.id));
  }
  return clubs;
}

/**
 * The other divisions of a second tier's country with their clubs, by league code; none for any other tier, where
 * nothing is made of them.
 */
export async function readNeighbours(
  warehouse: Pick<Warehouse, "fixtures">,
  summary: LeagueSummary,
  leagues: readonly LeagueSummary[],
  seasons: readonly Season[],
): Promise<readonly Division[]> {
  if (summary.tier !== 2) return [];
  const others = leagues.filter(({ code, country }) => country === summary.country && code !== summary.code);
  const divisions: Division[] = [];
  for (const { code, tier } of others) {
    const fixtures = await warehouse.fixtures({ leagues: [code], seasons });
    divisions.push({ league: code, tier, clubs: clubsOf(fixtures) });
  }
  return divisions;
}
