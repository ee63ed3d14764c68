import { describe, expect, it } from "vitest";
import { runBacktest } from "../../src/backtest/backtest.js";
import { BET_COLUMNS, betsRows } from "../../src/backtest/bets-table.js";
import { strategyOf } from "../strategy/views.js";
import { constantModel, registry, sha256 } from "./models.js";
import { close, dayOf, early, memory, type Row } from "./source.js";

// Worked out by hand. The model says home 0.5, draw 0.25, away 0.25; flat 10.00; 5% commission; edge of 5% wanted.
//
// Friday slot, bank 100.00 known:
//   Ash - Birch    2.2 3.6 3.6  home 0.5 (1 + 1.2 x 0.95) - 1 = 7%, draw and away -13.25%: back HOME at 2.2.
//                  2-1: +12.00, commission 0.60, +11.40. Closing 2 4 4 has no margin: CLV 2.2 x 0.5 - 1 = 10%.
//   Cedar - Dogwood 1.9 3.4 4.6 home -7.25%, draw -18%, away 0.25 (1 + 3.6 x 0.95) - 1 = 10.5%: back AWAY at 4.6.
//                  1-1: -10.00. No closing price.
//   Elm - Fir      2.0 3.5 3.9  no edge anywhere.
// Tuesday slot, bank 100.00 + 11.40 - 10.00 = 101.40 known:
//   Birch - Cedar  2.4 3.2 4.8  home 0.5 (1 + 1.4 x 0.95) - 1 = 16.5%, away 0.25 (1 + 3.8 x 0.95) - 1 = 15.25%.
//                  0-2: HOME -10.00, AWAY +38.00; net 28.00, commission 1.40 on the winner: +36.60.
//                  Closing 3 3 3: CLV 2.4 / 3 - 1 = -20% and 4.8 / 3 - 1 = 60%.
//   Ash - Elm      no prices.
// Final bank 101.40 - 10.00 + 36.60 = 128.00.
const ROWS: readonly Row[] = [
  {
    day: "2015-08-15",
    home: "Ash",
    away: "Birch",
    score: "2-1",
    prices: [early("B365", 2.2, 3.6, 3.6), close("PS", 2, 4, 4)],
  },
  { day: "2015-08-15", home: "Cedar", away: "Dogwood", score: "1-1", prices: [early("B365", 1.9, 3.4, 4.6)] },
  {
    day: "2015-08-16",
    home: "Elm",
    away: "Fir",
    score: "0-0",
    prices: [early("B365", 2, 3.5, 3.9), close("PS", 2, 4, 4)],
  },
  {
    day: "2015-08-18",
    home: "Birch",
    away: "Cedar",
    score: "0-2",
    prices: [early("B365", 2.4, 3.2, 4.8), close("PS", 3, 3, 3)],
  },
  { day: "2015-08-18", home: "Ash", away: "Elm", score: "3-0" },
];
const STRATEGY = strategyOf("entry: { edge: { min: 0.05 } }", "commission: 0.05");
const OPTIONS = { seed: 1, version: "0.0.0", models: registry(constantModel(0.5, 0.25)), hash: sha256 };

describe("a backtest worked out by hand", async () => {
  const backtest = await runBacktest(memory(ROWS), STRATEGY, OPTIONS);
  const { document } = backtest;

  it("has these figures", () => {
    expect(document).toMatchObject({
      schema: "statistico/backtest@1",
      period: { from: "2015-08-15", to: "2015-08-18" },
      fixtures: 5,
      priced: 4,
      decisions: 2,
      bets: 4,
      won: 2,
      lost: 2,
      void: 0,
      halfWon: 0,
      halfLost: 0,
      staked: 40,
      liability: 40,
      profit: 28,
      commission: 2,
      hitRate: 0.5,
      averagePrice: 3.5,
      finalBank: 128,
      // Losses of Cedar - Dogwood and of HOME on Tuesday, one after the other.
      longestLosingRun: 2,
      maxDrawdown: { amount: 0, share: 0, days: 0 },
    });
  });

  it("gives the return with the interval of two match days", () => {
    // Days of +1.40 and +26.60 on 20.00 each: draws give 0.07, 0.70 or 1.33 with chances 1/4, 1/2, 1/4.
    expect(document.roi).toEqual({ value: 0.7, low: 0.07, high: 1.33 });
  });

  it("judges three of four bets by the close", () => {
    // (0.1 - 0.2 + 0.6) / 3; of the days' draws the lowest mean is 0.1, the highest 0.2.
    expect(document.clv).toEqual({
      mean: 0.166667,
      low: 0.1,
      high: 0.2,
      beatShare: 0.666667,
      coverage: 0.75,
      sources: [{ source: "PS", bets: 3 }],
    });
  });

  it("has the sharpe ratio of its two days", () => {
    // Returns a = 1.40 / 100 and b = 26.60 / 101.40: mean / deviation x sqrt(2 days a year) = (a + b) / (b - a).
    const [a, b] = [0.014, 26.6 / 101.4];
    expect(document.sharpe).toBeCloseTo((a + b) / (b - a), 6);
  });

  it("splits by league, season, market and edge", () => {
    expect(document.byLeague).toMatchObject([{ league: "E0", bets: 4, profit: 28 }]);
    expect(document.bySeason).toMatchObject([{ season: 2015, bets: 4, staked: 40 }]);
    expect(document.byMarket).toMatchObject([{ market: "MATCH_ODDS", bets: 4, won: 2 }]);
    expect(document.byEdge).toMatchObject([
      { from: 0.05, to: 0.1, bets: 1, profit: 11.4 },
      { from: 0.1, to: 0.2, bets: 3, profit: 16.6 },
    ]);
  });

  it("calibrates on every priced runner, bet or not", () => {
    // Four priced fixtures: 0.5 for home won once of four; 0.25 for draw and away: two draws and one away of eight.
    const filled = document.calibration.filter(({ count }) => count > 0);
    expect(filled).toMatchObject([
      { from: 0.2, to: 0.3, count: 8, forecast: 0.25, observed: 0.375 },
      { from: 0.5, to: 0.6, count: 4, forecast: 0.5, observed: 0.25 },
    ]);
  });

  it("draws the bank by match day", () => {
    expect(backtest.equity).toEqual([
      { day: dayOf("2015-08-15"), bankMinor: 10_000 },
      { day: dayOf("2015-08-15"), bankMinor: 10_140 },
      { day: dayOf("2015-08-18"), bankMinor: 12_800 },
    ]);
  });

  it("lists every bet with all that an audit needs", () => {
    const rows = betsRows(backtest);
    expect(
      rows.map(({ home, runner, price, stake, profit, commission, result }) => [
        home,
        runner,
        price,
        stake,
        profit,
        commission,
        result,
      ]),
    ).toEqual([
      ["Ash", "HOME", 2.2, "10.00", "11.40", "0.60", "won"],
      ["Cedar", "AWAY", 4.6, "10.00", "-10.00", "0.00", "lost"],
      ["Birch", "HOME", 2.4, "10.00", "-10.00", "0.00", "lost"],
      ["Birch", "AWAY", 4.8, "10.00", "36.60", "1.40", "won"],
    ]);
    expect(rows[0]).toEqual({
      fixture: 1,
      date: "2015-08-15",
      league: "E0",
      season: 2015,
      home: "Ash",
      away: "Birch",
      market: "MATCH_ODDS",
      runner: "HOME",
      line: null,
      side: "BACK",
      // Friday 17:00 British summer time.
      asOf: "2015-08-14T16:00:00Z",
      price: 2.2,
      source: "B365",
      probability: 0.5,
      edge: 0.07,
      stake: "10.00",
      liability: "10.00",
      result: "won",
      profit: "11.40",
      commission: "0.60",
      closingPrice: 2,
      closingFairProbability: 0.5,
      clv: 0.1,
      modelVersion: "constant",
      because: "edge 7.00% at 2.2 with B365; ours 0.5000 against 0.4545; flat",
      score: "2-1",
      closingSource: "PS",
      // Without a known start the result is known at the end of the day, British time.
      settledAt: "2015-08-15T23:00:00Z",
      firstProfit: null,
      correctedAt: null,
    });
    for (const row of rows) expect(Object.keys(row)).toEqual([...BET_COLUMNS]);
  });

  it("says what it took for granted and what the data cannot tell", () => {
    expect(document.warnings).toContain("PS closes MATCH_ODDS in 3 of 5 fixtures (60%)");
    expect(document.warnings).toContain("B365 quotes MATCH_ODDS in 4 of 5 fixtures (80%)");
    expect(document.warnings).toContain(
      "closing line value covers 75% of the bets: no source other than PS steps in",
    );
    expect(document.warnings).toContain(
      "no match before 2015-08-15 to learn from: the first forecasts rest on little",
    );
    expect(document.assumptions.some((each) => each.includes("collection slot"))).toBe(true);
  });

  it("is the same, byte for byte, from a database with other ids", async () => {
    const again = await runBacktest(memory(ROWS, 5000), STRATEGY, OPTIONS);
    expect(JSON.stringify(again.document)).toBe(JSON.stringify(document));
  });

  it("has another data hash when a price changes, another strategy hash when the strategy does", async () => {
    const moved = ROWS.map((row, index) =>
      index === 2 ? { ...row, prices: [early("B365", 2, 3.5, 3.8)] } : row,
    );
    const other = await runBacktest(memory(moved), STRATEGY, OPTIONS);
    expect(other.document.dataHash).not.toBe(document.dataHash);
    expect(other.document.strategyHash).toBe(document.strategyHash);
    const dearer = await runBacktest(memory(ROWS), { ...STRATEGY, commission: 0.06 }, OPTIONS);
    expect(dearer.document.strategyHash).not.toBe(document.strategyHash);
    expect(dearer.document.dataHash).toBe(document.dataHash);
  });
});
