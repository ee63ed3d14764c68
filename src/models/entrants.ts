import type { Season } from "../domain/season.js";
import type { Division } from "./forecaster.js";

/**
 * The clubs that came into a division after its first season, up to `season`, as far as `known` knows them.
 *
 * They are the best guess at a club that was never seen there: promoted clubs are weaker than the average.
 */
export function earlierEntrants<T>(
  division: Division,
  season: Season,
  known: (club: number) => T | null,
): readonly T[] {
  const found = new Map<number, T>();
  for (const [at, clubs] of division.clubs) {
    const before = division.clubs.get(at - 1);
    if (at > season || !before) continue;
    for (const club of clubs) {
      const entrant = before.has(club) ? null : known(club);
      if (entrant !== null) found.set(club, entrant);
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([, entrant]) => entrant);
}
