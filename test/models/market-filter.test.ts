import { describe, expect, it } from "vitest";
import {
  ageTo,
  emptyFilter,
  expectation,
  learn,
  lineVariance,
  matchesOf,
  seasonFilter,
} from "../../src/models/market-filter.js";
import { MARKET_INFORMED } from "../../src/models/market-parameters.js";

const parameters = {
  ...MARKET_INFORMED.supremacy,
  drift: 0.001,
  levelDrift: 0,
  formDays: 10,
  homeVariance: 0.1,
  entryVariance: 0.1,
  startLevel: 0.3,
  formShare: 0.5,
};
const match = { home: 1, away: 2, neutral: false, day: 100 };
const lesson = { innovation: 0.5, noise: 0.1, jump: 0, meanRate: 0.5 };

function taught(sign: 1 | -1, teaching: Partial<typeof lesson> = {}) {
  const filter = emptyFilter(parameters, sign, 0.1, 100);
  ageTo(filter, match);
  learn(filter, match, { ...lesson, ...teaching });
  return filter;
}

describe("the filter of one quantity", () => {
  it("shares an innovation by variance", () => {
    // Five equal variances of 0.1: the spread is 0.5, z = 1, each part moves by 0.1 and keeps 0.1 - 0.01 / 0.5 = 0.08.
    const filter = taught(-1);
    expect(filter.level).toBeCloseTo(0.4, 15);
    expect(filter.levelVariance).toBeCloseTo(0.08, 15);
    expect(filter.clubs.get(1)).toMatchObject({ rating: 0.1, homeEdge: 0.1, mean: 0.05, matches: 1 });
    expect(filter.clubs.get(2)).toMatchObject({ rating: -0.1, homeEdge: 0, mean: -0.05 });
    expect(filter.clubs.get(2)?.variance).toBeCloseTo(0.08, 15);
    // 0.4 + 0.1 - (-0.1) + 0.1
    expect(expectation(filter, match)).toBeCloseTo(0.7, 15);
  });

  it("moves both clubs the same way in a total", () => {
    const filter = taught(1);
    expect(filter.clubs.get(1)?.rating).toBeCloseTo(0.1, 15);
    expect(filter.clubs.get(2)?.rating).toBeCloseTo(0.1, 15);
  });

  it("lets a surprise fade with form, and not with rating", () => {
    const filter = taught(-1, { innovation: 0, jump: 0.2 });
    // level 0.3; ratings +0.2 and -0.2; form +0.1 and -0.1, which after ten days is 1/e of it.
    expect(expectation(filter, match)).toBeCloseTo(0.3 + 0.4 + 0.2, 15);
    expect(expectation(filter, { ...match, day: 110 })).toBeCloseTo(0.3 + 0.4 + 0.2 / Math.E, 15);
  });

  it("ages variance by the days between two matches", () => {
    const filter = taught(-1);
    ageTo(filter, { ...match, day: 130 });
    expect(filter.clubs.get(1)?.variance).toBeCloseTo(0.08 + 30 * 0.001, 15);
  });

  it("gives no home advantage on neutral ground, and learns none there", () => {
    const filter = taught(-1);
    const neutral = { ...match, neutral: true };
    expect(expectation(filter, neutral)).toBeCloseTo(0.2, 15);
    learn(filter, neutral, lesson);
    expect(filter.level).toBeCloseTo(0.4, 15);
    expect(filter.clubs.get(1)?.homeEdge).toBeCloseTo(0.1, 15);
  });

  it("adds up the variances of all that a coming line hangs on", () => {
    // 0.01 of the line, level 0.08, clubs and home edge 0.08 each, the clubs 30 days older: 2 x 30 x 0.001 more.
    const filter = taught(-1);
    const later = { ...match, day: 130 };
    expect(lineVariance(filter, later)).toBeCloseTo(parameters.noise + 4 * 0.08 + 0.06, 15);
    // Neutral ground: neither level nor edge. A club never met has the variance of an entrant.
    expect(lineVariance(filter, { ...later, neutral: true })).toBeCloseTo(
      parameters.noise + 2 * 0.08 + 0.06,
      15,
    );
    expect(lineVariance(filter, { ...match, away: 9 })).toBeCloseTo(parameters.noise + 3 * 0.08 + 0.1, 15);
  });

  it("starts a season from running means, newcomers below them, in a copy", () => {
    const filter = taught(-1);
    const next = seasonFilter(filter, [1, 2, 3], new Set([1, 2]), () => -0.4, 200);
    expect(next.clubs.get(1)?.rating).toBeCloseTo(0.05, 15);
    // Mean of those that stayed is 0: (0.05 - 0.05) / 2.
    expect(next.clubs.get(3)).toMatchObject({ rating: -0.4, mean: -0.4, form: 0, variance: 0.1, matches: 0 });
    expect(filter.clubs.get(1)?.rating).toBeCloseTo(0.1, 15);
    expect(matchesOf(filter, 3)).toBe(0);
  });
});
