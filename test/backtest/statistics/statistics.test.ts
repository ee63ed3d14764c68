import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestLosingRun, maxDrawdown } from "../../../src/backtest/statistics/drawdown.js";
import { ratioInterval } from "../../../src/backtest/statistics/ratio-interval.js";
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  normalBelow,
  normalQuantile,
  returnMoments,
} from "../../../src/backtest/statistics/sharpe.js";
import { createRng } from "../../../src/core/rng.js";

describe("maxDrawdown", () => {
  const curve = (...banks: readonly number[]) => banks.map((bankMinor, day) => ({ day, bankMinor }));
  it.each([
    // Peak 120 on day 1, trough 80 on day 3, back at 120 on day 5: 40, a third, 4 days.
    [100, curve(110, 120, 90, 80, 100, 125), { amountMinor: 40, share: 40 / 120, days: 4 }],
    // Never back: to the last day.
    [100, curve(110, 120, 90, 80, 100), { amountMinor: 40, share: 40 / 120, days: 3 }],
    // The start is a peak too.
    [100, curve(70, 60, 90), { amountMinor: 40, share: 0.4, days: 2 }],
    // The deeper of two; the first of equals.
    [100, curve(50, 110, 70, 120), { amountMinor: 50, share: 0.5, days: 1 }],
    [100, curve(60, 100, 60, 100), { amountMinor: 40, share: 0.4, days: 1 }],
    [100, curve(110, 120), { amountMinor: 0, share: 0, days: 0 }],
    [100, [], { amountMinor: 0, share: 0, days: 0 }],
  ])("from %d along %j", (start, points, expected) => {
    expect(maxDrawdown(start, points)).toEqual(expected);
  });
});

describe("longestLosingRun", () => {
  it.each([
    [[], 0],
    [[-1, -1, 5, -1], 2],
    // Stakes that came back neither lengthen nor end a run.
    [[-1, 0, -1, -1, 2], 3],
    [[1, 2], 0],
  ])("%j: %d", (profits, expected) => {
    expect(longestLosingRun(profits)).toBe(expected);
  });
});

describe("deflatedSharpe", () => {
  it("gives the worked example of Bailey & Lopez de Prado (2014)", () => {
    // 100 trials, variance of their annualised ratios 1/2, five years of 250 days: SR0 = 0.1132 a day. The chosen
    // one: 2.5 a year, skewness -3, kurtosis 10: DSR = 0.9004.
    const threshold = expectedMaximumSharpe(100, 0.5 / 250);
    expect(threshold).toBeCloseTo(0.1132, 4);
    const moments = {
      n: 1250,
      mean: 0,
      deviation: 1,
      sharpe: 2.5 / Math.sqrt(250),
      skewness: -3,
      kurtosis: 10,
    };
    expect(deflatedSharpe(moments, { count: 100, sharpeVariance: 0.5 / 250 })).toBeCloseTo(0.9004, 4);
  });

  it("asks more of the best of many than of one", () => {
    const moments = { n: 200, mean: 0, deviation: 1, sharpe: 0.15, skewness: 0, kurtosis: 3 };
    const of = (count: number) => deflatedSharpe(moments, { count, sharpeVariance: null });
    expect(of(1)).toBeGreaterThan(of(10));
    expect(of(10)).toBeGreaterThan(of(1000));
    expect(expectedMaximumSharpe(1, 1)).toBe(0);
  });

  it("is a half for no more than the threshold", () => {
    const moments = { n: 50, mean: 0, deviation: 1, sharpe: 0, skewness: 0, kurtosis: 3 };
    expect(deflatedSharpe(moments, { count: 1, sharpeVariance: null })).toBeCloseTo(0.5, 12);
  });
});

describe("normal distribution", () => {
  it("has the tables' values", () => {
    // Abramowitz & Stegun, table 26.1.
    for (const [z, p] of [
      [0, 0.5],
      [1, 0.841344746068543],
      [1.959963984540054, 0.975],
      [-3, 0.00134989803163],
    ] as const) {
      expect(normalBelow(z)).toBeCloseTo(p, 12);
      expect(normalQuantile(p)).toBeCloseTo(z, 8);
    }
  });
});

describe("returnMoments", () => {
  it("is right on a series worked out by hand", () => {
    // 1, 1, 1, 5: mean 2, sum of squares 12, sample deviation 2; central moments 3, 6, 21.
    expect(returnMoments([1, 1, 1, 5])).toEqual({
      n: 4,
      mean: 2,
      deviation: 2,
      sharpe: 1,
      skewness: expect.closeTo(6 / 3 ** 1.5, 12),
      kurtosis: expect.closeTo(21 / 9, 12),
    });
    expect(returnMoments([1])).toBeNull();
    expect(returnMoments([2, 2, 2])).toBeNull();
  });
});

describe("ratioInterval", () => {
  it("needs two clusters", () => {
    expect(ratioInterval([], createRng(1))).toBeNull();
    expect(ratioInterval([{ top: 1, bottom: 2 }], createRng(1))).toBeNull();
  });

  it("has no width when all clusters agree", () => {
    const clusters = [1, 2, 3].map((bottom) => ({ top: bottom / 4, bottom }));
    expect(ratioInterval(clusters, createRng(1))).toEqual({
      low: expect.closeTo(0.25, 12),
      high: expect.closeTo(0.25, 12),
    });
  });

  it("is as wide as the normal theory says for many like clusters", () => {
    // 400 clusters of +1 or -1 in equal number: the mean has standard error 1/20; 2 x 1.96 / 20 = 0.196 wide, and a
    // bootstrap of 2,000 draws finds each end within some 0.01.
    const clusters = Array.from({ length: 400 }, (_, i) => ({ top: i % 2 === 0 ? 1 : -1, bottom: 1 }));
    const interval = ratioInterval(clusters, createRng(3));
    expect(Math.abs((interval?.high ?? 0) - 0.098)).toBeLessThan(0.012);
    expect(Math.abs((interval?.low ?? 0) + 0.098)).toBeLessThan(0.012);
  });

  it("reaches as far as Student's t where there are few clusters", () => {
    // -5 to 5 without 0: deviation sqrt(110 / 9), standard error 1.1055, t of nine degrees 2.2622: 2.501 either side.
    // A normal reach would be 2.06 of the bootstrap's own, narrower deviation. 2,000 draws find an end within some 0.15.
    const clusters = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5].map((top) => ({ top, bottom: 1 }));
    const interval = ratioInterval(clusters, createRng(3));
    expect(Math.abs((interval?.high ?? 0) - 2.5)).toBeLessThan(0.25);
    expect(Math.abs((interval?.low ?? 0) + 2.5)).toBeLessThan(0.25);
  });

  it("reaches further to the side where a few long prices make the profit", () => {
    // 38 days that lose 1 and two that win 19: mean 0, skewed to the right.
    const clusters = Array.from({ length: 40 }, (_, i) => ({ top: i < 2 ? 19 : -1, bottom: 1 }));
    const interval = ratioInterval(clusters, createRng(3));
    expect(interval?.high ?? 0).toBeGreaterThan(1.2 * Math.abs(interval?.low ?? 0));
  });

  it("lies within the clusters' own ratios", () => {
    const cluster = fc.record({
      top: fc.integer({ min: -100, max: 100 }),
      bottom: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(cluster, { minLength: 2, maxLength: 8 }), (clusters) => {
        const ratios = clusters.map(({ top, bottom }) => top / bottom);
        const interval = ratioInterval(clusters, createRng(1));
        expect(interval?.low).toBeGreaterThanOrEqual(Math.min(...ratios) - 1e-12);
        expect(interval?.high).toBeLessThanOrEqual(Math.max(...ratios) + 1e-12);
      }),
      { seed: 42, numRuns: 30 },
    );
  });
});
