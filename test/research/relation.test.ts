import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../src/models/student-quantile.js";
import { correlate } from "../../src/research/correlation.js";
import { frameOf } from "../../src/research/frame.js";
import { fitRelation, observationsOf, parseRelation } from "../../src/research/relation.js";

// Anscombe, "Graphs in Statistical Analysis", The American Statistician 27, 1973: his first and fourth data sets.
const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const y1 = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
const x4 = [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8];
const y4 = [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89];

const line = { response: "y", predictors: ["x"] };

function fitted(xs: readonly number[], ys: readonly number[]) {
  return fitRelation(line, { x: xs.map((value) => [value]), y: ys, missing: 0 });
}

describe("fitRelation", () => {
  it.each([
    [x, y1],
    [x4, y4],
  ])("finds Anscombe's line with his standard errors", (xs, ys) => {
    const fit = fitted(xs, ys);
    if (fit.kind !== "fitted") throw new Error(fit.kind);
    const [intercept, slope] = fit.coefficients;
    // His table: y = 3.00 + 0.500 x, standard error of the slope 0.118, r2 0.67, residual sum of squares 13.75 or 13.74
    // with 9 degrees of freedom. The intercept's error is 1.125 in every textbook that repeats it.
    expect(slope.value).toBeCloseTo(0.5, 3);
    expect(intercept.value).toBeCloseTo(3.0, 2);
    expect(slope.standardError).toBeCloseTo(0.118, 3);
    expect(intercept.standardError).toBeCloseTo(1.125, 2);
    expect(fit.r2).toBeCloseTo(0.667, 3);
    expect(9 * fit.residualDeviation ** 2).toBeCloseTo(13.75, 1);
    // t of 9 degrees of freedom at 97.5 %: 2.262.
    expect(slope.high - slope.value).toBeCloseTo(2.262 * slope.standardError, 3);
  });

  it("finds the coefficients of an orthogonal design exactly", () => {
    // y = 2 + 3 a - b on the corners of a square, twice, with errors +1 and -1 that cancel in each corner: every estimate
    // is exact, the residual variance is 8 / (8 - 3), each standard error sqrt(8 / 5 / 8).
    const corners = [-1, 1].flatMap((a) => [-1, 1].map((b) => [a, b]));
    const rows = [...corners, ...corners];
    const y = rows.map(([a, b], i) => 2 + 3 * a - b + (i < 4 ? 1 : -1));
    const fit = fitRelation({ response: "y", predictors: ["a", "b"] }, { x: rows, y, missing: 0 });
    if (fit.kind !== "fitted") throw new Error(fit.kind);
    expect(fit.coefficients.map(({ name }) => name)).toEqual(["intercept", "a", "b"]);
    [2, 3, -1].forEach((value, i) => {
      expect(fit.coefficients[i].value).toBeCloseTo(value, 10);
      expect(fit.coefficients[i].standardError).toBeCloseTo(Math.sqrt(1 / 5), 10);
    });
  });

  it("has the r2 that the square of the correlation is", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 8,
      maxLength: 40,
    });
    fc.assert(
      fc.property(pairs, (rows) => {
        const [xs, ys] = [rows.map(([a]) => a), rows.map(([, b]) => b)];
        const fit = fitted(xs, ys);
        const { value } = correlate(xs, ys);
        if (fit.kind !== "fitted" || value === null) return;
        expect(fit.r2).toBeCloseTo(value ** 2, 6);
      }),
      { seed: 42 },
    );
  });

  it("says when it cannot know", () => {
    expect(fitted([1, 2, 3], [1, 2, 3])).toEqual({ kind: "too-few", n: 3, needed: 6 });
    expect(fitted(new Array<number>(9).fill(7), y1.slice(0, 9))).toEqual({
      kind: "collinear",
      predictor: "x",
    });
    const twice = fitRelation(
      { response: "y", predictors: ["x", "double"] },
      { x: x.map((value) => [value, 2 * value + 1]), y: y1, missing: 0 },
    );
    expect(twice).toEqual({ kind: "collinear", predictor: "double" });
  });
});

describe("parseRelation", () => {
  it("reads names and refuses the rest", () => {
    expect(parseRelation("goals~ a +b")).toEqual({ response: "goals", predictors: ["a", "b"] });
    for (const text of ["", "y", "y ~", "y ~ a ~ b", "y ~ a + ", "y ~ y", "y ~ a*b", "~ a"])
      expect(() => parseRelation(text)).toThrow("a relation is like");
  });

  it("leaves out rows without a value and counts them", () => {
    const frame = frameOf([
      { y: "1.50", x: 1 },
      { y: null, x: 2 },
      { y: 3, x: "" },
    ]);
    expect(observationsOf(frame, line)).toEqual({ x: [[1]], y: [1.5], missing: 2 });
  });
});

describe("studentQuantile", () => {
  // Any table of Student's t, 97.5 %.
  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [4, 2.7764],
    [5, 2.5706],
    [9, 2.2622],
    [30, 2.0423],
    [1000, 1.9623],
  ])("agrees with the tables at %i degrees of freedom", (freedom, t) => {
    expect(studentQuantile(freedom)).toBeCloseTo(t, freedom < 5 ? 1 : 2);
    expect(Math.abs(studentQuantile(freedom) / t - 1)).toBeLessThan(1.5e-3);
  });
});

describe("correlate", () => {
  it("agrees with Anscombe and with Fisher's interval", () => {
    const { n, value, low, high } = correlate(x, y1);
    expect(n).toBe(11);
    expect(value).toBeCloseTo(0.816, 3);
    // artanh(0.8164) = 1.1459; +- 1.96 / sqrt(8) = 0.6930; tanh(0.4529) = 0.4243, tanh(1.8389) = 0.9507.
    expect(low).toBeCloseTo(0.4243, 3);
    expect(high).toBeCloseTo(0.9507, 3);
  });

  it("takes only rows that have both and is nothing where one does not vary", () => {
    expect(correlate([1, 2, null, 3], [2, 4, 9, null])).toEqual({ n: 2, value: 1, low: null, high: null });
    expect(correlate([1, 1, 1], [1, 2, 3]).value).toBeNull();
    expect(correlate([], [])).toEqual({ n: 0, value: null, low: null, high: null });
  });
});
