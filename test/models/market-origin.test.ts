import { describe, expect, it } from "vitest";
import type { Division } from "../../src/models/forecaster.js";
import { originsIn } from "../../src/models/market-origin.js";

function division(league: string, tier: number | null, season: number, ...clubs: number[]): Division {
  return { league, tier, clubs: new Map([[season, new Set(clubs)]]) };
}

const second = division("E1", 2, 2015, 1, 2, 3, 4);
const top = division("E0", 1, 2014, 1, 9);
const third = division("E2", 3, 2014, 2, 8);

describe("where a newcomer played the season before", () => {
  it("is read from the lists of both neighbours", () => {
    const originOf = originsIn(second, [top, third]);
    expect([1, 2, 3].map((club) => originOf(club, 2015))).toEqual(["above", "below", "below"]);
  });

  it("needs one neighbour's list only", () => {
    expect([1, 2].map((club) => originsIn(second, [top])(club, 2015))).toEqual(["above", "below"]);
    expect([1, 2].map((club) => originsIn(second, [third])(club, 2015))).toEqual(["above", "below"]);
  });

  it("is unknown without a list of that season, or without a tier", () => {
    expect(originsIn(second, [top, third])(1, 2016)).toBe("unknown");
    expect(originsIn(division("E1", null, 2015, 1), [top])(1, 2015)).toBe("unknown");
  });
});
