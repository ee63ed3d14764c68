import { describe, expect, it } from "vitest";
import { halfTimeGrid } from "../../src/compiler/half-time.js";
import { inPlayGrid, remainingRates, remainingShare } from "../../src/compiler/in-play.js";
import { matchOdds } from "../../src/compiler/match-odds.js";
import { nextGoal } from "../../src/compiler/next-goal.js";
import { priceGrid } from "../../src/compiler/sheet.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";

const RATES = { homeRate: 1.6, awayRate: 1.1, rho: -0.07 };
const NO_CARDS = { redCardsHome: 0, redCardsAway: 0 };

describe("remainingRates", () => {
  it("runs from all to nothing through the half's share", () => {
    expect(remainingShare(0)).toBe(1);
    expect(remainingShare(45, 0.44)).toBeCloseTo(0.56, 15);
    expect(remainingShare(67.5, 0.44)).toBeCloseTo(0.28, 15);
    expect(remainingShare(90)).toBe(0);
  });

  it("takes a third of the goals of ten men and gives their opponents a quarter more", () => {
    const left = remainingRates(RATES, { minute: 0, redCardsHome: 1, redCardsAway: 0 });
    expect(left.homeRate).toBeCloseTo((1.6 * 2) / 3, 14);
    expect(left.awayRate).toBeCloseTo(1.1 * 1.25, 14);
  });
});

describe("inPlayGrid", () => {
  it("is the pre-match grid at kick-off", () => {
    const now = inPlayGrid(RATES, { minute: 0, ...NO_CARDS, score: { home: 0, away: 0 } });
    const before = scoreGrid(RATES);
    expect(now.maxGoals).toBe(before.maxGoals);
    now.cells.forEach((p, i) => {
      expect(Math.abs(p - before.cells[i])).toBeLessThan(1e-14);
    });
  });

  it("is the result once the match is over", () => {
    const end = inPlayGrid(RATES, { minute: 90, ...NO_CARDS, score: { home: 2, away: 1 } });
    expect(matchOdds(end)).toEqual({ HOME: 1, DRAW: 0, AWAY: 0 });
    expect(end.cells[2 * (end.maxGoals + 1) + 1]).toBe(1);
  });

  it("stands where rho calls the score impossible", () => {
    const edge = { homeRate: 2, awayRate: 1.5, rho: 1 / 3 };
    const end = inPlayGrid(edge, { minute: 90, ...NO_CARDS, score: { home: 0, away: 0 } });
    expect(matchOdds(end).DRAW).toBe(1);
  });

  it("is a fair game: the mean over half-time scores is the pre-match price", () => {
    // The law of total probability over the thinned half-time grid; holds with rho only if tau is carried in play.
    const half = halfTimeGrid(scoreGrid(RATES), 0.441);
    const mean = { HOME: 0, DRAW: 0, AWAY: 0 };
    for (let i = 0; i < half.maxGoals; i++)
      for (let j = 0; j < half.maxGoals; j++) {
        const p = half.cells[i * (half.maxGoals + 1) + j];
        const odds = matchOdds(inPlayGrid(RATES, { minute: 45, ...NO_CARDS, score: { home: i, away: j } }));
        for (const runner of ["HOME", "DRAW", "AWAY"] as const) mean[runner] += p * odds[runner];
      }
    const before = matchOdds(scoreGrid(RATES));
    for (const runner of ["HOME", "DRAW", "AWAY"] as const)
      expect(Math.abs(mean[runner] - before[runner])).toBeLessThan(1e-11);
  });

  it("prices every full-time market from the score, and no half-time market", () => {
    const score = { home: 1, away: 0 };
    const markets = priceGrid(inPlayGrid(RATES, { minute: 60, ...NO_CARDS, score }), { now: score });
    expect(markets.OVER_UNDER_05.OVER).toBeCloseTo(1, 12);
    expect(markets.CORRECT_SCORE["0-0"]).toBe(0);
    expect(markets.HALF_TIME).toBeUndefined();
  });
});

describe("nextGoal", () => {
  it("splits by the rates when goals are independent", () => {
    // Competing Poisson processes: P(home next) = a / (a + b) (1 - e^-(a + b)).
    const grid = scoreGrid({ homeRate: 1.6, awayRate: 1.1, rho: 0 });
    const { HOME, AWAY, NO_GOAL } = nextGoal(grid, { home: 0, away: 0 });
    expect(Math.abs(HOME - (1.6 / 2.7) * (1 - Math.exp(-2.7)))).toBeLessThan(1e-12);
    expect(Math.abs(AWAY - (1.1 / 2.7) * (1 - Math.exp(-2.7)))).toBeLessThan(1e-12);
    expect(Math.abs(NO_GOAL - Math.exp(-2.7))).toBeLessThan(1e-15);
  });
});
