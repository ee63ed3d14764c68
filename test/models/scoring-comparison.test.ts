import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { clusteredBootstrap, dieboldMariano, quantile } from "../../src/models/scoring-comparison.js";

describe("dieboldMariano", () => {
  it("is the one-sample test when every cluster holds one difference", () => {
    // 1, 2, 4, 5: mean 3, sample variance 10/3, standard error sqrt(10/3/4) = 0.912871.
    const test = dieboldMariano([1, 2, 4, 5], [1, 2, 3, 4]);
    expect(test?.mean).toBe(3);
    expect(test?.standardError).toBeCloseTo(Math.sqrt(10 / 12), 14);
    expect(test?.statistic).toBeCloseTo(3 / Math.sqrt(10 / 12), 13);
    expect(test?.pValue).toBeLessThan(0.002);
  });

  it("counts a repeated difference of one day once", () => {
    // Each difference doubled inside its cluster: residual sums double, n doubles, so the error stays the same.
    const once = dieboldMariano([1, 2, 4, 5], [1, 2, 3, 4]);
    const twice = dieboldMariano([1, 1, 2, 2, 4, 4, 5, 5], [7, 7, 8, 8, 9, 9, 10, 10]);
    expect(twice?.standardError).toBeCloseTo(once?.standardError ?? Number.NaN, 14);
    expect(twice).toMatchObject({ n: 8, clusters: 4 });
  });

  it("has no verdict on one cluster, and none on forecasters that are equal", () => {
    expect(dieboldMariano([1, 2], [5, 5])).toBeNull();
    expect(dieboldMariano([0, 0], [1, 2])).toMatchObject({ statistic: 0, pValue: 1 });
  });
});

describe("clusteredBootstrap", () => {
  const differences = Array.from({ length: 400 }, (_, i) => Math.sin(i * 12.9898) * 3 + 0.2);
  const days = differences.map((_, i) => Math.floor(i / 4));

  it("is the same for the same seed and another for another", () => {
    const draw = (seed: number) =>
      clusteredBootstrap(differences, days, createRng(seed), { replicates: 500 });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it("is as wide as the clustered standard error says", () => {
    const test = dieboldMariano(differences, days);
    const interval = clusteredBootstrap(differences, days, createRng(7), { replicates: 4000 });
    if (test === null || interval === null) throw new Error("no result");
    const halfWidth = (interval.high - interval.low) / 2;
    // 4,000 replicates know a 2.5% point to about 2.5% of the half width; the normal shape adds a little.
    expect(Math.abs(halfWidth / (1.96 * test.standardError) - 1)).toBeLessThan(0.08);
    expect(interval.low).toBeLessThan(interval.mean);
    expect(interval.high).toBeGreaterThan(interval.mean);
  });

  it("cannot move when one cluster is all there is", () => {
    const interval = clusteredBootstrap([1, 3], [9, 9], createRng(1), { replicates: 10 });
    expect(interval).toMatchObject({ mean: 2, low: 2, high: 2, clusters: 1 });
    expect(clusteredBootstrap([], [], createRng(1))).toBeNull();
  });
});

describe("quantile", () => {
  it("lies between the order statistics", () => {
    expect(quantile([1, 2, 4], 0.25)).toBe(1.5);
    expect(quantile([1, 2, 4], 1)).toBe(4);
  });
});
