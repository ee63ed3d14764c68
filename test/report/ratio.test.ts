import { describe, expect, it } from "vitest";
import { type RatioTerm, ratioByDay, ratioDifference, sumDifference } from "../../src/report/ratio.js";

/** `top` of each day in turn, one unit of stake a day. */
function days(tops: readonly number[]): RatioTerm[] {
  return tops.map((top, day) => ({ day, top, bottom: 1 }));
}

const turns = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : -1));

describe("ratioByDay", () => {
  it("has the spread of the days", () => {
    // 20 days of +1 and -1 by turns on a stake of 1: each errs by 1/20, so the variance is 20/19 x 20/400 = 1/19.
    const { value, low, high } = ratioByDay(days(turns));
    expect(value).toBe(0);
    expect(high).toBeCloseTo(1.959963984540054 / Math.sqrt(19), 12);
    expect(low).toBeCloseTo(-1.959963984540054 / Math.sqrt(19), 12);
  });

  it("takes the bets of a day as one draw", () => {
    // Each day's bet cut in ten: the same days, the same interval.
    const cut = days(turns).flatMap(({ day, top }) =>
      Array.from({ length: 10 }, () => ({ day, top: top / 10, bottom: 0.1 })),
    );
    const [whole, parts] = [ratioByDay(days(turns)), ratioByDay(cut)];
    expect(parts.high).toBeCloseTo(whole.high ?? Number.NaN, 12);
  });

  it("has no interval from few days and no value from no stakes", () => {
    expect(ratioByDay(days([1, -1]))).toEqual({ value: 0, low: null, high: null });
    expect(ratioByDay([])).toEqual({ value: null, low: null, high: null });
  });
});

describe("ratioDifference", () => {
  it("is exact for runs that differ by a constant: what they share cancels", () => {
    const { value, low, high } = ratioDifference(days(turns), days(turns.map((top) => top + 0.1)));
    for (const bound of [value, low, high]) expect(bound).toBeCloseTo(0.1, 12);
  });

  it("adds the variances of runs on other days", () => {
    const later = days(turns).map((term) => ({ ...term, day: term.day + 100 }));
    // 40 days, each off by 1/20: 40/39 x 40/400 = 4/39.
    expect(ratioDifference(days(turns), later).high).toBeCloseTo(1.959963984540054 * Math.sqrt(4 / 39), 12);
  });

  it("is nothing when one has no bets", () => {
    expect(ratioDifference(days(turns), []).value).toBeNull();
  });
});

describe("sumDifference", () => {
  it("is the difference of the sums with the spread of the daily differences", () => {
    // Second minus first is +2 and 0 by turns: sum 20, deviations of 1 on 20 days, variance 20/19 x 20 = 400/19.
    const { value, high } = sumDifference(days(turns), days(turns.map((top) => (top > 0 ? 3 : -1))));
    expect(value).toBe(20);
    expect(high).toBeCloseTo(20 + 1.959963984540054 * Math.sqrt(400 / 19), 10);
  });
});
