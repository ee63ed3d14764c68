import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveProbability, type FiveWay } from "../../src/compiler/five-way.js";
import { priceEverything, priceGrid } from "../../src/compiler/sheet.js";
import type { GoalRates } from "../../src/domain/goals.js";
import { rhoBounds, scoreGrid } from "../../src/models/dixon-coles-grid.js";

const SUM_TOLERANCE = 1e-9;

const rates: fc.Arbitrary<GoalRates> = fc
  .record({
    homeRate: fc.double({ min: 0.05, max: 6, noNaN: true }),
    awayRate: fc.double({ min: 0.05, max: 6, noNaN: true }),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ homeRate, awayRate, place }) => {
    const { low, high } = rhoBounds(homeRate, awayRate);
    return { homeRate, awayRate, rho: low + place * (high - low) };
  });

const check = (test: (rates: GoalRates) => void): void =>
  fc.assert(fc.property(rates, test), { seed: 42, numRuns: 25 });

const total = (table: Readonly<Record<string, number>>): number =>
  Object.values(table).reduce((a, b) => a + b, 0);

const ways = ({ fullWin, halfWin, push, halfLoss, fullLoss }: FiveWay): number[] => [
  fullWin,
  halfWin,
  push,
  halfLoss,
  fullLoss,
];

const close = (a: number, b: number, tolerance = SUM_TOLERANCE): void =>
  expect(Math.abs(a - b)).toBeLessThan(tolerance);

describe("a price sheet on random rates", () => {
  it("sums to one, or to two where two runners win, and is never negative", () => {
    check((r) => {
      const { ASIAN_HANDICAP, ALT_TOTAL_GOALS, ...tables } = priceEverything(r).markets;
      expect(Object.keys(tables).length).toBeGreaterThan(35);
      for (const [market, table] of Object.entries(tables)) {
        expect(Math.abs(total(table) - (market === "DOUBLE_CHANCE" ? 2 : 1)), market).toBeLessThan(
          SUM_TOLERANCE,
        );
        for (const p of Object.values(table)) expect(p).toBeGreaterThanOrEqual(0);
      }
      const lines: FiveWay[] = [];
      for (const { home, away } of Object.values(ASIAN_HANDICAP)) lines.push(home, away);
      for (const { over, under } of Object.values(ALT_TOTAL_GOALS)) lines.push(over, under);
      expect(lines.length).toBe(2 * (33 + 25));
      for (const line of lines)
        close(
          ways(line).reduce((a, b) => a + b, 0),
          1,
        );
    });
  });

  it("mirrors: exchanging the sides exchanges home and away, and a line with its opposite", () => {
    check((r) => {
      const here = priceEverything(r).markets;
      const there = priceEverything({ homeRate: r.awayRate, awayRate: r.homeRate, rho: r.rho }).markets;
      close(here.MATCH_ODDS.HOME, there.MATCH_ODDS.AWAY);
      close(here.TEAM_A_WIN_TO_NIL.YES, there.TEAM_B_WIN_TO_NIL.YES);
      close(here.CORRECT_SCORE["2-1"], there.CORRECT_SCORE["1-2"]);
      for (const line of [-1.75, -0.5, 0, 0.25, 1]) {
        const home = ways(here.ASIAN_HANDICAP[String(line)].home);
        ways(there.ASIAN_HANDICAP[String(-line)].away).forEach((p, i) => {
          close(p, home[i]);
        });
      }
    });
  });

  it("is the other side's loss: what home wins at a line, away loses", () => {
    check((r) => {
      for (const { home, away } of Object.values(priceEverything(r).markets.ASIAN_HANDICAP))
        ways(home).forEach((p, i) => {
          close(p, ways(away)[4 - i], 1e-15);
        });
    });
  });

  it("pays a quarter line as two half stakes on its neighbours", () => {
    // Net return of a unit stake at price 2 is win - loss, halves counting half; it must average over the two lines.
    const net = (line: FiveWay): number =>
      line.fullWin + line.halfWin / 2 - line.halfLoss / 2 - line.fullLoss;
    check((r) => {
      const { ASIAN_HANDICAP, ALT_TOTAL_GOALS } = priceEverything(r).markets;
      for (const quarter of [-2.25, -0.75, -0.25, 0.25, 1.75]) {
        const [below, at, above] = [quarter - 0.25, quarter, quarter + 0.25].map(
          (line) => ASIAN_HANDICAP[String(line)].home,
        );
        close(net(at), (net(below) + net(above)) / 2, 1e-14);
      }
      for (const quarter of [1.25, 2.75]) {
        const [below, at, above] = [quarter - 0.25, quarter, quarter + 0.25].map(
          (line) => ALT_TOTAL_GOALS[String(line)].under,
        );
        close(net(at), (net(below) + net(above)) / 2, 1e-14);
      }
    });
  });

  it("has overs that fall with the line and unders that rise", () => {
    check((r) => {
      const m = priceEverything(r).markets;
      const lines = [m.OVER_UNDER_05, m.OVER_UNDER_15, m.OVER_UNDER_25, m.OVER_UNDER_35, m.OVER_UNDER_85];
      for (let i = 1; i < lines.length; i++) {
        expect(lines[i].OVER).toBeLessThanOrEqual(lines[i - 1].OVER);
        expect(lines[i].UNDER).toBeGreaterThanOrEqual(lines[i - 1].UNDER);
      }
    });
  });

  it("makes home likelier to win when it scores more", () => {
    check(({ homeRate, awayRate }) => {
      const before = priceEverything({ homeRate, awayRate, rho: 0 }).markets.MATCH_ODDS.HOME;
      const after = priceEverything({ homeRate: homeRate + 0.1, awayRate, rho: 0 }).markets.MATCH_ODDS.HOME;
      expect(after).toBeGreaterThan(before);
    });
  });

  it("says the same thing in different markets", () => {
    check((r) => {
      const m = priceEverything(r).markets;
      close(m.ASIAN_HANDICAP["-0.5"].home.fullWin, m.MATCH_ODDS.HOME, 1e-14);
      close(effectiveProbability(m.ASIAN_HANDICAP["0"].home), m.DRAW_NO_BET.HOME, 1e-14);
      close(m.ALT_TOTAL_GOALS["2.5"].over.fullWin, m.OVER_UNDER_25.OVER, 1e-14);
      close(
        1 / m.ASIAN_HANDICAP["-0.75"].home.fairPrice,
        effectiveProbability(m.ASIAN_HANDICAP["-0.75"].home),
        1e-14,
      );
      close(
        m.WINNING_MARGIN.HOME_BY_1 +
          m.WINNING_MARGIN.HOME_BY_2 +
          m.WINNING_MARGIN.HOME_BY_3 +
          m.WINNING_MARGIN.HOME_BY_4_OR_MORE,
        m.MATCH_ODDS.HOME,
        1e-14,
      );
      close(m.MATCH_ODDS_AND_BTTS.DRAW_NO, m.CORRECT_SCORE["0-0"], 1e-14);
      close(m.GOAL_BANDS["2-3"], m.TOTAL_GOALS["2"] + m.TOTAL_GOALS["3"], 1e-14);
      close(
        m.MATCH_ODDS_AND_OU_25.HOME_OVER +
          m.MATCH_ODDS_AND_OU_25.DRAW_OVER +
          m.MATCH_ODDS_AND_OU_25.AWAY_OVER,
        m.OVER_UNDER_25.OVER,
        1e-14,
      );
    });
  });
});

describe("a price sheet by hand", () => {
  const poisson = (rate: number, k: number): number =>
    k === 0 ? Math.exp(-rate) : (poisson(rate, k - 1) * rate) / k;

  it("counts every cell of a low total", () => {
    // Totals of independent Poissons are Poisson with rate 2.75: P(<2) = e^-2.75 (1 + 2.75) = 0.2397, P(<4) = 0.7030.
    // A known mistake sums one cell too many and gives 0.286 and 0.758.
    const { markets } = priceEverything({ homeRate: 1.55, awayRate: 1.2, rho: 0 });
    close(markets.OVER_UNDER_15.UNDER, poisson(2.75, 0) + poisson(2.75, 1), 1e-14);
    expect(markets.OVER_UNDER_15.UNDER).toBeCloseTo(0.24, 3);
    expect(markets.OVER_UNDER_35.UNDER).toBeCloseTo(0.703, 3);
  });

  it("leaves no mass of high scores to a runner: 8 and 7 expected goals", () => {
    const sheet = priceEverything({ homeRate: 8, awayRate: 7, rho: 0 });
    const under = Array.from({ length: 9 }, (_, k) => poisson(15, k)).reduce((a, b) => a + b, 0);
    close(sheet.markets.OVER_UNDER_85.UNDER, under, 1e-13);
    expect(sheet.tailMass).toBeLessThan(1e-12);
  });

  it("multiplies independent goals", () => {
    const { markets, expectedPoints } = priceEverything({ homeRate: 1.4, awayRate: 0.9, rho: 0 });
    close(markets.CORRECT_SCORE["2-1"], poisson(1.4, 2) * poisson(0.9, 1), 1e-15);
    close(markets.BOTH_TEAMS_TO_SCORE.YES, (1 - Math.exp(-1.4)) * (1 - Math.exp(-0.9)), 1e-12);
    close(markets.TEAM_A_OVER_UNDER_15.UNDER, Math.exp(-1.4) * 2.4, 1e-12);
    close(markets.ODD_OR_EVEN.EVEN, (1 + Math.exp(-2 * 2.3)) / 2, 1e-12); // even terms of the Poisson series
    close(expectedPoints.home, 3 * markets.MATCH_ODDS.HOME + markets.MATCH_ODDS.DRAW, 1e-15);
  });

  it("is level for level sides", () => {
    const { markets } = priceEverything({ homeRate: 1.3, awayRate: 1.3, rho: -0.08 });
    close(markets.MATCH_ODDS.HOME, markets.MATCH_ODDS.AWAY, 1e-15);
    close(markets.ASIAN_HANDICAP["0"].home.fairPrice, 2, 1e-14);
  });

  it("lists correct scores up to the asked limit and puts the rest in any other", () => {
    const grid = scoreGrid({ homeRate: 1.5, awayRate: 1.1, rho: -0.05 });
    const three = priceGrid(grid, { scoreLimit: 3 }).CORRECT_SCORE;
    expect(Object.keys(three).length).toBe(16 + 3);
    const four = priceGrid(grid).CORRECT_SCORE;
    close(three.ANY_OTHER_DRAW, four["4-4"] + four.ANY_OTHER_DRAW, 1e-15);
  });
});
