import poisson from "@stdlib/stats-base-dists-poisson";
import { describe, expect, it } from "vitest";
import { fillPoissonPmf, poissonReach, poissonUpperTail } from "../../src/models/poisson-pmf.js";

// Oracle: @stdlib/stats-base-dists-poisson, computed through log-gamma, independent of our recursion.
describe("poisson pmf", () => {
  it.each([1e-6, 0.01, 0.7, 1.55, 4, 12, 50])("agrees with stdlib for a rate of %d", (rate) => {
    const out = new Float64Array(120);
    fillPoissonPmf(out, rate);
    for (let k = 0; k < 120; k++) {
      const expected = poisson.pmf(k, rate);
      expect(Math.abs(out[k] - expected)).toBeLessThanOrEqual(1e-12 * expected + 1e-300);
    }
  });

  it("keeps the digits of small tails", () => {
    // P(X > 10), rate 1: e^-1 sum_{k>10} 1/k! = 1.00477663e-8 (series 1/11! (1 + 1/12 + 1/156 + ...) / e).
    const series = [1, 1 / 12, 1 / 156, 1 / 2184, 1 / 32760, 1 / 524160].reduce((a, b) => a + b);
    expect(poissonUpperTail(10, 1) / ((series / 39916800) * Math.exp(-1))).toBeCloseTo(1, 6);
    expect(poissonUpperTail(0, 5)).toBeCloseTo(1 - Math.exp(-5), 15);
  });

  it("reaches far enough and no further than needed", () => {
    for (const rate of [0.3, 1.4, 6, 40]) {
      const k = poissonReach(rate, 1e-12, 0);
      expect(poissonUpperTail(k, rate)).toBeLessThan(1e-12);
      expect(poissonUpperTail(k - 1, rate)).toBeGreaterThan(0.5e-12);
    }
  });
});
