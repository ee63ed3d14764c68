import type { Season } from "../domain/season.js";
import type { Division } from "./forecaster.js";

/** Where a club that is new to a division played the season before: a stronger or a weaker tier, or nobody knows. */
export type Origin = "above" | "below" | "unknown";

export type OriginOf = (club: number, season: Season) => Origin;

/**
 * Tell relegated from promoted newcomers by the club lists of a country's other divisions the season before.
 *
 * A list of one neighbour is enough: who is new and was not above came from below, and the other way round. Club ids
 * must be those of one warehouse. Nothing but club lists is read, which are known before a season starts.
 */
export function originsIn(division: Division, others: readonly Division[]): OriginOf {
  return (club, season) => {
    const above = listed(division, others, season - 1, (tier, own) => tier < own);
    const below = listed(division, others, season - 1, (tier, own) => tier > own);
    if (above.some((clubs) => clubs.has(club))) return "above";
    if (below.some((clubs) => clubs.has(club)) || above.length > 0) return "below";
    return below.length > 0 ? "above" : "unknown";
  };
}

function listed(
  { tier: own }: Division,
  others: readonly Division[],
  season: Season,
  wanted: (tier: number, own: number) => boolean,
): ReadonlySet<number>[] {
  return others.flatMap(({ tier, clubs }) => {
    const list = clubs.get(season);
    return list !== undefined && tier !== null && own !== null && wanted(tier, own) ? [list] : [];
  });
}
