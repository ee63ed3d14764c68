import { describe, expect, it } from "vitest";
import { prepareInTurn, runBacktest } from "../../../src/backtest/backtest.js";
import { modelsOf } from "../../../src/backtest/model.js";
import { sceneOf } from "../../../src/backtest/sights.js";
import { trialBench } from "../../../src/backtest/sweep/bench.js";
import { nestedEvaluation } from "../../../src/backtest/sweep/nested.js";
import { dayAxisOf, type Trial } from "../../../src/backtest/sweep/trial.js";
import { strategyOf } from "../../strategy/views.js";
import { poisson, registry, sha256 } from "../models.js";
import { simulatedRows } from "../simulated.js";
import { memory } from "../source.js";

const BASE = ["seasons: { from: 2016, to: 2017 }", "prices: { sources: [B365, PS] }", "commission: 0.02"];
const ROWS = simulatedRows(7, 3, { margin: 0.02, error: 0.25 });

describe("a trial of a sweep", async () => {
  const source = memory(ROWS);
  const base = strategyOf(...BASE);
  const leagues = await prepareInTurn(source, sha256)(base, modelsOf(base, registry(poisson)));
  const bench = trialBench(sceneOf(leagues, base), 1);

  // The independent answer is a backtest of the same strategy on its own: it decides every fixture.
  it.each([
    ["entry: { edge: { min: 0.01 } }", "staking: { method: kelly, fraction: 0.5 }"],
    ["entry: { edge: { min: 0.05, max: 0.2 }, price: { max: 4 } }", "staking: { method: flat, stake: 10 }"],
    [
      "entry: { edge: { min: 0.02 } }",
      "staking: { method: percentage, percent: 5 }",
      "limits: { perDayLoss: 30 }",
    ],
    ["entry: { edge: { min: 0.9 } }"],
  ])("comes to what a backtest of the same strategy does: %s", async (...lines) => {
    const strategy = strategyOf(...BASE, ...lines);
    const trial = bench.try(strategy);
    const { document } = await runBacktest(source, strategy, {
      seed: 1,
      version: "0",
      models: registry(poisson),
      hash: sha256,
    });
    expect(trial.bets).toBe(document.bets);
    expect(trial.staked).toBe(document.staked);
    expect(trial.profit).toBe(document.profit);
    expect(trial.roi).toEqual(document.roi);
    expect(trial.clv.mean).toBe(document.clv.mean);
    expect(trial.maxDrawdown).toBe(document.maxDrawdown.amount);
    expect(trial.finalBank).toBe(document.finalBank);
    expect(trial.dayProfitMinor.reduce((sum, each) => sum + each, 0)).toBeCloseTo(100 * document.profit, 6);
  });

  it("strikes bets to compare", () => {
    expect(bench.try(strategyOf(...BASE, "entry: { edge: { min: 0.01 } }")).bets).toBeGreaterThan(30);
    expect(dayAxisOf(sceneOf(leagues, base)).seasons.at(-1)).toBe(2017);
  });
});

describe("nested evaluation", () => {
  const days = { days: [1, 2, 3, 4, 5, 6, 7, 8], seasons: [2000, 2000, 2000, 2000, 2001, 2001, 2002, 2002] };
  const trial = (...profits: number[]): Trial => ({
    bets: 0,
    won: 0,
    staked: 0,
    profit: 0,
    roi: { value: null, low: null, high: null },
    clv: { mean: null, coverage: null },
    maxDrawdown: 0,
    finalBank: 0,
    moments: null,
    dayProfitMinor: Float64Array.from(profits),
    dayStakedMinor: Float64Array.from(profits, () => 1000),
  });

  it("bets a season with what was best before it, the last match day left out", () => {
    // Before 2001 less day 4: a earned 1, 2, 1, b -1, 0, -1, so a; a huge day 4 of b must not count. Before 2002 less
    // day 6: a 1, 2, 1, -9, -9 and b -1, 0, -1, 900, 90: b.
    const a = trial(1, 2, 1, -9, -9, -9, 100, 100);
    const b = trial(-1, 0, -1, 900, 90, 90, 7, 5);
    const { folds, profit, staked } = nestedEvaluation([a, b], days, 1);
    expect(folds.map(({ season, configuration, trainedOn }) => [season, configuration, trainedOn])).toEqual([
      [2001, 0, 3],
      [2002, 1, 5],
    ]);
    // 2001 with a: -9 - 9; 2002 with b: 7 + 5, in hundredths; four days of 10.00 staked.
    expect(profit).toBe(-0.06);
    expect(staked).toBe(40);
  });
});
