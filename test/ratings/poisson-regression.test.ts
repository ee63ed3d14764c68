import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poissonRegression, rateOf } from "../../src/ratings/poisson-regression.js";

describe("poissonRegression", () => {
  it("gives two groups their means: the closed form of a single yes-or-no covariate", () => {
    // Group 0: 1, 2, 0, 1 (mean 1); group 1: 3, 2, 4 (mean 3). b0 = ln 1 = 0, b1 = ln 3.
    const counts = [1, 2, 0, 1, 3, 2, 4];
    const covariates = [0, 0, 0, 0, 1, 1, 1].flatMap((group) => [1, group]);
    const fit = poissonRegression({ width: 2, counts, covariates });
    expect(fit.kind).toBe("converged");
    expect(fit.coefficients[0]).toBeCloseTo(0, 10);
    expect(fit.coefficients[1]).toBeCloseTo(Math.log(3), 10);
  });

  it("has the covariance of two groups' means", () => {
    // Variance of a log mean of n counts that sum to s is 1/s: s = 4 and 8. b0 is the first, b1 their difference.
    const counts = [1, 2, 0, 1, 3, 2, 3];
    const covariates = [0, 0, 0, 0, 1, 1, 1].flatMap((group) => [1, group]);
    const { covariance } = poissonRegression({ width: 2, counts, covariates });
    expect(covariance).not.toBeNull();
    for (const [i, exact] of [1 / 4, -1 / 4, -1 / 4, 1 / 4 + 1 / 8].entries())
      expect(covariance?.[i]).toBeCloseTo(exact, 9);
  });

  it("returns the coefficients that made the counts, when the counts are their own expectations", () => {
    const row = fc.tuple(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
    );
    const truth = fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: -1, max: 1, noNaN: true })));
    fc.assert(
      fc.property(truth, fc.array(row, { minLength: 12, maxLength: 40 }), (coefficients, rows) => {
        // Corners keep the covariates from depending on each other.
        const all = [...rows, [2, 0], [-2, 0], [0, 2], [0, -2]];
        const covariates = all.flatMap(([x, z]) => [1, x, z]);
        const counts = all.map((_, i) => rateOf(coefficients, covariates, 3 * i));
        const fit = poissonRegression({ width: 3, counts, covariates });
        expect(fit.kind).toBe("converged");
        for (const [k, truly] of coefficients.entries()) {
          expect(Math.abs(fit.coefficients[k] - truly)).toBeLessThan(1e-8);
        }
      }),
      { seed: 42, numRuns: 100 },
    );
  });

  it("balances every covariate: the score equations hold at the optimum", () => {
    const side = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.double({ min: -2, max: 2, noNaN: true }));
    fc.assert(
      fc.property(fc.array(side, { minLength: 10, maxLength: 60 }), (sides) => {
        const all: [number, number][] = [...sides, [1, 1], [2, -1]];
        const covariates = all.flatMap(([, x]) => [1, x]);
        const counts = all.map(([count]) => count);
        const { kind, coefficients } = poissonRegression({ width: 2, counts, covariates });
        expect(kind).toBe("converged");
        const errors = counts.map((count, i) => count - rateOf(coefficients, covariates, 2 * i));
        expect(Math.abs(errors.reduce((sum, error) => sum + error, 0))).toBeLessThan(1e-8);
        expect(Math.abs(errors.reduce((sum, error, i) => sum + error * all[i][1], 0))).toBeLessThan(1e-8);
      }),
      { seed: 42, numRuns: 200 },
    );
  });

  it("says so when covariates depend on each other", () => {
    const covariates = [1, 2, 3].flatMap(() => [1, 1]);
    expect(poissonRegression({ width: 2, counts: [1, 2, 3], covariates }).kind).toBe("singular");
  });

  it("uses only the rows it is told to", () => {
    const data = { width: 1, counts: [1, 3, 100], covariates: [1, 1, 1] };
    expect(poissonRegression(data, 2).coefficients[0]).toBeCloseTo(Math.log(2), 12);
  });
});
