import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { bootstrapFan } from "../../src/report/fan.js";

describe("bootstrapFan", () => {
  it("has no width where every day adds the same", () => {
    const fan = bootstrapFan(new Array<number>(10).fill(2), 5, createRng(1));
    expect(fan.map(({ at }) => at)).toEqual([0, 2, 4, 6, 8, 10]);
    for (const { at, quantiles } of fan) expect(quantiles).toEqual([2 * at, 2 * at, 2 * at, 2 * at]);
  });

  it("spreads like a random walk", () => {
    const steps = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const [last] = bootstrapFan(steps, 4, createRng(7)).slice(-1);
    // 400 draws of +1 or -1: standard deviation 20, so 95 % within 39.2 and half within 13.5. The quantiles of 1,000
    // draws err by about 1.7 and 0.9 (their density's inverse over sqrt(1000)); four of those are allowed.
    expect(Math.abs(last.quantiles[0] + 39.2)).toBeLessThan(7);
    expect(Math.abs(last.quantiles[3] - 39.2)).toBeLessThan(7);
    expect(Math.abs(last.quantiles[1] + 13.5)).toBeLessThan(4);
    expect(Math.abs(last.quantiles[2] - 13.5)).toBeLessThan(4);
  });

  it("is the same for the same seed and another for another", () => {
    const steps = [5, -3, 8, -2, 1];
    expect(bootstrapFan(steps, 9, createRng(3))).toEqual(bootstrapFan(steps, 9, createRng(3)));
    expect(bootstrapFan(steps, 9, createRng(3))).not.toEqual(bootstrapFan(steps, 9, createRng(4)));
  });

  it("is a point without days", () => {
    expect(bootstrapFan([], 9, createRng(3))).toEqual([{ at: 0, quantiles: [0, 0, 0, 0] }]);
  });
});
