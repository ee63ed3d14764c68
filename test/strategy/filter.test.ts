import { describe, expect, it } from "vitest";
import { inRange, judgeFilter } from "../../src/strategy/filter.js";
import type { Filter } from "../../src/strategy/strategy.js";
import { played, strategyOf } from "./views.js";

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
    expect(judgeFilter(filter(text), { form }).kind).toBe(kind);
  });

  it("gives its reason without commas", () => {
    const verdict = judgeFilter(filter("team: home, stat: goals, games: 3, venue: home, atLeast: 2"), {
      form,
    });
    expect(verdict.because).toBe("home goals for average 2 over 3 games");
    expect(judgeFilter(filter("team: home, result: win, games: 9"), { form }).because).toBe(
      "home has 5 known games; 9 needed",
    );
  });

  it("never passes on an empty window", () => {
    const empty = { form: { home: [], away: [] } };
    expect(judgeFilter(filter("team: home, result: win, games: 1"), empty).kind).toBe("too-few");
    expect(judgeFilter(filter("team: home, stat: goals, games: 1, atMost: 9"), empty).kind).toBe("too-few");
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
