import { describe, expect, it } from "vitest";
import { inRange, judgeFilter } from "../../src/strategy/filter.js";
import type { Filter } from "../../src/strategy/strategy.js";
import type { FormMatch } from "../../src/strategy/view.js";
import { played, strategyOf, viewOf } from "./views.js";

function filter(text: string): Filter {
  const [only] = strategyOf(`filters: [{ ${text} }]`).filters;
  if (!only) throw new Error("no filter");
  return only;
}

// Home side, oldest first: W 2-0 (h), L 0-1 (a), D 1-1 (h), W 3-2 (h), W 1-0 (a).
const HOME = [
  played("2-0", "home", 10),
  played("0-1", "away", 4),
  played("1-1", "home"),
  played("3-2", "home", 8),
  played("1-0", "away", 12),
];
const { fixture } = viewOf();
const form = { home: HOME, away: [played("0-2", "away"), played("1-3", "home"), played("0-1", "away")] };

describe("judgeFilter", () => {
  it.each([
    // Goals of the last three at home: 2, 1, 3.
    ["team: home, stat: goals, games: 3, venue: home, atLeast: 2", "holds"],
    ["team: home, stat: goals, games: 3, venue: home, atLeast: 2.01", "fails"],
    ["team: home, stat: goals, measure: total, games: 3, venue: home, atMost: 6", "holds"],
    ["team: home, stat: goals, measure: total, games: 3, venue: home, atMost: 5", "fails"],
    ["team: home, stat: goals, measure: every, games: 3, venue: home, atLeast: 1", "holds"],
    ["team: home, stat: goals, measure: every, games: 3, venue: home, atLeast: 2", "fails"],
    // Conceded in the last three anywhere: 1, 2, 0; the average is 1.
    ["team: home, stat: goals, action: against, games: 3, atLeast: 1, atMost: 1", "holds"],
    // Four goals in three games, 1.333..., is cut to 1.33.
    ["team: home, stat: goals, games: 3, venue: any, atMost: 1.66", "holds"],
    ["team: away, stat: goals, games: 3, atLeast: 0.33, atMost: 0.33", "holds"],
    ["team: away, result: lose, games: 3", "holds"],
    ["team: away, result: lose-or-draw, games: 3", "holds"],
    ["team: away, result: win-or-draw, games: 3", "fails"],
    ["team: home, result: win, games: 2", "holds"],
    ["team: home, result: win, games: 3", "fails"],
    ["team: home, result: win-or-draw, games: 3", "holds"],
    ["team: home, result: win-or-lose, games: 2, venue: away", "holds"],
    // Shots are unknown in one of three home games: two known ones do when minGames says so.
    ["team: home, stat: shots, games: 3, venue: home, atLeast: 9", "too-few"],
    ["team: home, stat: shots, games: 3, minGames: 2, venue: home, atLeast: 9", "holds"],
    ["team: home, stat: shots, action: against, games: 3, minGames: 1, atLeast: 0", "too-few"],
    ["team: home, stat: goals, games: 4, venue: home, atLeast: 0", "too-few"],
    ["team: home, result: win-or-draw, games: 6", "too-few"],
    ["team: home, result: win-or-draw, games: 4, minGames: 3, venue: home", "holds"],
  ] as const)("%s: %s", (text, kind) => {
    expect(judgeFilter(filter(text), { form, fixture }).kind).toBe(kind);
  });

  it("gives its reason without commas", () => {
    const verdict = judgeFilter(filter("team: home, stat: goals, games: 3, venue: home, atLeast: 2"), {
      form,
      fixture,
    });
    expect(verdict.because).toBe("home goals for average 2 over 3 games");
    expect(judgeFilter(filter("team: home, result: win, games: 9"), { form, fixture }).because).toBe(
      "home has 5 known games; 9 needed",
    );
  });

  it("never passes on an empty window", () => {
    const empty = { fixture, form: { home: [], away: [] } };
    expect(judgeFilter(filter("team: home, result: win, games: 1"), empty).kind).toBe("too-few");
    expect(judgeFilter(filter("team: home, stat: goals, games: 1, atMost: 9"), empty).kind).toBe("too-few");
  });
});

describe("the wider vocabulary", () => {
  // Ash, home side of an E0 fixture of 2015/16: 2-0, 0-1, 1-1, 3-2, 1-0 (points 3 0 1 3 3), and a year before 0-4 in E1.
  const before = { ...played("0-4", "home"), league: "E1", season: 2014 };
  const view = { fixture, form: { ...form, home: [before, ...HOME] }, expected: { home: 1.7, away: 1.1 } };

  it.each([
    // Points of the five games: 10, so 2 a game; of the opponents 0 3 1 0 0.
    ["team: home, stat: points, games: 5, atLeast: 2, atMost: 2", "holds"],
    ["team: home, stat: points, action: against, measure: total, games: 5, atLeast: 4, atMost: 4", "holds"],
    // Goals of both sides: 2 1 2 5 1.
    ["team: home, stat: goals, action: combined, measure: every, games: 5, atLeast: 1, atMost: 5", "holds"],
    ["team: home, stat: goals, action: combined, measure: every, games: 5, atLeast: 2", "fails"],
    // Goal differences 2 -1 0 1 1: 3 in all, 0.6 a game.
    ["team: home, stat: goals, action: difference, games: 5, atLeast: 0.6, atMost: 0.6", "holds"],
    // The season before counts overall alone.
    ["team: home, result: win-or-lose, games: 6", "too-few"],
    [
      "team: home, stat: goals, action: against, measure: total, games: 6, within: overall, atLeast: 8",
      "holds",
    ],
    [
      "team: home, stat: goals, action: against, measure: total, games: 6, within: overall, atLeast: 9",
      "fails",
    ],
    ["team: home, oneOf: [Ash, Cedar]", "holds"],
    ["team: away, oneOf: [Ash, Cedar]", "fails"],
    ["team: away, noneOf: [Ash, Cedar]", "holds"],
    ["team: home, noneOf: [Ash]", "fails"],
    ["rating: home, atLeast: 1.7", "holds"],
    ["rating: away, atMost: 1.09", "fails"],
    ["rating: total, atLeast: 2.79, atMost: 2.81", "holds"],
    ["rating: difference, atLeast: 0.61", "fails"],
    // Asked in other leagues alone: holds unasked here.
    ["team: home, result: lose, games: 5, leagues: [D1]", "holds"],
    ["team: home, result: lose, games: 5, leagues: [D1, E0]", "fails"],
  ] as const)("%s: %s", (text, kind) => {
    expect(judgeFilter(filter(text), view).kind).toBe(kind);
  });

  it("adds yellow and red cards, and knows none where either is unknown", () => {
    const withCards = (yellowCards: number | null, redCards: number | null): FormMatch => {
      const match = played("1-0", "home");
      if (match.statisticsFor === null) throw new Error("no statistics");
      return { ...match, statisticsFor: { ...match.statisticsFor, yellowCards, redCards } };
    };
    const cards = filter("team: home, stat: cards, measure: total, games: 2, atLeast: 5, atMost: 5");
    const known = { fixture, form: { home: [withCards(2, 1), withCards(2, 0)], away: [] } };
    expect(judgeFilter(cards, known).kind).toBe("holds");
    const unknown = { fixture, form: { home: [withCards(2, 1), withCards(2, null)], away: [] } };
    expect(judgeFilter(cards, unknown).kind).toBe("too-few");
  });

  it("fails a rating where no model of goals stands behind the chances", () => {
    expect(judgeFilter(filter("rating: home, atLeast: 0"), { fixture, form }).kind).toBe("fails");
  });
});

describe("inRange", () => {
  it("is inclusive at both ends and forgives only the last bit", () => {
    expect(inRange(1.5, { min: 1.5, max: 6 })).toBe(true);
    expect(inRange(6, { min: 1.5, max: 6 })).toBe(true);
    expect(inRange(6.01, { min: 1.5, max: 6 })).toBe(false);
    expect(inRange(0.1 + 0.2, { min: null, max: 0.3 })).toBe(true);
    expect(inRange(-5, { min: null, max: null })).toBe(true);
  });
});
