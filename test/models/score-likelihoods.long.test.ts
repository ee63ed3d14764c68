import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BIVARIATE_POISSON, DIAGONAL_INFLATED_POISSON } from "../../src/models/bivariate-poisson.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import { frankCopula } from "../../src/models/frank-copula.js";
import { digamma, logGamma } from "../../src/models/gamma.js";
import type { ScoreGrid } from "../../src/models/grid.js";
import { NEGATIVE_BINOMIAL } from "../../src/models/negative-binomial.js";
import { POISSON_SCORES } from "../../src/models/poisson-terms.js";
import { rueSalvesen } from "../../src/models/rue-salvesen.js";
import { LOGS, type ScoreLikelihood } from "../../src/models/score-likelihood.js";
import { WEIBULL_COPULA } from "../../src/models/weibull-copula.js";
import { weibullPmf, weibullTable } from "../../src/models/weibull-count.js";
import { ZERO_INFLATED_POISSON } from "../../src/models/zero-inflated-poisson.js";

/** Each distribution with the range of shapes to try it in, inside its bounds. */
const CASES: [ScoreLikelihood, [number, number][]][] = [
  [POISSON_SCORES, []],
  [NEGATIVE_BINOMIAL, [[0.0001, 1.5]]],
  [ZERO_INFLATED_POISSON, [[0.001, 0.5]]],
  [BIVARIATE_POISSON, [[0.001, 0.8]]],
  [
    DIAGONAL_INFLATED_POISSON,
    [
      [0.001, 0.8],
      [0.001, 0.1],
      [0.001, 0.1],
      [0.001, 0.1],
    ],
  ],
  [
    WEIBULL_COPULA,
    [
      [0.75, 1.4],
      [-4, 4],
    ],
  ],
  [rueSalvesen(0.2), []],
];

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const pointArbitrary = fc.record({
  homeLog: fc.double({ min: -1.5, max: 1.2, noNaN: true }),
  awayLog: fc.double({ min: -1.5, max: 1.2, noNaN: true }),
  lift: fc.double({ min: -0.3, max: 0.5, noNaN: true }),
  shares: fc.array(unit, { minLength: 4, maxLength: 4 }),
});
const goals = fc.integer({ min: 0, max: 5 });

function shapesAt(ranges: [number, number][], shares: number[]): number[] {
  return ranges.map(([low, high], k) => low + shares[k] * (high - low));
}

function valueAt(likelihood: ScoreLikelihood, x: number, y: number, point: number[]): number {
  const [homeLog, awayLog, lift, ...shape] = point;
  return likelihood.at(shape)(x, y, { homeLog, awayLog, lift }, new Float64Array(LOGS + shape.length));
}

describe.each(CASES)("$name", (likelihood, ranges) => {
  it("has the slopes of its own central differences (1e-6)", () => {
    fc.assert(
      fc.property(pointArbitrary, goals, goals, ({ homeLog, awayLog, lift, shares }, x, y) => {
        const point = [homeLog, awayLog, lift, ...shapesAt(ranges, shares)];
        const slopes = new Float64Array(point.length);
        likelihood.at(point.slice(LOGS))(x, y, { homeLog, awayLog, lift }, slopes);
        for (let i = 0; i < point.length; i++) {
          const h = 1e-5;
          const up = point.map((value, k) => (k === i ? value + h : value));
          const down = point.map((value, k) => (k === i ? value - h : value));
          const numeric = (valueAt(likelihood, x, y, up) - valueAt(likelihood, x, y, down)) / (2 * h);
          // The difference quotient carries a rounding of the cell, relative to what may be a very rare score.
          const rounding = 1e-14 / (h * Math.exp(valueAt(likelihood, x, y, point)));
          expect(Math.abs(slopes[i] - numeric)).toBeLessThan(
            1e-6 * Math.max(1, Math.abs(numeric)) + rounding,
          );
        }
      }),
      { seed: 42 },
    );
  });

  it("gives a grid of the same probabilities, nowhere negative, that leaves less than 1e-9 out", () => {
    fc.assert(
      fc.property(pointArbitrary, goals, goals, ({ homeLog, awayLog, lift, shares }, x, y) => {
        const shape = shapesAt(ranges, shares);
        const grid = likelihood.grids(shape)({ homeLog, awayLog, lift });
        if (grid === null) throw new Error("no grid");
        expect(Math.min(...grid.cells)).toBeGreaterThanOrEqual(0);
        const sum = grid.cells.reduce((total, cell) => total + cell, 0);
        expect(Math.abs(sum + grid.tailMass - 1)).toBeLessThan(1e-10);
        expect(grid.tailMass).toBeLessThan(likelihood === WEIBULL_COPULA ? 1e-9 : 1e-11);
        const p = Math.exp(valueAt(likelihood, x, y, [homeLog, awayLog, lift, ...shape]));
        expect(Math.abs(grid.cells[x * (grid.maxGoals + 1) + y] - p)).toBeLessThan(1e-11);
      }),
      { seed: 42, numRuns: 60 },
    );
  });
});

describe("each distribution has Poisson where its shapes say so", () => {
  const logs = { homeLog: Math.log(1.7), awayLog: Math.log(0.9), lift: 0.2 };
  const poisson = scoreGrid({ homeRate: 1.7, awayRate: 0.9, rho: 0 });
  it.each<[ScoreLikelihood, number[], number]>([
    [NEGATIVE_BINOMIAL, [0], 1e-14],
    [ZERO_INFLATED_POISSON, [0], 1e-14],
    [BIVARIATE_POISSON, [0], 1e-14],
    [DIAGONAL_INFLATED_POISSON, [0, 0, 0, 0], 1e-14],
    [WEIBULL_COPULA, [1, 0], 1e-13],
    [rueSalvesen(0), [], 1e-14],
  ])("$name", (likelihood, shape, tolerance) => {
    const grid = likelihood.grids(shape)(logs);
    if (grid === null) throw new Error("no grid");
    for (let i = 0; i <= 8; i++)
      for (let j = 0; j <= 8; j++)
        expect(Math.abs(cell(grid, i, j) - cell(poisson, i, j))).toBeLessThan(tolerance);
  });
});

function cell(grid: ScoreGrid, i: number, j: number): number {
  return grid.cells[i * (grid.maxGoals + 1) + j];
}

function moments(grid: ScoreGrid): { home: number; homeVariance: number; covariance: number } {
  let [home, away, square, product] = [0, 0, 0, 0];
  for (let i = 0; i <= grid.maxGoals; i++)
    for (let j = 0; j <= grid.maxGoals; j++) {
      const p = cell(grid, i, j);
      home += i * p;
      away += j * p;
      square += i * i * p;
      product += i * j * p;
    }
  return { home, homeVariance: square - home * home, covariance: product - home * away };
}

describe("moments by theory", () => {
  const logs = { homeLog: Math.log(1.6), awayLog: Math.log(1.1), lift: 0 };
  const of = (likelihood: ScoreLikelihood, shape: number[]) => {
    const grid = likelihood.grids(shape)(logs);
    if (grid === null) throw new Error("no grid");
    return moments(grid);
  };

  it("negative binomial: mean m, variance m + a m^2", () => {
    const found = of(NEGATIVE_BINOMIAL, [0.3]);
    expect(found.home).toBeCloseTo(1.6, 9);
    expect(found.homeVariance).toBeCloseTo(1.6 + 0.3 * 1.6 ** 2, 8);
    expect(found.covariance).toBeCloseTo(0, 9);
  });

  it("bivariate Poisson: mean u + c, variance u + c, covariance c", () => {
    const found = of(BIVARIATE_POISSON, [0.25]);
    expect(found.home).toBeCloseTo(1.85, 10);
    expect(found.homeVariance).toBeCloseTo(1.85, 10);
    expect(found.covariance).toBeCloseTo(0.25, 10);
  });

  it("zero-inflated Poisson: mean (1 - z) m", () => {
    expect(of(ZERO_INFLATED_POISSON, [0.1]).home).toBeCloseTo(0.9 * 1.6, 11);
  });

  it("Weibull copula: shape above 1 is less dispersed, below 1 more; kappa has the sign of the covariance", () => {
    expect(of(WEIBULL_COPULA, [1.3, 0]).homeVariance).toBeLessThan(of(WEIBULL_COPULA, [1.3, 0]).home);
    expect(of(WEIBULL_COPULA, [0.8, 0]).homeVariance).toBeGreaterThan(of(WEIBULL_COPULA, [0.8, 0]).home);
    expect(of(WEIBULL_COPULA, [1, 2]).covariance).toBeGreaterThan(0.1);
    expect(of(WEIBULL_COPULA, [1, -2]).covariance).toBeLessThan(-0.1);
  });
});

describe("weibullPmf", () => {
  it("gives P(0) = e^-rate for every shape, and sums to one", () => {
    const out = new Float64Array(3);
    for (const shape of [0.7, 1, 1.35]) {
      const table = weibullTable(shape, 40);
      let sum = 0;
      for (let x = 0; x <= 40; x++) {
        weibullPmf(table, x, 2.3, out);
        sum += out[0];
        // The survival function of the first waiting time at 1 is e^-rate whatever the shape.
        if (x === 0) expect(out[0]).toBeCloseTo(Math.exp(-2.3), 13);
      }
      expect(sum).toBeCloseTo(1, 10);
    }
  });

  it("agrees with renewal counting by numerical convolution of waiting times", () => {
    // P(X >= 2) = P(W1 + W2 <= 1) by Simpson's rule over the first waiting time of density c r t^(c-1) e^(-r t^c).
    const [shape, rate, steps] = [1.4, 1.8, 200_000];
    let integral = 0;
    for (let k = 0; k <= steps; k++) {
      const t = k / steps;
      const density = t === 0 ? 0 : shape * rate * t ** (shape - 1) * Math.exp(-rate * t ** shape);
      const weight = k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2;
      integral += (weight * density * (1 - Math.exp(-rate * (1 - t) ** shape))) / (3 * steps);
    }
    const out = new Float64Array(3);
    const table = weibullTable(shape, 10);
    weibullPmf(table, 0, rate, out);
    const none = out[0];
    weibullPmf(table, 1, rate, out);
    expect(1 - none - out[0]).toBeCloseTo(integral, 6);
  });
});

describe("frankCopula", () => {
  it("is a copula with its margins, and its series meets the closed form", () => {
    const [out, near] = [new Float64Array(4), new Float64Array(4)];
    for (const kappa of [-5, -0.5, 1e-4, 0, 3e-4, 2, 8]) {
      frankCopula(0.37, 1, kappa, out);
      expect(out[0]).toBeCloseTo(0.37, 12);
      frankCopula(0.37, 0, kappa, out);
      expect(out[0]).toBeCloseTo(0, 12);
    }
    frankCopula(0.3, 0.6, 2.999e-4, near);
    frankCopula(0.3, 0.6, 3.001e-4, out);
    // Two ten-millionths of kappa apart: the values differ by their slope times that.
    expect(out[0] - near[0]).toBeCloseTo(2e-7 * out[3], 11);
    expect(out[3]).toBeCloseTo(near[3], 7);
  });
});

describe("gamma functions", () => {
  it("agree with values known in closed form", () => {
    // Gamma(1/2) = sqrt(pi), Gamma(5) = 24, Gamma(20) = 19!; psi(1) = -Euler's constant, psi(1/2) = psi(1) - 2 ln 2.
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 13);
    expect(logGamma(20)).toBeCloseTo(Math.log(121645100408832000), 11);
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 13);
    expect(digamma(0.5)).toBeCloseTo(-0.5772156649015329 - 2 * Math.LN2, 13);
  });
});
