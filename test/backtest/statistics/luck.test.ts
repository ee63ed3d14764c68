import { describe, expect, it } from "vitest";
import type { Bet } from "../../../src/backtest/bet.js";
import { luckPValue } from "../../../src/backtest/statistics/luck.js";
import { createRng } from "../../../src/core/rng.js";

function bet(fixtureId: number, price: number, overrides: Partial<Bet> = {}): Bet {
  return {
    fixtureId,
    market: "MATCH_ODDS",
    runner: "HOME",
    line: 0,
    side: "BACK",
    asOf: 0,
    price,
    quotedPrice: price,
    source: "B365",
    observedAt: 0,
    probability: 0.5,
    edge: 0,
    stakeMinor: 100,
    liabilityMinor: 100,
    modelVersion: "",
    because: "",
    fixture: {
      id: fixtureId,
      league: "E0",
      season: 2015,
      day: 16_600,
      kickOff: 0,
      kickOffKnown: false,
      home: { id: 1, name: "Ash", country: "" },
      away: { id: 2, name: "Birch", country: "" },
      neutral: false,
    },
    settledAt: 0,
    corrections: [],
    result: null,
    outcome: "won",
    grossMinor: 0,
    commissionMinor: 0,
    profitMinor: 0,
    closing: null,
    closingLineValue: null,
    ...overrides,
  };
}

/** Standard error of a share of 2,000 draws, thrice. */
function tolerance(p: number): number {
  return 3 * Math.sqrt((p * (1 - p)) / 2000) + 1e-3;
}

describe("luckPValue", () => {
  const evens = Array.from({ length: 10 }, (_, index) => bet(index, 2));

  it.each([
    // Ten even-money bets of 1.00: a profit of 2k - 10 needs k wins. Tails of the binomial(10, 1/2) by hand.
    [600, 56 / 1024], // 8 wins or more: 45 + 10 + 1
    [1000, 1 / 1024],
    [0, 638 / 1024], // 5 wins or more
    [-1000, 1],
  ])("agrees with the binomial for ten even bets and a profit of %d", (profit, expected) => {
    const p = luckPValue(evens, 0, profit, createRng(1));
    expect(Math.abs((p ?? 0) - expected)).toBeLessThan(tolerance(expected));
  });

  it("draws at fair odds after commission", () => {
    // At 2.0 less 5% a bet is fair when it wins with 1 / 1.95.
    const p = luckPValue([bet(1, 2)], 0.05, 95, createRng(1));
    expect(Math.abs((p ?? 0) - 1 / 1.95)).toBeLessThan(tolerance(1 / 1.95));
  });

  it("never lets two runners of a market win", () => {
    // HOME and AWAY at 2.0 each: one always wins, the other loses, so that the profit is 0 for certain.
    const both = [bet(1, 2), bet(1, 2, { runner: "AWAY" })];
    expect(luckPValue(both, 0, 1, createRng(1))).toBeCloseTo(1 / 2001, 12);
    expect(luckPValue(both, 0, 0, createRng(1))).toBe(1);
  });

  it("draws lays from the other side", () => {
    // A lay of 1.00 at 5.0 wins 1.00 with 4/5.
    const p = luckPValue([bet(1, 5, { side: "LAY", liabilityMinor: 400 })], 0, 100, createRng(1));
    expect(Math.abs((p ?? 0) - 0.8)).toBeLessThan(tolerance(0.8));
  });

  it("says nothing without bets", () => {
    expect(luckPValue([], 0, 0, createRng(1))).toBeNull();
  });
});
