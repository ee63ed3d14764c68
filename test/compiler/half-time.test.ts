import { describe, expect, it } from "vitest";
import { DEFAULT_HALF_SHARE, fitHalfShare } from "../../src/compiler/half-share.js";
import { halfTimeFullTime, halfTimeGrid } from "../../src/compiler/half-time.js";
import { matchOdds } from "../../src/compiler/match-odds.js";
import { priceEverything } from "../../src/compiler/sheet.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";

const SHARE = 0.45;

describe("half-time markets", () => {
  it("thin independent Poissons to Poissons", () => {
    // A thinned Poisson is Poisson with the rate times the share: an exact identity.
    const half = halfTimeGrid(scoreGrid({ homeRate: 1.7, awayRate: 1.1, rho: 0 }), SHARE);
    const direct = scoreGrid({ homeRate: 1.7 * SHARE, awayRate: 1.1 * SHARE, rho: 0 });
    for (let i = 0; i <= 6; i++)
      for (let j = 0; j <= 6; j++) {
        const a = half.cells[i * (half.maxGoals + 1) + j];
        const b = direct.cells[i * (direct.maxGoals + 1) + j];
        expect(Math.abs(a - b)).toBeLessThan(1e-12);
      }
  });

  it("agree with two halves played out one after the other", () => {
    // Independent path: convolve the two halves' Poisson grids.
    const grid = scoreGrid({ homeRate: 1.7, awayRate: 1.1, rho: 0 });
    const first = scoreGrid({ homeRate: 1.7 * SHARE, awayRate: 1.1 * SHARE, rho: 0 });
    const second = scoreGrid({ homeRate: 1.7 * (1 - SHARE), awayRate: 1.1 * (1 - SHARE), rho: 0 });
    const wanted: Record<string, number> = {};
    const name = (d: number): string => (d > 0 ? "HOME" : d < 0 ? "AWAY" : "DRAW");
    const n1 = first.maxGoals + 1;
    const n2 = second.maxGoals + 1;
    for (let a = 0; a < n1 * n1; a++)
      for (let b = 0; b < n2 * n2; b++) {
        const d1 = Math.floor(a / n1) - (a % n1);
        const d2 = Math.floor(b / n2) - (b % n2);
        const key = `${name(d1)}_${name(d1 + d2)}`;
        wanted[key] = (wanted[key] ?? 0) + first.cells[a] * second.cells[b];
      }
    const actual = halfTimeFullTime(grid, SHARE);
    expect(Object.keys(actual).length).toBe(9);
    for (const [key, p] of Object.entries(actual)) expect(Math.abs(p - wanted[key]), key).toBeLessThan(1e-11);
  });

  it("add up to the full-time and half-time results, with dependent low scores too", () => {
    const grid = scoreGrid({ homeRate: 1.4, awayRate: 1.3, rho: -0.1 });
    const both = halfTimeFullTime(grid, SHARE);
    const full = matchOdds(grid);
    const half = matchOdds(halfTimeGrid(grid, SHARE));
    for (const result of ["HOME", "DRAW", "AWAY"] as const) {
      const ended = both[`HOME_${result}`] + both[`DRAW_${result}`] + both[`AWAY_${result}`];
      const stood = both[`${result}_HOME`] + both[`${result}_DRAW`] + both[`${result}_AWAY`];
      expect(Math.abs(ended - full[result])).toBeLessThan(1e-13);
      expect(Math.abs(stood - half[result])).toBeLessThan(1e-13);
    }
  });

  it("price the first half's goals", () => {
    const { markets, halfShare } = priceEverything({ homeRate: 1.5, awayRate: 1, rho: 0 });
    expect(halfShare).toBe(DEFAULT_HALF_SHARE);
    const under = markets.FIRST_HALF_GOALS_05?.UNDER ?? Number.NaN;
    expect(Math.abs(under - Math.exp(-2.5 * DEFAULT_HALF_SHARE))).toBeLessThan(1e-12);
  });
});

describe("fitHalfShare", () => {
  it("is the share, with Wilson's interval", () => {
    // 30 of 80: Wilson 95% by hand: centre (0.375 + 1.92073/80) / (1 + 3.84146/80) = 0.380727, reach 0.103786.
    const fitted = fitHalfShare(30, 80);
    if (fitted.kind !== "fitted") throw new Error(fitted.kind);
    expect(fitted.share).toBe(0.375);
    expect(fitted.low).toBeCloseTo(0.276941, 5);
    expect(fitted.high).toBeCloseTo(0.484513, 5);
  });

  it("says when there is nothing to fit", () => {
    expect(fitHalfShare(0, 0)).toEqual({ kind: "no-goals" });
  });
});
