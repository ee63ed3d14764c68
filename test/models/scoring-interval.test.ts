import { describe, expect, it } from "vitest";
import { NORMAL_95, normalTwoSidedTail, wilsonInterval } from "../../src/models/scoring-interval.js";

describe("wilsonInterval", () => {
  it("solves the equation it is defined by", () => {
    // The bounds are the shares whose standard error puts the observed share exactly z away.
    for (const [hits, n] of [
      [3, 10],
      [81, 263],
      [999, 1000],
    ]) {
      const { low, high } = wilsonInterval(hits, n);
      for (const p of [low, high])
        expect(Math.abs(hits / n - p)).toBeCloseTo(NORMAL_95 * Math.sqrt((p * (1 - p)) / n), 12);
    }
  });

  it("reaches 0 and 1 where every or no forecast came true, and says nothing without any", () => {
    expect(wilsonInterval(0, 12).low).toBe(0);
    expect(wilsonInterval(12, 12).high).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe("normalTwoSidedTail", () => {
  // Abramowitz & Stegun, table 26.2 and its continuation: P(|Z| > z).
  it.each([
    [0, 1],
    [1, 0.3173105078629141],
    [-1.959963984540054, 0.05],
    [3, 0.0026997960632601866],
    [6, 1.9731752900753e-9],
    [10, 1.523970604832e-23],
  ])("beyond %f is %f", (z, p) => {
    expect(Math.abs(normalTwoSidedTail(z) / p - 1)).toBeLessThan(1e-9);
  });

  it("joins up where the series hands over to the fraction", () => {
    const below = normalTwoSidedTail(4.999999999);
    const above = normalTwoSidedTail(5.000000001);
    expect(below / above).toBeCloseTo(1, 7);
  });
});
