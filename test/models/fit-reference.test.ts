import { describe, expect, it } from "vitest";
import { type ConvergedFit, fitGoals } from "../../src/models/fit.js";
import { sharedAvailable } from "../support/shared.js";
import { REFERENCE_KEYS, type ReferenceFit, readReference, referenceTask } from "./reference.js";

// Expected values: shared/reference/fits.json (gradient below 4e-13 in 40-digit arithmetic), and the solutions of two
// peers in fits_goalmodel.json and fits_penaltyblog.json, which stop short of the optimum (defects M1 and M12).

function fitOf(key: string): ConvergedFit {
  const { matches, model } = referenceTask(key);
  const fit = fitGoals(matches, { model });
  if (fit.kind !== "converged") throw new Error(`${key}: ${fit.kind}`);
  return fit;
}

function worstDifference(fit: ConvergedFit, reference: ReferenceFit): number {
  expect(fit.teams.map(({ team }) => team)).toEqual(reference.teams);
  return Math.max(
    Math.abs(fit.intercept - reference.intercept),
    Math.abs(fit.homeAdvantage - reference.hfa),
    typeof reference.rho === "number" ? Math.abs(fit.rho - reference.rho) : 0,
    ...fit.teams.map(({ attack }, i) => Math.abs(attack - reference.attack[i])),
    ...fit.teams.map(({ defence }, i) => Math.abs(defence - reference.defence[i])),
  );
}

describe.skipIf(!sharedAvailable)("fitGoals against the true optima", () => {
  it.each(REFERENCE_KEYS)(
    "%s: log-likelihood within 1e-9, every parameter within 1e-8, slope within 1e-8",
    (key) => {
      const reference = readReference<Record<string, ReferenceFit>>("fits.json")[key];
      const fit = fitOf(key);
      expect(Math.abs(fit.logLikelihood - reference.ll)).toBeLessThan(1e-9);
      expect(worstDifference(fit, reference)).toBeLessThan(1e-8);
      expect(fit.gradientNorm).toBeLessThan(1e-8);
      expect(fit.activeBounds).toEqual([]);
      expect(fit.islands).toHaveLength(1);
    },
  );

  it.each(REFERENCE_KEYS)("%s: no peer finds a higher likelihood", (key) => {
    const fit = fitOf(key);
    for (const peer of ["fits_goalmodel.json", "fits_penaltyblog.json"])
      expect(fit.logLikelihood).toBeGreaterThanOrEqual(
        readReference<Record<string, ReferenceFit>>(peer)[key].ll - 1e-9,
      );
  });

  it.each(REFERENCE_KEYS)(
    "%s: as near to goalmodel as that stops (Dixon-Coles 2e-3, Poisson 1e-9)",
    (key) => {
      const peer = readReference<Record<string, ReferenceFit>>("fits_goalmodel.json")[key];
      expect(worstDifference(fitOf(key), peer)).toBeLessThan(key.includes("poisson") ? 1e-9 : 2e-3);
    },
  );

  it.each(REFERENCE_KEYS)("%s: as near to penaltyblog as that stops (1e-2; defect M1)", (key) => {
    const peer = readReference<Record<string, ReferenceFit>>("fits_penaltyblog.json")[key];
    expect(worstDifference(fitOf(key), peer)).toBeLessThan(1e-2);
  });

  it("counts 2T parameters for Poisson and 2T + 1 for Dixon-Coles in AIC and BIC", () => {
    const poisson = fitOf("epl1:poisson:u");
    const dixonColes = fitOf("epl1:dixon_coles:u");
    expect(poisson.parameters).toBe(40);
    expect(dixonColes.parameters).toBe(41);
    // By hand from the table of optima: 2 k - 2 LL and k ln(380) - 2 LL.
    expect(poisson.aic).toBeCloseTo(80 + 2 * 1065.0769735865126, 8);
    expect(dixonColes.bic).toBeCloseTo(41 * Math.log(380) + 2 * 1064.9431342023292, 8);
  });

  it.each(["epl1:dixon_coles:w", "epl5:dixon_coles:w"])(
    "%s: a cold and a warm start end alike (1e-8)",
    (key) => {
      const { matches, model } = referenceTask(key);
      const earlier = fitGoals(matches.slice(0, matches.length - 30), { model });
      if (earlier.kind !== "converged") throw new Error(earlier.kind);
      const cold = fitOf(key);
      const warm = fitGoals(matches, { model, start: earlier });
      if (warm.kind !== "converged") throw new Error(warm.kind);
      const asReference = {
        ...cold,
        ll: 0,
        hfa: cold.homeAdvantage,
        attack: cold.teams.map((t) => t.attack),
        defence: cold.teams.map((t) => t.defence),
        teams: cold.teams.map((t) => t.team),
      };
      expect(worstDifference(warm, asReference)).toBeLessThan(1e-8);
    },
  );
});
