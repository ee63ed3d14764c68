import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  brierScore,
  ignorance,
  klDivergence,
  logLoss,
  meanScore,
  rankedProbabilityScore,
} from "../../src/models/scoring.js";
import { sharedAvailable, sharedPath } from "../support/shared.js";

const TOLERANCE = 1e-14;

// 20 forecasts scored in exact arithmetic; see the reference folder's README.
describe.skipIf(!sharedAvailable)("scoring rules on the reference forecasts", () => {
  const reference = sharedAvailable
    ? JSON.parse(readFileSync(sharedPath("reference", "metrics_reference.json"), "utf8"))
    : { probs: [], outcomes: [] };
  const { probs, outcomes } = reference;

  it.each([
    ["rps_mean", rankedProbabilityScore],
    ["brier_multiclass", brierScore],
    ["ignorance_log2", ignorance],
    ["logloss_nat", logLoss],
  ] as const)("%s", (name, rule) => {
    const mean = meanScore(rule, probs, outcomes);
    expect(Math.abs((mean ?? Number.NaN) - reference[name])).toBeLessThan(TOLERANCE);
  });

  it("ranked probability score, forecast by forecast", () => {
    expect(reference.rps.length).toBe(20);
    reference.rps.forEach((wanted: number, i: number) => {
      expect(Math.abs(rankedProbabilityScore(probs[i], outcomes[i]) - wanted)).toBeLessThan(TOLERANCE);
    });
  });
});

describe("scoring rules by hand", () => {
  it("score a forecast of 0.5, 0.3, 0.2 when the draw happened", () => {
    // Cumulative differences 0.5 and 0.8 - 1 = -0.2: (0.25 + 0.04) / 2. Brier 0.25 + 0.49 + 0.04.
    const p = [0.5, 0.3, 0.2];
    expect(rankedProbabilityScore(p, 1)).toBeCloseTo(0.145, 15);
    expect(brierScore(p, 1)).toBeCloseTo(0.78, 15);
    expect(logLoss(p, 1)).toBe(-Math.log(0.3));
    expect(ignorance([0.5, 0.25, 0.25], 2)).toBe(2);
  });

  it("are infinite, not missing, for what was called impossible", () => {
    expect(logLoss([1, 0], 1)).toBe(Number.POSITIVE_INFINITY);
  });

  it("have no mean without forecasts and refuse an outcome that is none", () => {
    expect(meanScore(logLoss, [], [])).toBeNull();
    expect(() => brierScore([0.5, 0.5], 2)).toThrow("an outcome must be an index below 2, was 2");
  });

  it("measure divergence in nats", () => {
    // 0.5 ln(0.5/0.25) + 0.5 ln(0.5/0.75) = ln 2 - 0.5 ln 3.
    expect(klDivergence([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(Math.LN2 - 0.5 * Math.log(3), 15);
    expect(klDivergence([0, 1], [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
    expect(klDivergence([0.5, 0.5], [0, 1])).toBe(Number.POSITIVE_INFINITY);
  });
});
