import { describe, expect, it } from "vitest";
import { placesOf, type SeasonFacts, seasonSoFar } from "../../src/compiler/season-plan.js";
import type { Fixture, PlayedMatch } from "../../src/domain/fixture.js";

const NAMES = ["Ash", "Birch", "Cedar"];

function fixture(id: number, home: number, away: number): Fixture {
  const team = (at: number) => ({ id: 10 + at, name: NAMES[at], country: "Nowhere" });
  return {
    id,
    league: "E0",
    season: 2020,
    day: 100 + id,
    kickOff: 0,
    kickOffKnown: false,
    home: team(home),
    away: team(away),
    neutral: false,
  };
}

function played(match: Fixture, homeGoals: number, awayGoals: number): PlayedMatch {
  const result = { revision: 0, homeGoals, awayGoals, halfTimeHome: null, halfTimeAway: null, knownAt: 0 };
  return { fixture: match, result: { fixtureId: match.id, ...result } };
}

const FIRST = fixture(1, 0, 1);
const SECOND = fixture(2, 1, 2);
const THIRD = fixture(3, 2, 0);

function facts(told: Partial<SeasonFacts> = {}): SeasonFacts {
  return {
    league: "E0",
    season: 2020,
    fixtures: [FIRST, SECOND, THIRD],
    played: [played(FIRST, 2, 0), played(SECOND, 1, 1)],
    asOf: 200,
    over: false,
    ...told,
  };
}

describe("a season so far", () => {
  it("ranks by points, then difference, then goals", () => {
    // By hand: Ash 3 points, 2:0. Cedar 1 point, 1:1. Birch 1 point, 1:3.
    const { table } = seasonSoFar(facts());
    expect(
      table.map(({ team, points, scored, conceded, played: n }) => [team.name, points, scored, conceded, n]),
    ).toEqual([
      ["Ash", 3, 2, 0, 1],
      ["Cedar", 1, 1, 1, 1],
      ["Birch", 1, 1, 3, 2],
    ]);
  });

  it("plays what is scheduled, and makes up the rest of a double round robin", () => {
    const { scheduled, derived } = seasonSoFar(facts());
    expect(scheduled).toEqual([THIRD]);
    // Of the six ordered pairs three are on file.
    expect(derived.map(({ home, away }) => `${home.name}-${away.name}`)).toEqual([
      "Ash-Cedar",
      "Birch-Ash",
      "Cedar-Birch",
    ]);
    expect(derived.every(({ id, day }) => id < 0 && day === 200)).toBe(true);
  });

  it("makes up nothing when the season has ended, and says what is missing", () => {
    const { scheduled, derived, notes } = seasonSoFar(facts({ over: true }));
    expect([...scheduled, ...derived]).toEqual([]);
    expect(notes.join()).toContain("3 pairings of a round robin are not on file");
  });

  it("knows leagues whose clubs receive each other twice", () => {
    // Twelve ordered meetings less the three on file.
    expect(seasonSoFar(facts({ league: "SC2" })).derived.length).toBe(9);
    expect(seasonSoFar(facts({ league: "SC0" })).notes.join()).toContain("plays on after its round robin");
    expect(placesOf("E2")).toEqual({ top: 4, relegated: 4 });
    expect(placesOf("E0")).toEqual({ top: 4, relegated: 3 });
  });
});
