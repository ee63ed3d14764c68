import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parseIsoDay, startOfDay } from "../../src/core/day.js";
import type { PlayedMatch, Team } from "../../src/domain/fixture.js";
import { seasonOfDay } from "../../src/domain/season.js";
import type { TeamRating } from "../../src/ratings/history.js";
import { sharedPath } from "../support/shared.js";

export interface MatchSketch {
  readonly id: number;
  readonly day: number;
  readonly home: string;
  readonly away: string;
  readonly goals: readonly [number, number];
  readonly league?: string;
  readonly season?: number;
  readonly revision?: number;
}

/** A played match from the little that a test wants to say. Team ids follow from the names. */
export function played(sketch: MatchSketch): PlayedMatch {
  const { id, day } = sketch;
  return {
    fixture: {
      id,
      league: sketch.league ?? "E0",
      season: sketch.season ?? 2018,
      day,
      kickOff: startOfDay(day) + 15 * 3_600_000,
      kickOffKnown: false,
      home: team(sketch.home),
      away: team(sketch.away),
      neutral: false,
    },
    result: {
      fixtureId: id,
      revision: sketch.revision ?? 0,
      homeGoals: sketch.goals[0],
      awayGoals: sketch.goals[1],
      halfTimeHome: null,
      halfTimeAway: null,
      knownAt: startOfDay(day + 1),
    },
  };
}

export function team(name: string): Team {
  const id = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7);
  return { id, name, country: "England" };
}

/** A shared reference input: "input_epl1.json" (2018-19) or "input_epl5.json" (2014-15 to 2018-19). */
export function referenceMatches(file: string): PlayedMatch[] {
  const { matches } = JSON.parse(readFileSync(sharedPath("reference", file), "utf8")) as {
    matches: { date: string; home: string; away: string; hg: number; ag: number }[];
  };
  return matches.map(({ date, home, away, hg, ag }, id) => {
    const day = parseIsoDay(date) ?? Number.NaN;
    return played({ id, day, home, away, goals: [hg, ag], season: seasonOfDay(day) });
  });
}

/** A value of the shared `ratings_reference.json`. */
export function referenceRatings<T>(key: string): Record<string, T> {
  const all = JSON.parse(readFileSync(sharedPath("reference", "ratings_reference.json"), "utf8"));
  return (all as Record<string, Record<string, T>>)[key];
}

export function byName(ratings: readonly TeamRating[]): Map<string, TeamRating> {
  return new Map(ratings.map((rating) => [rating.team.name, rating]));
}

/** Random leagues: up to 40 matches of six teams over 20 days and two seasons, no team twice a day. */
export const leagues: fc.Arbitrary<PlayedMatch[]> = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: 19 }),
      home: fc.integer({ min: 0, max: 5 }),
      away: fc.integer({ min: 0, max: 5 }),
      goals: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
    }),
    { maxLength: 40 },
  )
  .map((sketches) => {
    const busy = new Set<string>();
    return sketches.flatMap(({ day, home, away, goals }, id) => {
      if (home === away || busy.has(`${day} ${home}`) || busy.has(`${day} ${away}`)) return [];
      busy.add(`${day} ${home}`).add(`${day} ${away}`);
      return played({
        id,
        day: 17_700 + day,
        home: `T${home}`,
        away: `T${away}`,
        goals,
        season: day < 10 ? 2017 : 2018,
      });
    });
  });
