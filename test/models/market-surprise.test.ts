import { describe, expect, it } from "vitest";
import { MARKET_INFORMED } from "../../src/models/market-parameters.js";
import { shotRatesOf, surpriseJump } from "../../src/models/market-surprise.js";

describe("what a match says beyond its line", () => {
  it("expects as many shots as goals, split less lopsidedly", () => {
    // Goals 2 to 0.5, a ratio of 4; with elasticity 1/2 shots of 2 to 1: 2.5 in thirds.
    const shots = shotRatesOf({ homeRate: 2, awayRate: 0.5 }, 0.5);
    expect(shots.homeRate).toBeCloseTo(5 / 3, 15);
    expect(shots.awayRate).toBeCloseTo(2.5 / 3, 15);
  });

  it("leaves the rates alone at elasticity 1", () => {
    const rates = { homeRate: 1.7, awayRate: 1.1 };
    expect(shotRatesOf(rates, 1)).toBe(rates);
  });

  it("weighs each showing against what was to be expected of it", () => {
    const performance = {
      goals: { home: 3, away: 0 },
      shots: { all: { home: 1.5, away: 1 }, onTarget: { home: 2, away: 0.5 } },
    };
    const weights = { ...MARKET_INFORMED.supremacy, goals: 0.1, onTarget: 0.2, shots: 0.3 };
    const goals = { homeRate: 1.5, awayRate: 1 };
    const shots = { homeRate: 1.25, awayRate: 1.25 };
    // By hand, 2 (difference seen - expected) / 2.5: goals 0.8 (3 - 0.5) = 2; on target 0.8 x 1.5 = 1.2; shots 0.8 x 0.5.
    expect(surpriseJump(performance, goals, shots, -1, weights)).toBeCloseTo(0.2 + 0.24 + 0.12, 15);
    // In total, 2 (sum seen - 2.5) / 2.5: goals 0.4, on target 0, shots 0.
    expect(surpriseJump(performance, goals, shots, 1, weights)).toBeCloseTo(0.04, 15);
  });
});
