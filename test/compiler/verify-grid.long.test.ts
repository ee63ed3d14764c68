import { describe, expect, it } from "vitest";
import { faultOfGrid, gridSums } from "../../src/compiler/grid-sums.js";
import { playOutGrid } from "../../src/compiler/verify-grid.js";
import { createRng } from "../../src/core/rng.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import { SCORE_LIKELIHOODS } from "../../src/models/score-forecaster.js";

/** Shapes far enough from Poisson that a grid without them would be found out. */
const SHAPES: Readonly<Record<string, readonly number[]>> = {
  "negative-binomial": [0.3],
  "zero-inflated-poisson": [0.1],
  "bivariate-poisson": [0.2],
  "bivariate-poisson-inflated": [0.1, 0.02, 0.03, 0.01],
  "weibull-copula": [1.3, -1.5],
};
const DRAWS = 40_000;
const RATES = { homeRate: 1.6, awayRate: 1.1 };
const LOGS = { homeLog: Math.log(1.6), awayLog: Math.log(1.1), lift: 0 };

describe("a grid against its distribution's story", () => {
  it.each(SCORE_LIKELIHOODS.map((likelihood) => [likelihood.name, likelihood] as const))(
    "agrees for %s, and not without its shapes",
    (name, likelihood) => {
      const shapes = Object.fromEntries(likelihood.shapes.map((shape, k) => [shape.name, SHAPES[name][k]]));
      const grid = likelihood.grids(SHAPES[name])(LOGS);
      const plain = scoreGrid({ ...RATES, rho: 0 });
      if (!grid) throw new Error("no grid");
      const played = { ...RATES, shapes };
      // Five standard errors: a false alarm once in 1.7 million events.
      expect(playOutGrid(name, played, grid, DRAWS, createRng(1))?.deviation).toBeLessThan(5);
      expect(playOutGrid(name, played, plain, DRAWS, createRng(1))?.deviation).toBeGreaterThan(5);
    },
  );

  it("has nothing to say of a distribution it does not know", () => {
    expect(
      playOutGrid("ratings", { ...RATES, shapes: {} }, scoreGrid({ ...RATES, rho: 0 }), 10, createRng(1)),
    ).toBeNull();
  });
});

describe("a grid by itself", () => {
  it("is at fault with a negative, a missing or a surplus cell", () => {
    const grid = scoreGrid({ ...RATES, rho: 0 });
    expect(faultOfGrid(grid)).toBeNull();
    expect(faultOfGrid({ ...grid, cells: grid.cells.map((p, i) => (i === 3 ? -p : p)) })).toMatch(
      /a cell of -/,
    );
    expect(faultOfGrid({ ...grid, cells: grid.cells.map((p) => 1.001 * p) })).toMatch(/sum to 1.00/);
    expect(faultOfGrid({ ...grid, cells: grid.cells.slice(1) })).toMatch(/cells for/);
    expect(faultOfGrid({ ...grid, cells: grid.cells.map(() => Number.NaN) })).toMatch(/NaN/);
  });

  it("adds up to differences, totals and nils", () => {
    // By hand: a grid of 0-0 1/2, 1-0 1/4, 1-1 1/4.
    const sums = gridSums({ maxGoals: 1, cells: Float64Array.of(0.5, 0, 0.25, 0.25), tailMass: 0 });
    expect([sums.difference(-1), sums.difference(0), sums.difference(1)]).toEqual([0, 0.75, 0.25]);
    expect([sums.total(0), sums.total(1), sums.total(2), sums.total(3)]).toEqual([0.5, 0.25, 0.25, 0]);
    expect([sums.homeNone, sums.awayNone, sums.score(1, 0)]).toEqual([0.5, 0.75, 0.25]);
  });
});
