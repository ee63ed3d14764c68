import { describe, expect, it } from "vitest";
import { createRng, type Rng } from "../../src/core/rng.js";
import { type GoalModel, refusalText } from "../../src/models/fit.js";
import { fitHierarchical, type HierarchicalFit } from "../../src/models/hierarchical.js";
import { simulateSeasons, type Truth } from "./simulated-season.js";

function shrunk(matches: Parameters<typeof fitHierarchical>[0], model: GoalModel): HierarchicalFit {
  const fit = fitHierarchical(matches, { model });
  if (fit.kind !== "shrunk") throw new Error(refusalText(fit));
  return fit;
}

/** Standard normal by Box and Muller. */
function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
}

function normalTruth(teams: number, spread: number, seed: number): Truth {
  const rng = createRng(seed);
  const draw = () => Array.from({ length: teams }, () => spread * normal(rng));
  return { intercept: 0.1, homeAdvantage: 0.25, rho: -0.05, attack: draw(), defence: draw() };
}

describe("fitHierarchical", () => {
  it.each<GoalModel>(["poisson", "dixon-coles"])(
    "finds the spread that ratings were drawn with: %s",
    (model) => {
      // 60 draws: their own standard deviation lies within 4 / sqrt(120) = 37% of the truth.
      const fit = shrunk(simulateSeasons(normalTruth(30, 0.3, 3), 2, 4), model);
      expect(Math.abs(fit.spread / 0.3 - 1)).toBeLessThan(0.37);
      expect(fit.fit.ridge).toBe(fit.ridge);
      expect(fit.atEnd).toBe(false);
    },
  );

  it("shrinks less where teams differ more", () => {
    const [close, apart] = [0.1, 0.5].map((spread) =>
      shrunk(simulateSeasons(normalTruth(14, spread, 1), 2, 2), "poisson"),
    );
    expect(close.ridge).toBeGreaterThan(3 * apart.ridge);
  });

  it("shrinks almost to nothing where teams do not differ", () => {
    const truth = normalTruth(14, 0, 1);
    const { spread, fit } = shrunk(simulateSeasons(truth, 1, 2), "poisson");
    expect(spread).toBeLessThan(0.12);
    expect(Math.max(...fit.teams.map(({ attack }) => Math.abs(attack)))).toBeLessThan(0.15);
  });

  it("meets the fixed point of the variance-components equations (5%)", () => {
    // Derived apart, by expectation-maximisation: 1 / ridge = mean over 2 (T - 1) free deviations of rating^2 + se^2,
    // exact where the information does not change with the ratings, which it does by little here.
    const { fit, ridge } = shrunk(simulateSeasons(normalTruth(16, 0.4, 5), 3, 9), "poisson");
    const moments = fit.teams.map((t) => t.attack ** 2 + t.attackSe ** 2 + t.defence ** 2 + t.defenceSe ** 2);
    const variance = moments.reduce((sum, value) => sum + value, 0) / (2 * (fit.teams.length - 1));
    expect(Math.abs(ridge * variance - 1)).toBeLessThan(0.05);
  });

  it("fits teams that never scored or never conceded, which have no maximum-likelihood fit", () => {
    const matches = simulateSeasons(normalTruth(8, 0.3, 5), 1, 9).map((m) =>
      m.home === "Team 00" ? { ...m, homeGoals: 0 } : m.away === "Team 00" ? { ...m, awayGoals: 0 } : m,
    );
    const { fit } = shrunk(matches, "dixon-coles");
    expect(fit.teams[0].attack).toBe(Math.min(...fit.teams.map(({ attack }) => attack)));
    expect(fit.teams[0].attack).toBeGreaterThan(-4);
  });

  it("hands on why there is no fit", () => {
    expect(fitHierarchical([], { model: "poisson" })).toEqual({
      kind: "no-data",
      text: "there is no match to fit",
    });
  });
});
