import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import { type ConvergedFit, type Fit, type FitOptions, fitGoals, refusalText } from "../../src/models/fit.js";
import { fitRates, forecastInterval } from "../../src/models/fit-forecast.js";
import type { GoalMatch } from "../../src/models/goal-match.js";
import { neverNegative } from "./never-negative.js";
import { evenTruth, logRates, simulateSeasons, teamName } from "./simulated-season.js";

const DIXON_COLES: FitOptions = { model: "dixon-coles" };
const POISSON: FitOptions = { model: "poisson" };

function converged(fit: Fit): ConvergedFit {
  if (fit.kind !== "converged") throw new Error(refusalText(fit));
  return fit;
}

function match(
  home: string,
  away: string,
  homeGoals: number,
  awayGoals: number,
  more: Partial<GoalMatch> = {},
): GoalMatch {
  return { home, away, homeGoals, awayGoals, ...more };
}

/** Three clubs, home and away, everybody scored and conceded. */
const SMALL = [
  match("A", "B", 2, 1),
  match("B", "A", 1, 1),
  match("A", "C", 3, 0),
  match("C", "A", 1, 2),
  match("B", "C", 2, 0),
  match("C", "B", 1, 0),
];

const season = simulateSeasons(evenTruth(10, -0.05), 2, 7);

describe("fitGoals finds what was put in", () => {
  it("recovers a simulated league within four standard errors of each parameter", () => {
    const truth = evenTruth(20, -0.1);
    const fit = converged(fitGoals(simulateSeasons(truth, 10, 42), DIXON_COLES));
    // 42 z-scores: the largest of them exceeds 4 once in 370 seeds; this seed is fixed.
    expect(Math.abs(fit.homeAdvantage - truth.homeAdvantage)).toBeLessThan(4 * fit.homeAdvantageSe);
    expect(Math.abs(fit.rho - truth.rho)).toBeLessThan(4 * fit.rhoSe);
    expect(fit.rhoSe).toBeLessThan(0.03);
    for (const [t, rating] of fit.teams.entries()) {
      expect(Math.abs(rating.attack - truth.attack[t])).toBeLessThan(4 * rating.attackSe);
      expect(Math.abs(rating.defence - truth.defence[t])).toBeLessThan(4 * rating.defenceSe);
    }
  });

  it("states errors and intervals that hold the truth as often as they say", () => {
    const truth = evenTruth(10, -0.05);
    const [homeLog, awayLog] = logRates(truth, 2, 5);
    const { cells, maxGoals } = scoreGrid({
      homeRate: Math.exp(homeLog),
      awayRate: Math.exp(awayLog),
      rho: truth.rho,
    });
    let home = 0;
    for (let i = 0; i <= maxGoals; i++) for (let j = 0; j < i; j++) home += cells[i * (maxGoals + 1) + j];
    const held = { advantage: 0, attack: 0, rho: 0, home: 0 };
    const runs = 200;
    for (let seed = 0; seed < runs; seed++) {
      const fit = converged(fitGoals(simulateSeasons(truth, 4, seed), DIXON_COLES));
      const interval = forecastInterval(fit, { home: teamName(2), away: teamName(5) });
      if (interval.kind !== "interval") throw new Error(interval.kind);
      if (Math.abs(fit.homeAdvantage - truth.homeAdvantage) < 1.96 * fit.homeAdvantageSe) held.advantage++;
      if (Math.abs(fit.teams[3].attack - truth.attack[3]) < 1.96 * fit.teams[3].attackSe) held.attack++;
      if (Math.abs(fit.rho - truth.rho) < 1.96 * fit.rhoSe) held.rho++;
      if (interval.home.low < home && home < interval.home.high) held.home++;
    }
    // Binomial(200, 0.95): 190 +- 3.1; all four within 3.5 standard deviations.
    for (const count of Object.values(held)) {
      expect(count).toBeGreaterThan(179);
      expect(count).toBeLessThan(200);
    }
  });

  it("gives a negative home advantage where home sides do worse (defect M4)", () => {
    const fit = converged(fitGoals(simulateSeasons(evenTruth(10, -0.05, -0.3), 3, 1), DIXON_COLES));
    expect(fit.homeAdvantage).toBeLessThan(-0.2);
  });

  it("gives the exact optimum where it can be worked out by hand", () => {
    // Every club beats every visitor 2-1: all ratings are 0, rates 2 and 1, and nothing depends on anything.
    const clubs = ["A", "B", "C", "D"];
    const matches = clubs.flatMap((h) => clubs.filter((a) => a !== h).map((a) => match(h, a, 2, 1)));
    const fit = converged(fitGoals(matches, POISSON));
    expect(fit.homeAdvantage).toBeCloseTo(Math.LN2, 10);
    expect(fit.intercept).toBeCloseTo(0, 10);
    for (const { attack, defence } of fit.teams)
      expect(Math.abs(attack) + Math.abs(defence)).toBeLessThan(1e-10);
    // 12 matches of 2 ln 2 - 2 - ln 2! + 0 - 1 - ln 1!
    expect(fit.logLikelihood).toBeCloseTo(12 * (Math.LN2 - 3), 10);
    // Information of the home advantage: home goals 24, away 12; with ratings at their optimum var = 1/24 + 1/12.
    expect(fit.homeAdvantageSe).toBeCloseTo(Math.sqrt(1 / 24 + 1 / 12), 10);
  });
});

describe("fitGoals is indifferent to what should not matter", () => {
  const base = converged(fitGoals(season, DIXON_COLES));

  it("doubled matches: same optimum, twice the likelihood, errors down by root two", () => {
    const twice = converged(fitGoals([...season, ...season], DIXON_COLES));
    expect(twice.homeAdvantage).toBeCloseTo(base.homeAdvantage, 9);
    expect(twice.rho).toBeCloseTo(base.rho, 9);
    expect(twice.logLikelihood).toBeCloseTo(2 * base.logLikelihood, 7);
    expect(twice.homeAdvantageSe).toBeCloseTo(base.homeAdvantageSe / Math.SQRT2, 9);
  });

  it("order of matches and scale of weights", () => {
    const turned = converged(fitGoals([...season].reverse(), DIXON_COLES));
    const heavy = converged(
      fitGoals(
        season.map((m) => ({ ...m, weight: 1000 })),
        DIXON_COLES,
      ),
    );
    const light = converged(
      fitGoals(
        season.map((m) => ({ ...m, weight: 1e-6 })),
        DIXON_COLES,
      ),
    );
    for (const other of [turned, heavy, light])
      for (const [t, { attack, defence }] of other.teams.entries()) {
        expect(Math.abs(attack - base.teams[t].attack)).toBeLessThan(1e-8);
        expect(Math.abs(defence - base.teams[t].defence)).toBeLessThan(1e-8);
      }
  });

  it("matches of weight 0", () => {
    const more = converged(
      fitGoals([...season, match("Team 00", "Ghost", 9, 9, { weight: 0 })], DIXON_COLES),
    );
    expect(more.n).toBe(base.n);
    expect(more.rho).toBe(base.rho);
  });

  it("home and away swapped on neutral ground", () => {
    const neutral = season.map((m) => ({ ...m, neutral: true }));
    const swapped = neutral.map((m) => match(m.away, m.home, m.awayGoals, m.homeGoals, { neutral: true }));
    const one = converged(fitGoals(neutral, DIXON_COLES));
    const other = converged(fitGoals(swapped, DIXON_COLES));
    expect(one.homeAdvantage).toBe(0);
    expect(one.homeAdvantageSe).toBe(0);
    expect(one.parameters).toBe(20);
    expect(other.teams[4].attack).toBeCloseTo(one.teams[4].attack, 9);
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 8);
  });
});

describe("weights that decay", () => {
  const dated = season.map((m, i) => ({ ...m, day: 1000 + i }));

  it("are exp(-xi x days), half after a half-life, and 0 from the as-of day on (defect M7)", () => {
    const asOf = 1100;
    const byHand = dated.slice(0, 100).map(({ day, ...m }) => ({ ...m, weight: 0.5 ** ((asOf - day) / 50) }));
    const given = converged(fitGoals(dated, { ...POISSON, halfLifeDays: 50, asOf }));
    const expected = converged(fitGoals(byHand, POISSON));
    expect(given.n).toBe(100);
    expect(given.xi).toBeCloseTo(Math.LN2 / 50, 15);
    expect(given.logLikelihood).toBeCloseTo(expected.logLikelihood, 9);
    expect(given.homeAdvantage).toBeCloseTo(expected.homeAdvantage, 9);
  });

  it("do not see a result of the as-of day or later", () => {
    const scrambled = dated.map((m) => (m.day >= 1100 ? { ...m, homeGoals: 9, awayGoals: 0 } : m));
    const options = { ...DIXON_COLES, xi: 0.01, asOf: 1100 };
    expect(fitGoals(scrambled, options)).toEqual(fitGoals(dated, options));
  });
});

describe("fitGoals refuses with a value that names the culprit", () => {
  it("no match at all, or none that counts", () => {
    expect(fitGoals([], POISSON)).toEqual({ kind: "no-data", text: "there is no match to fit" });
    const weightless = SMALL.map((m) => ({ ...m, weight: 0 }));
    expect(fitGoals(weightless, POISSON)).toEqual({
      kind: "no-data",
      text: "none of the 6 matches has a weight above 0",
    });
  });

  it.each([
    [{ homeGoals: Number.NaN }, "home goals must be a number from 0 to 1000, was NaN (match 3: A v C)"],
    [{ awayGoals: -1 }, "away goals must be a number from 0 to 1000, was -1 (match 3: A v C)"],
    [{ weight: Number.POSITIVE_INFINITY }, "the weight must be a number >= 0, was Infinity (match 3: A v C)"],
    [{ weight: -0.5 }, "the weight must be a number >= 0, was -0.5 (match 3: A v C)"],
    [{ day: Number.NaN }, "the day must be a number, was NaN (match 3: A v C)"],
    [{ away: "A" }, "a team cannot play itself (match 3: A v A)"],
  ])("an impossible match: %o", (fault, text) => {
    const matches = SMALL.map((m, i) => (i === 2 ? { ...m, ...fault } : m));
    expect(fitGoals(matches, DIXON_COLES)).toEqual({ kind: "invalid-match", match: 2, text });
  });

  it("a match without a date where weights decay", () => {
    const fit = fitGoals(SMALL, { ...POISSON, xi: 0.001 });
    expect(fit).toMatchObject({ kind: "invalid-match", match: 0 });
  });

  it("islands", () => {
    const apart = [...SMALL, match("X", "Y", 1, 2), match("Y", "X", 2, 1)];
    expect(fitGoals(apart, DIXON_COLES)).toEqual({
      kind: "disconnected",
      islands: [
        ["A", "B", "C"],
        ["X", "Y"],
      ],
    });
  });

  it("two halves that only met each other, a league of two among them", () => {
    const two = [match("A", "B", 2, 1), match("B", "A", 1, 1)];
    expect(fitGoals(two, POISSON)).toEqual({ kind: "two-halves", halves: [["A"], ["B"]] });
  });

  it("a team that never scored, one that never conceded", () => {
    const matches = SMALL.map((m) => (m.home === "C" ? { ...m, homeGoals: 0 } : m));
    expect(fitGoals(matches, POISSON)).toEqual({
      kind: "separated",
      teams: [{ team: "C", reason: "never scored" }],
    });
    const tight = [...SMALL, ...["A", "B", "C"].map((a) => match("D", a, 1, 0))];
    expect(fitGoals(tight, DIXON_COLES)).toEqual({
      kind: "separated",
      teams: [{ team: "D", reason: "never conceded" }],
    });
  });

  it("all scores 0-0", () => {
    const fit = fitGoals(
      SMALL.map((m) => ({ ...m, homeGoals: 0, awayGoals: 0 })),
      DIXON_COLES,
    );
    expect(fit.kind).toBe("separated");
    expect(fit.kind !== "converged" && refusalText(fit)).toContain("A: never scored");
  });

  it("home sides that never score", () => {
    const fit = fitGoals(
      SMALL.map((m) => ({ ...m, homeGoals: 0, awayGoals: m.awayGoals + 1 })),
      POISSON,
    );
    expect(fit.kind !== "converged" && refusalText(fit)).toContain("home");
  });

  it("ratings that run away though everybody scored: D scored against C alone, and C met nobody else", () => {
    // Lowering D's attack and C's defence alike keeps D against C and lowers D's rate where it scored nothing.
    const matches = [
      match("A", "B", 1, 1),
      match("B", "A", 2, 1),
      match("D", "C", 2, 1),
      match("C", "D", 1, 1),
    ];
    const fit = fitGoals(
      [...matches, match("D", "A", 0, 1), match("B", "D", 1, 0), match("A", "D", 2, 0)],
      POISSON,
    );
    expect(fit.kind).toBe("separated");
    expect(fit.kind !== "converged" && refusalText(fit)).toContain("rating diverges");
  });

  it("a search cut short", () => {
    expect(fitGoals(season, { ...DIXON_COLES, iterationLimit: 1 })).toMatchObject({
      kind: "not-converged",
      reason: "the iteration limit was reached",
      iterations: 1,
    });
  });
});

describe("a ridge", () => {
  it("holds separated teams, halves and islands, and says which islands there are", () => {
    const apart = [...SMALL, match("X", "Y", 0, 0)];
    const fit = converged(fitGoals(apart, { ...DIXON_COLES, ridge: 0.5 }));
    expect(fit.islands).toEqual([
      ["A", "B", "C"],
      ["X", "Y"],
    ]);
    expect(fit.aic).toBeNull();
    expect(fit.gradientNorm).toBeLessThan(1e-8);
    expect(fit.teams.reduce((sum, { attack }) => sum + attack, 0)).toBeCloseTo(0, 12);
  });

  it("shrinks to equal teams as it grows, by hand ln(10/4) and ln(4/6)", () => {
    const fit = converged(fitGoals(SMALL, { ...POISSON, ridge: 1e9 }));
    // Goals 10 at home and 4 away in 6 matches.
    expect(fit.homeAdvantage).toBeCloseTo(Math.log(10 / 4), 6);
    expect(fit.intercept).toBeCloseTo(Math.log(4 / 6), 6);
    for (const { attack, defence } of fit.teams)
      expect(Math.abs(attack) + Math.abs(defence)).toBeLessThan(1e-6);
  });
});

describe("goals that are not whole", () => {
  it("are fitted by the Poisson likelihood without factorials, and the fit says so", () => {
    const expected = SMALL.map((m) => ({
      ...m,
      homeGoals: m.homeGoals + 0.25,
      awayGoals: m.awayGoals + 0.25,
    }));
    const fit = converged(fitGoals(expected, POISSON));
    expect(fit.logFactorialsIncluded).toBe(false);
    // The optimum reproduces each team's goals for: A scored 2.25 + 1.25 + 3.25 + 2.25 = 9 in four matches.
    const scored = ["B", "C"].reduce((sum, other) => {
      const here = fitRates(fit, { home: "A", away: other });
      const there = fitRates(fit, { home: other, away: "A" });
      return sum + (here?.homeRate ?? 0) + (there?.awayRate ?? 0);
    }, 0);
    expect(scored).toBeCloseTo(9, 8);
  });
});

describe("rho", () => {
  it("can be held", () => {
    const fit = converged(fitGoals(season, { ...DIXON_COLES, rho: -0.2 }));
    expect(fit.rho).toBe(-0.2);
    expect(fit.rhoSe).toBe(0);
    expect(fit.parameters).toBe(20);
  });

  it("rests on its bound, reported, where the likelihood rises beyond it: a league without draws", () => {
    const noDraws = season.map((m) =>
      m.homeGoals === m.awayGoals ? { ...m, homeGoals: m.homeGoals + 1 } : m,
    );
    const fit = converged(fitGoals(noDraws, DIXON_COLES));
    expect(fit.activeBounds).toEqual(["rho high"]);
    expect(fit.gradientNorm).toBeLessThan(1e-8);
    neverNegative(fit);
  });

  it("rests on its low bound where low draws abound", () => {
    const drawn = season.map((m) =>
      m.homeGoals + m.awayGoals === 1 ? { ...m, homeGoals: 1, awayGoals: 1 } : m,
    );
    const fit = converged(fitGoals(drawn, DIXON_COLES));
    expect(fit.activeBounds).toEqual(["rho low"]);
    neverNegative(fit);
  });
});

describe("forecastInterval", () => {
  it("reaches about 1.96 standard errors either way and stays in (0, 1)", () => {
    const fit = converged(fitGoals(season, DIXON_COLES));
    const interval = forecastInterval(fit, { home: "Team 00", away: "Team 09", neutral: true });
    if (interval.kind !== "interval") throw new Error(interval.kind);
    const { home, draw, away, over25, bothScore } = interval;
    expect(home.probability + draw.probability + away.probability).toBeCloseTo(1, 11);
    for (const { probability, low, high, standardError } of [home, draw, away, over25, bothScore]) {
      expect(0 < low && low < probability && probability < high && high < 1).toBe(true);
      // To first order the interval reaches 1.96 standard errors either way; the log odds bend it by up to a quarter.
      expect(Math.abs((high - low) / (2 * 1.96 * standardError) - 1)).toBeLessThan(0.25);
    }
  });

  it("names a team it does not know", () => {
    const fit = converged(fitGoals(season, DIXON_COLES));
    expect(forecastInterval(fit, { home: "Team 01", away: "Nobody" })).toEqual({
      kind: "unknown-team",
      team: "Nobody",
    });
    const plain = converged(fitGoals(season, { ...DIXON_COLES, standardErrors: false }));
    expect(forecastInterval(plain, { home: "Team 01", away: "Team 02" })).toEqual({ kind: "no-covariance" });
    expect(Number.isNaN(plain.teams[0].attackSe)).toBe(true);
  });
});

describe("any small set of matches", () => {
  it("converges without a negative probability, or is refused with a text (defect M3)", () => {
    const goals = fc.integer({ min: 0, max: 4 });
    const club = fc.constantFrom("A", "B", "C", "D", "E");
    const one = fc
      .record({
        home: club,
        away: club,
        homeGoals: goals,
        awayGoals: goals,
        weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
      })
      .filter(({ home, away }) => home !== away);
    let fitted = 0;
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 6, maxLength: 40 }),
        fc.constantFrom(0, 0.05),
        (matches, ridge) => {
          const fit = fitGoals(matches, { ...DIXON_COLES, ridge });
          if (fit.kind !== "converged") {
            expect(refusalText(fit).length).toBeGreaterThan(10);
            expect(ridge === 0 || fit.kind === "not-converged").toBe(true);
            return;
          }
          fitted++;
          expect(fit.gradientNorm).toBeLessThan(1e-8);
          neverNegative(fit);
        },
      ),
      { seed: 42, numRuns: 200 },
    );
    expect(fitted).toBeGreaterThan(100);
  });
});
