import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { fitGoals } from "../../src/models/fit.js";
import { verifyFit } from "../../src/models/verify-fit.js";
import { sharedAvailable } from "../support/shared.js";
import { neverNegative } from "./never-negative.js";
import { REFERENCE_KEYS, referenceMatches, referenceTask } from "./reference.js";

describe.skipIf(!sharedAvailable)("fits on short windows of real matches (defects M3 and M8)", () => {
  it.each([0, 0.05])(
    "20 to 60 consecutive weighted matches, ridge %d: never a negative probability",
    (ridge) => {
      const matches = referenceMatches("epl5", true);
      const rng = createRng(42);
      const ends = { converged: 0, structural: 0, "not-converged": 0 };
      for (let window = 0; window < 200; window++) {
        const length = 20 + Math.floor(41 * rng());
        const from = Math.floor((matches.length - length) * rng());
        const fit = fitGoals(matches.slice(from, from + length), { model: "dixon-coles", ridge });
        if (fit.kind !== "converged") {
          ends[fit.kind === "not-converged" ? "not-converged" : "structural"]++;
          continue;
        }
        ends.converged++;
        expect(fit.gradientNorm).toBeLessThan(1e-8);
        neverNegative(fit);
      }
      // Whatever has an optimum is found: what is refused was refused for its structure, never for want of convergence.
      expect(ends["not-converged"]).toBe(0);
      expect(ends.converged).toBeGreaterThan(ridge > 0 ? 199 : 40);
    },
  );
});

describe.skipIf(!sharedAvailable)("verifyFit on real seasons", () => {
  it.each(REFERENCE_KEYS)(
    "%s: match by match, by finite differences and by reweighted least squares",
    (key) => {
      const { matches, model } = referenceTask(key);
      const fit = fitGoals(matches, { model });
      if (fit.kind !== "converged") throw new Error(fit.kind);
      const verdict = verifyFit(matches, fit);
      expect(verdict).toMatchObject({ kind: "agreed", faults: [] });
      expect(verdict.ratingDifference === null).toBe(model === "dixon-coles");
      const off = { ...fit, homeAdvantage: fit.homeAdvantage + 1e-4 };
      expect(verifyFit(matches, off).kind).toBe("disagreed");
    },
  );
});
