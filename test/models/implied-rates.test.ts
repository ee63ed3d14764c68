import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rhoBounds, scoreGrid } from "../../src/models/dixon-coles-grid.js";
import { impliedRates } from "../../src/models/implied-rates.js";
import { viewOf } from "./market-yardstick.js";

const rate = fc.double({ min: Math.log(0.1), max: Math.log(5), noNaN: true }).map(Math.exp);

/** A share of the range that keeps every cell of the grid positive and the implied rho inside its clamp. */
function rhoAt(homeRate: number, awayRate: number, share: number): number {
  const { low, high } = rhoBounds(homeRate, awayRate);
  const from = Math.max(low, -0.35);
  return from + share * (Math.min(high, 0.25) - from);
}

describe("goal rates implied by a market", () => {
  it("come back from the grid they make, to 1e-9", () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(rate, rate, share, (homeRate, awayRate, at) => {
        const rho = rhoAt(homeRate, awayRate, at);
        const implied = impliedRates(viewOf(scoreGrid({ homeRate, awayRate, rho }).cells));
        if (implied.kind !== "rates") throw new Error(implied.reason);
        expect(Math.abs(implied.rates.homeRate / homeRate - 1)).toBeLessThan(1e-9);
        expect(Math.abs(implied.rates.awayRate / awayRate - 1)).toBeLessThan(1e-9);
        expect(Math.abs(implied.rates.rho - rho)).toBeLessThan(1e-9);
        expect(implied.rhoClamped).toBe(false);
      }),
      { seed: 42, numRuns: 500 },
    );
  });

  it("come back without a total too, where rho is -0.05", () => {
    fc.assert(
      fc.property(rate, rate, (homeRate, awayRate) => {
        const view = viewOf(scoreGrid({ homeRate, awayRate, rho: -0.05 }).cells);
        const implied = impliedRates({ ...view, over25: null });
        if (implied.kind !== "rates") throw new Error(implied.reason);
        expect(Math.abs(implied.rates.homeRate / homeRate - 1)).toBeLessThan(1e-9);
        expect(Math.abs(implied.rates.awayRate / awayRate - 1)).toBeLessThan(1e-9);
        expect(implied.rates.rho).toBe(-0.05);
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  it("split the total evenly between equal sides", () => {
    // P(more than 2 | mean 2) = 1 - 5 exp(-2); home = away leaves the rates equal, 1 and 1.
    const implied = impliedRates({ home: 0.35, draw: 0.3, away: 0.35, over25: 1 - 5 * Math.exp(-2) });
    if (implied.kind !== "rates") throw new Error(implied.reason);
    expect(implied.rates.homeRate).toBeCloseTo(1, 12);
    expect(implied.rates.awayRate).toBeCloseTo(1, 12);
    // P(level) of two Poissons of mean 1 is exp(-2) I0(2), I0(2) = 2.2795853023360673 (Abramowitz & Stegun 9.8).
    const level = Math.exp(-2) * 2.279585302336067;
    expect(implied.rates.rho).toBeCloseTo((level - 0.3) / (2 * Math.exp(-2)), 12);
  });

  it("hold rho at its bounds and say so", () => {
    const many = impliedRates({ home: 0.2, draw: 0.6, away: 0.2, over25: 0.5 });
    const few = impliedRates({ home: 0.45, draw: 0.1, away: 0.45, over25: 0.5 });
    expect(many).toMatchObject({ kind: "rates", rhoClamped: true, rates: { rho: -0.35 } });
    expect(few).toMatchObject({ kind: "rates", rhoClamped: true, rates: { rho: 0.25 } });
  });

  it.each([
    [{ home: 0.5, draw: 0.3, away: 0.3, over25: 0.5 }, "do not sum to 1"],
    [{ home: 1, draw: 0, away: 0, over25: 0.5 }, "not between 0 and 1"],
    [{ home: 0.5, draw: 0.3, away: 0.2, over25: Number.NaN }, "not between 0 and 1, was NaN"],
    [{ home: 0.98, draw: 0.01, away: 0.01, over25: 0.001 }, "no rates give"],
  ])("refuse what no rates can make: %j", (market, reason) => {
    const implied = impliedRates(market);
    expect(implied.kind === "unattainable" && implied.reason).toContain(reason);
  });
});
