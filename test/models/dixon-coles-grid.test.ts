import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/core/assert.js";
import { fillScoreGrid, lowScoreFactor, rhoBounds, scoreGrid } from "../../src/models/dixon-coles-grid.js";
import { gridSize, type ScoreGrid } from "../../src/models/grid.js";
import { sharedAvailable, sharedPath } from "../support/shared.js";

function sum(grid: ScoreGrid, counts: (home: number, away: number) => boolean): number {
  let total = 0;
  for (let i = 0; i <= grid.maxGoals; i++)
    for (let j = 0; j <= grid.maxGoals; j++)
      if (counts(i, j)) total += grid.cells[i * (grid.maxGoals + 1) + j];
  return total;
}

const rate = fc.double({ min: 0.05, max: 8, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("scoreGrid", () => {
  it("gives tau(1, 0) and tau(0, 1) each to its own cell (defect M2)", () => {
    // By hand: rates 2 and 1, rho -0.1. P(1-0) = 2 e^-3 (1 + 1 rho), P(0-1) = 1 e^-3 (1 + 2 rho).
    const grid = scoreGrid({ homeRate: 2, awayRate: 1, rho: -0.1 });
    const width = grid.maxGoals + 1;
    expect(grid.cells[0]).toBeCloseTo(Math.exp(-3) * 1.2, 14);
    expect(grid.cells[1]).toBeCloseTo(Math.exp(-3) * 0.8, 14);
    expect(grid.cells[width]).toBeCloseTo(2 * Math.exp(-3) * 0.9, 14);
    expect(grid.cells[width + 1]).toBeCloseTo(2 * Math.exp(-3) * 1.1, 14);
    expect(grid.cells[2]).toBeCloseTo(0.5 * Math.exp(-3), 14);
  });

  it("sums to one minus its tail, is nowhere negative and keeps both Poisson margins, for any rho allowed", () => {
    fc.assert(
      fc.property(rate, rate, share, (homeRate, awayRate, t) => {
        const { low, high } = rhoBounds(homeRate, awayRate);
        const grid = scoreGrid({ homeRate, awayRate, rho: low + t * (high - low) });
        expect(Math.min(...grid.cells)).toBeGreaterThanOrEqual(0);
        expect(grid.tailMass).toBeLessThan(1e-12);
        expect(Math.abs(sum(grid, () => true) + grid.tailMass - 1)).toBeLessThan(1e-13);
        expect(Math.abs(sum(grid, (i) => i === 0) - Math.exp(-homeRate))).toBeLessThan(1e-12);
        expect(Math.abs(sum(grid, (_, j) => j === 1) - awayRate * Math.exp(-awayRate))).toBeLessThan(1e-12);
      }),
      { seed: 42 },
    );
  });

  it("mirrors when the sides are swapped", () => {
    const one = scoreGrid({ homeRate: 1.7, awayRate: 0.9, rho: -0.05 });
    const other = scoreGrid({ homeRate: 0.9, awayRate: 1.7, rho: -0.05 });
    expect(sum(one, (i, j) => i > j)).toBeCloseTo(
      sum(other, (i, j) => i < j),
      15,
    );
  });

  it("refuses a rho that would make a cell negative, and takes the bounds themselves", () => {
    const rates = { homeRate: 2.3, awayRate: 1.1 };
    const { low, high } = rhoBounds(2.3, 1.1);
    expect(low).toBeCloseTo(-1 / 2.3, 15);
    expect(high).toBeCloseTo(1 / 2.53, 15);
    expect(() => scoreGrid({ ...rates, rho: low })).not.toThrow();
    expect(() => scoreGrid({ ...rates, rho: high })).not.toThrow();
    expect(() => scoreGrid({ ...rates, rho: low - 1e-9 })).toThrow(InvariantError);
    expect(() => scoreGrid({ ...rates, rho: high + 1e-9 })).toThrow(InvariantError);
  });

  it("refuses rates that are no expected goals", () => {
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 101])
      expect(() => scoreGrid({ homeRate: bad, awayRate: 1, rho: 0 })).toThrow(InvariantError);
  });

  it("says what a grid that is too small leaves out", () => {
    // By hand: with maxGoals 1 and rates 1 and 1 the four cells hold (2/e)^2.
    const out = new Float64Array(4);
    expect(fillScoreGrid(out, 1, { homeRate: 1, awayRate: 1, rho: 0.2 })).toBeCloseTo(
      1 - (2 / Math.E) ** 2,
      14,
    );
    expect(out[0] + out[1] + out[2] + out[3]).toBeCloseTo((2 / Math.E) ** 2, 14);
  });

  it("grows with the rates and carries 1e-6 and 50", () => {
    expect(gridSize(1e-6, 1e-6)).toBe(10);
    const wide = scoreGrid({ homeRate: 50, awayRate: 1e-6, rho: 0 });
    expect(wide.maxGoals).toBeGreaterThan(100);
    expect(Math.abs(sum(wide, () => true) - 1)).toBeLessThan(1e-12);
  });

  it("has one tau: 1 beyond one goal, and the four published forms below", () => {
    const rates = { homeRate: 1.5, awayRate: 0.8, rho: -0.1 };
    expect(lowScoreFactor(0, 0, rates)).toBeCloseTo(1.12, 15);
    expect(lowScoreFactor(0, 1, rates)).toBeCloseTo(0.85, 15);
    expect(lowScoreFactor(1, 0, rates)).toBeCloseTo(0.92, 15);
    expect(lowScoreFactor(1, 1, rates)).toBeCloseTo(1.1, 15);
    expect(lowScoreFactor(2, 0, rates)).toBe(1);
    expect(lowScoreFactor(1, 3, rates)).toBe(1);
  });
});

interface ReferenceFixture {
  readonly lambdaHome: number;
  readonly lambdaAway: number;
  readonly home: number;
  readonly draw: number;
  readonly away: number;
  readonly btts: number;
  readonly "over2.5": number;
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath("reference", name), "utf8"));
}

describe.skipIf(!sharedAvailable)("scoreGrid against markets_reference.json (exact 60 x 60 grids)", () => {
  it("prices 1X2, over 2.5 and both teams to score within 1e-12", () => {
    const reference: { params: string; fixtures: ReferenceFixture[] } = read("markets_reference.json");
    const fits: Record<string, { rho: number }> = read("fits.json");
    expect(reference.fixtures).toHaveLength(20);
    for (const f of reference.fixtures) {
      const grid = scoreGrid({
        homeRate: f.lambdaHome,
        awayRate: f.lambdaAway,
        rho: fits[reference.params].rho,
      });
      expect(Math.abs(sum(grid, (i, j) => i > j) - f.home)).toBeLessThan(1e-12);
      expect(Math.abs(sum(grid, (i, j) => i === j) - f.draw)).toBeLessThan(1e-12);
      expect(Math.abs(sum(grid, (i, j) => i < j) - f.away)).toBeLessThan(1e-12);
      expect(Math.abs(sum(grid, (i, j) => i + j > 2) - f["over2.5"])).toBeLessThan(1e-12);
      expect(Math.abs(sum(grid, (i, j) => i > 0 && j > 0) - f.btts)).toBeLessThan(1e-12);
    }
  });
});
