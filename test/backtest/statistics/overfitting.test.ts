import { describe, expect, it } from "vitest";
import { backtestOverfitting } from "../../../src/backtest/statistics/overfitting.js";
import { createRng } from "../../../src/core/rng.js";

/** Sum of twelve uniforms less six: mean 0, variance 1. */
function normalDraw(rng: () => number): number {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += rng();
  return sum;
}

function noise(configurations: number, days: number, seed: number): Float64Array[] {
  const rng = createRng(seed, 0);
  return Array.from({ length: configurations }, () =>
    Float64Array.from({ length: days }, () => normalDraw(rng)),
  );
}

describe("probability of backtest overfitting", () => {
  it("is 1 when what wins one half loses the other, by hand", () => {
    // Two blocks of two days; a wins the first and loses the second, b the other way round. Whichever half chooses, the
    // chosen one is last of two on the other: rank 1 of N + 1 = 3, not above one half.
    const a = Float64Array.of(1, 2, -1, -2);
    const b = Float64Array.of(-1, -2, 1, 2);
    expect(backtestOverfitting([a, b], 2)).toEqual({
      probability: 1,
      blocks: 2,
      splits: 2,
      configurations: 2,
    });
  });

  it("is 0 when one configuration is the best everywhere, by hand", () => {
    // Rank 2 of 3 in both splits.
    const a = Float64Array.of(3, 4, 3, 4);
    const b = Float64Array.of(-1, -2, 1, -2);
    expect(backtestOverfitting([a, b], 2)?.probability).toBe(0);
  });

  it("makes C(16, 8) = 12,870 splits of sixteen blocks", () => {
    expect(backtestOverfitting(noise(2, 32, 1))?.splits).toBe(12870);
  });

  it("is near one half or above where nothing has skill, and near 0 where one has", () => {
    // Mean over 20 null data sets; the splits of one set are far from independent.
    const nulls = Array.from(
      { length: 20 },
      (_, seed) => backtestOverfitting(noise(10, 240, seed), 8)?.probability ?? 0,
    );
    const mean = nulls.reduce((sum, each) => sum + each, 0) / nulls.length;
    expect(mean).toBeGreaterThan(0.4);
    expect(mean).toBeLessThan(0.75);
    const skilled = noise(10, 240, 99).map((series, index) =>
      series.map((each) => each + (index === 3 ? 1 : 0)),
    );
    expect(backtestOverfitting(skilled, 8)?.probability).toBe(0);
  });

  it("says nothing of one configuration, or of fewer days than blocks", () => {
    expect(backtestOverfitting(noise(1, 100, 1))).toBeNull();
    expect(backtestOverfitting(noise(3, 15, 1))).toBeNull();
  });
});
