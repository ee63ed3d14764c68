import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { BIVARIATE_POISSON, DIAGONAL_INFLATED_POISSON } from "../../src/models/bivariate-poisson.js";
import { fitGoals, type RefusedFit, refusalText } from "../../src/models/fit.js";
import { NEGATIVE_BINOMIAL } from "../../src/models/negative-binomial.js";
import { POISSON_SCORES } from "../../src/models/poisson-terms.js";
import { rueSalvesen } from "../../src/models/rue-salvesen.js";
import { fitScores } from "../../src/models/score-fit.js";
import { heldFrom, scoreFitGrid } from "../../src/models/score-fit-grid.js";
import type { ScoreLikelihood } from "../../src/models/score-likelihood.js";
import type { ScoreFit, ScoreFitOptions } from "../../src/models/score-model.js";
import type { CovariateMatch } from "../../src/models/score-problem.js";
import { WEIBULL_COPULA } from "../../src/models/weibull-copula.js";
import { ZERO_INFLATED_POISSON } from "../../src/models/zero-inflated-poisson.js";
import { sharedAvailable } from "../support/shared.js";
import { referenceMatches } from "./reference.js";
import { drawScore, evenTruth, logRates, simulateSeasons, teamName } from "./simulated-season.js";

function converged(fit: ScoreFit | RefusedFit): ScoreFit {
  if (!("shapes" in fit)) throw new Error(refusalText(fit));
  return fit;
}

const truth = evenTruth(10, 0);

/** Double round robins drawn from a distribution's own grids. */
function drawn(
  likelihood: ScoreLikelihood,
  shape: number[],
  seasons: number,
  seed: number,
): CovariateMatch[] {
  const rng = createRng(seed);
  const matches: CovariateMatch[] = [];
  for (let h = 0; h < 10; h++)
    for (let a = 0; a < 10; a++) {
      if (h === a) continue;
      const [homeLog, awayLog] = logRates(truth, h, a);
      const grid = likelihood.grids(shape)({ homeLog, awayLog, lift: truth.homeAdvantage });
      if (grid === null) throw new Error("no grid");
      for (let season = 0; season < seasons; season++) {
        const [homeGoals, awayGoals] = drawScore(grid.cells, grid.maxGoals, rng);
        matches.push({ home: teamName(h), away: teamName(a), homeGoals, awayGoals });
      }
    }
  return matches;
}

const CASES: [ScoreLikelihood, number[]][] = [
  [NEGATIVE_BINOMIAL, [0.25]],
  [ZERO_INFLATED_POISSON, [0.12]],
  [BIVARIATE_POISSON, [0.2]],
  [DIAGONAL_INFLATED_POISSON, [0.15, 0.04, 0.06, 0.03]],
  [WEIBULL_COPULA, [1.2, -1.5]],
];

describe.each(CASES)("fitScores through $name", (likelihood, shape) => {
  // The Weibull series makes its likelihood the dearest: fewer matches do.
  const matches = drawn(likelihood, shape, likelihood === WEIBULL_COPULA ? 12 : 24, 42);
  const fit = converged(fitScores(matches, { likelihood }));

  it("recovers ratings and shapes within four standard errors", () => {
    expect(fit.gradientNorm).toBeLessThan(1e-8);
    for (const [k, { value, se }] of fit.shapes.entries()) {
      expect(se).toBeGreaterThan(0);
      expect(Math.abs(value - shape[k])).toBeLessThan(4 * se);
    }
    expect(Math.abs(fit.homeAdvantage - truth.homeAdvantage)).toBeLessThan(4 * fit.homeAdvantageSe);
    for (const [t, { attack, defence, attackSe, defenceSe }] of fit.teams.entries()) {
      expect(Math.abs(attack - truth.attack[t])).toBeLessThan(4 * attackSe);
      expect(Math.abs(defence - truth.defence[t])).toBeLessThan(4 * defenceSe);
    }
  });

  it("is likelier than Poisson by more than its shapes cost, and counts them", () => {
    const poisson = fitGoals(matches, { model: "poisson" });
    if (poisson.kind !== "converged") throw new Error(poisson.kind);
    expect(fit.parameters).toBe(20 + shape.length);
    expect(fit.logLikelihood).toBeGreaterThan(poisson.logLikelihood + 3);
    expect(fit.aic ?? 0).toBeLessThan(poisson.aic ?? 0);
  });

  it("gives a grid for any pair, on neutral ground too, and none for a stranger", () => {
    for (const neutral of [false, true]) {
      const grid = scoreFitGrid(fit, { home: "Team 00", away: "Team 09", neutral });
      if (grid === null) throw new Error("no grid");
      expect(Math.min(...grid.cells)).toBeGreaterThanOrEqual(0);
      expect(Math.abs(grid.cells.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-9);
    }
    expect(scoreFitGrid(fit, { home: "Team 00", away: "Nobody" })).toBeNull();
  });
});

describe("fitScores where the data ask for no more than Poisson", () => {
  it("rests at the Poisson end of the range, reports it, and gives the Poisson fit", () => {
    // Scores 1-1 and 2-1 alone are less dispersed than Poisson, whatever the ratings.
    const clubs = ["A", "B", "C", "D"];
    const matches = clubs.flatMap((h, i) =>
      clubs.flatMap((a, j) =>
        h === a ? [] : [{ home: h, away: a, homeGoals: 1 + ((i + j) % 2), awayGoals: 1 }],
      ),
    );
    const poisson = fitGoals(matches, { model: "poisson" });
    if (poisson.kind !== "converged") throw new Error(poisson.kind);
    for (const likelihood of [NEGATIVE_BINOMIAL, ZERO_INFLATED_POISSON]) {
      const fit = converged(fitScores(matches, { likelihood }));
      expect(fit.shapes[0]).toMatchObject({ value: 0, se: 0 });
      expect(fit.activeBounds).toEqual([`${fit.shapes[0].name} low`]);
      expect(fit.logLikelihood).toBeCloseTo(poisson.logLikelihood, 9);
      expect(fit.homeAdvantage).toBeCloseTo(poisson.homeAdvantage, 8);
    }
  });
});

describe("fitScores through the Poisson distribution", () => {
  const matches = simulateSeasons(evenTruth(8, 0), 2, 3);

  it("is the fit of pair sums: parameters, errors, likelihood, ridge and all (1e-8)", () => {
    for (const ridge of [0, 2]) {
      const sums = fitGoals(matches, { model: "poisson", ridge });
      const each = converged(fitScores(matches, { likelihood: POISSON_SCORES, ridge }));
      if (sums.kind !== "converged") throw new Error(sums.kind);
      expect(each.logLikelihood).toBeCloseTo(sums.logLikelihood, 8);
      expect(each.parameters).toBe(sums.parameters);
      expect(each.homeAdvantageSe).toBeCloseTo(sums.homeAdvantageSe, 6);
      for (const [t, rating] of each.teams.entries()) {
        expect(Math.abs(rating.attack - sums.teams[t].attack)).toBeLessThan(1e-8);
        expect(Math.abs(rating.defence - sums.teams[t].defence)).toBeLessThan(1e-8);
        if (ridge === 0) expect(rating.attackSe).toBeCloseTo(sums.teams[t].attackSe, 6);
      }
    }
  });

  it("estimates the coefficient of a covariate", () => {
    const rng = createRng(5);
    const own = evenTruth(10, 0);
    const observed: CovariateMatch[] = [];
    for (let round = 0; round < 20; round++)
      for (let h = 0; h < 10; h++)
        for (let a = 0; a < 10; a++) {
          if (h === a) continue;
          const rested = rng() < 0.5 ? 1 : 0;
          const [homeLog, awayLog] = logRates(own, h, a);
          const grid = POISSON_SCORES.grids([])({
            homeLog: homeLog + 0.3 * rested,
            awayLog: awayLog - 0.1 * rested,
            lift: 0,
          });
          if (grid === null) throw new Error("no grid");
          const [homeGoals, awayGoals] = drawScore(grid.cells, grid.maxGoals, rng);
          const covariates = { homeCovariates: [rested, 0], awayCovariates: [0, rested] };
          observed.push({ home: teamName(h), away: teamName(a), homeGoals, awayGoals, ...covariates });
        }
    const fit = converged(
      fitScores(observed, { likelihood: POISSON_SCORES, covariates: ["rested", "tired"] }),
    );
    const [rested, tired] = fit.covariates;
    expect(Math.abs(rested.value - 0.3)).toBeLessThan(4 * rested.se);
    expect(Math.abs(tired.value + 0.1)).toBeLessThan(4 * tired.se);
    expect(rested.se).toBeLessThan(0.06);
    const at = (value: number) =>
      scoreFitGrid(fit, {
        home: "Team 01",
        away: "Team 02",
        homeCovariates: [value, 0],
        awayCovariates: [0, 0],
      });
    expect(at(1)?.cells[0] ?? 9).toBeLessThan(at(0)?.cells[0] ?? 0);
  });

  it("refuses a covariate that is home advantage by another name, missing values, goals that are not whole", () => {
    const same = matches.map((m) => ({ ...m, homeCovariates: [1], awayCovariates: [0] }));
    expect(fitScores(same, { likelihood: POISSON_SCORES, covariates: ["home"] })).toMatchObject({
      kind: "not-converged",
      reason: "some parameters cannot be told apart",
    });
    expect(fitScores(matches, { likelihood: POISSON_SCORES, covariates: ["rest"] })).toMatchObject({
      kind: "invalid-match",
      match: 0,
    });
    const half = matches.map((m, i) => (i === 4 ? { ...m, homeGoals: 0.5 } : m));
    expect(fitScores(half, { likelihood: POISSON_SCORES })).toMatchObject({
      kind: "invalid-match",
      match: 4,
    });
    expect(fitScores([], { likelihood: POISSON_SCORES })).toMatchObject({ kind: "no-data" });
  });

  it("holds what it is told to hold, and the rest is the optimum given that", () => {
    const attack = new Map([["Team 03", 0.5]]);
    const fit = converged(
      fitScores(matches, { likelihood: POISSON_SCORES, held: { attack, homeAdvantage: 0.1 } }),
    );
    expect(fit.teams[3]).toMatchObject({ attack: 0.5, attackSe: 0 });
    expect(fit.homeAdvantage).toBe(0.1);
    // 2T free parameters, less the home advantage; the held attack stands in for the attacks' sum, which is none.
    expect(fit.parameters).toBe(15);
    const free = fitGoals(matches, { model: "poisson" });
    if (free.kind !== "converged") throw new Error(free.kind);
    expect(fit.logLikelihood).toBeLessThan(free.logLikelihood);
  });

  it("fits nothing but the shapes in a second step", () => {
    const dispersed = drawn(NEGATIVE_BINOMIAL, [0.25], 10, 1);
    const first = fitGoals(dispersed, { model: "poisson" });
    if (first.kind !== "converged") throw new Error(first.kind);
    const second = converged(fitScores(dispersed, { likelihood: NEGATIVE_BINOMIAL, held: heldFrom(first) }));
    expect(second.parameters).toBe(1);
    for (const [t, { attack }] of second.teams.entries()) expect(attack).toBe(first.teams[t].attack);
    expect(Math.abs(second.shapes[0].value - 0.25)).toBeLessThan(4 * second.shapes[0].se + 0.05);
  });
});

describe("rueSalvesen", () => {
  const matches = simulateSeasons(evenTruth(8, 0), 2, 3);
  const fits = (options: Partial<ScoreFitOptions>) =>
    [0, 0.3].map((gamma) => converged(fitScores(matches, { likelihood: rueSalvesen(gamma), ...options })));

  it("is flat in gamma without a ridge: same likelihood and same grids, other ratings", () => {
    const [none, some] = fits({});
    expect(some.logLikelihood).toBeCloseTo(none.logLikelihood, 8);
    const pairing = { home: "Team 02", away: "Team 05" };
    expect(scoreFitGrid(some, pairing)?.cells[3]).toBeCloseTo(scoreFitGrid(none, pairing)?.cells[3] ?? 9, 9);
    const [mixed, plain] = [some.teams[7], none.teams[7]];
    // attack' = (1 - g/2) attack - (g/2) defence gives back the plain attack.
    expect(0.85 * mixed.attack - 0.15 * mixed.defence).toBeCloseTo(plain.attack, 7);
  });

  it("means something under a ridge", () => {
    const [none, some] = fits({ ridge: 5 });
    const pairing = { home: "Team 02", away: "Team 05" };
    const difference =
      (scoreFitGrid(some, pairing)?.cells[3] ?? 0) - (scoreFitGrid(none, pairing)?.cells[3] ?? 0);
    expect(Math.abs(difference)).toBeGreaterThan(1e-5);
  });
});

describe.skipIf(!sharedAvailable)("on five real seasons", () => {
  it("bivariate Poisson is no worse than Poisson and finds the unbounded optimum (defect M4)", () => {
    // docs of the field: -2613.642 where nothing bounds the common rate, against Poisson's -2613.6727556397259.
    const fit = converged(fitScores(referenceMatches("epl5", true), { likelihood: BIVARIATE_POISSON }));
    expect(fit.logLikelihood).toBeGreaterThan(-2613.6425);
    expect(fit.logLikelihood).toBeLessThan(-2613.6415);
    expect(fit.activeBounds).toEqual([]);
  });
});
