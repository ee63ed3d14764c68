import { describe, expect, it } from "vitest";
import { calibrationBins } from "../../src/models/scoring-calibration.js";

describe("calibrationBins", () => {
  it("counts forecasts, hits and means by bin", () => {
    const bins = calibrationBins([0, 0.05, 0.1, 0.55, 0.59, 1], [false, true, false, true, true, true], 10);
    expect(bins.map((b) => b.n)).toEqual([2, 1, 0, 0, 0, 2, 0, 0, 0, 1]);
    expect(bins[0]).toMatchObject({ low: 0, high: 0.1, hits: 1, meanForecast: 0.025, rate: 0.5 });
    expect(bins[5].meanForecast).toBeCloseTo(0.57, 15);
    expect(bins[9]).toMatchObject({ n: 1, hits: 1, meanForecast: 1, rate: 1, rateHigh: 1 });
  });

  it("shows an empty bin as empty", () => {
    const [empty] = calibrationBins([0.9], [true], 2);
    expect(empty).toMatchObject({ n: 0, meanForecast: null, rate: null, rateLow: 0, rateHigh: 1 });
  });

  it("refuses what is no probability", () => {
    expect(() => calibrationBins([1.2], [true])).toThrow("a probability must lie in [0, 1], was 1.2");
  });
});
