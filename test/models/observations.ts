import type { Fixture } from "../../src/domain/fixture.js";
import type { Observation } from "../../src/models/forecaster.js";

/** A fixture of clubs named by number. */
export function fixtureOf(day: number, home: number, away: number, neutral = false): Fixture {
  const team = (id: number) => ({ id, name: `Club ${id}`, country: "T" });
  const base = { id: 0, league: "T", season: 2020, kickOff: day * 86_400_000, kickOffKnown: false };
  return { ...base, day, home: team(home), away: team(away), neutral };
}

/** A finished match with nothing but its goals. */
export function matchOf(
  day: number,
  home: number,
  away: number,
  homeGoals: number,
  awayGoals: number,
): Observation {
  const result = { fixtureId: 0, revision: 0, homeGoals, awayGoals, halfTimeHome: null, halfTimeAway: null };
  return {
    fixture: fixtureOf(day, home, away),
    result: { ...result, knownAt: (day + 1) * 86_400_000 },
    statistics: null,
    market: null,
  };
}

/** Rounds of four clubs with goals that depend on the clubs and on nothing else. */
export function roundsOfFour(count: number): Observation[] {
  const found: Observation[] = [];
  for (let r = 0; r < count; r++)
    for (let h = 0; h < 4; h++)
      for (let a = 0; a < 4; a++)
        if (h !== a) found.push(matchOf(100 + 7 * r, h, a, (h + 2 * r + a) % 4, (2 * a + r) % 3));
  return found;
}
