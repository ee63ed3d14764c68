import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { clusteredRatio } from "../../src/models/scoring-ratio.js";

describe("the clustered ratio", () => {
  it("is the ratio of the sums, and has no interval without two clusters", () => {
    const one = clusteredRatio([1, 2, 3], [2, 2, 4], [0, 1, 2], createRng(1));
    expect(one?.value).toBe(6 / 8);
    expect(clusteredRatio([1, 2], [1, 1], [5, 5], createRng(1))).toBeNull();
    expect(clusteredRatio([1, 2], [1, -1], [0, 1], createRng(1))).toBeNull();
  });

  // A ratio that is the same in every cluster has no spread, whatever is drawn.
  it("has an interval of width zero where every cluster agrees", () => {
    const answer = clusteredRatio([1, 2, 3, 4], [2, 4, 6, 8], [0, 0, 1, 2], createRng(1));
    expect([answer?.low, answer?.high]).toEqual([0.5, 0.5]);
  });

  // With denominators all 1 this is a mean of cluster means: standard error sd / sqrt(G), 1.96 of them on each side.
  it("agrees with the normal interval of a mean", () => {
    const rng = createRng(3);
    const values = Array.from({ length: 400 }, () => rng());
    const ones = values.map(() => 1);
    const answer = clusteredRatio(
      values,
      ones,
      values.map((_, i) => i),
      createRng(4),
      4000,
    );
    const mean = values.reduce((a, b) => a + b) / 400;
    const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 399);
    expect(answer?.low).toBeCloseTo(mean - (1.96 * sd) / 20, 2);
    expect(answer?.high).toBeCloseTo(mean + (1.96 * sd) / 20, 2);
  });
});
