import { describe, expect, it } from "vitest";
import { type Backtest, prepareInTurn, runBacktest } from "../../src/backtest/backtest.js";
import { returnOnStakes, STREAM } from "../../src/backtest/breakdown.js";
import { modelsOf } from "../../src/backtest/model.js";
import { walkForward } from "../../src/backtest/walk.js";
import type { Strategy } from "../../src/strategy/strategy.js";
import { strategyOf } from "../strategy/views.js";
import { constantModel, registry, sha256 } from "./models.js";
import { simulatedRows } from "./simulated.js";
import { memory, type Row } from "./source.js";

const MARGIN = 0.06;

const MODEL = constantModel(0.5, 0.25);

/** Backs every home side at prices that are right but for the margin. */
function blind(seed: number, seasons: number): { strategy: Strategy; rows: Row[] } {
  const strategy = strategyOf(
    `seasons: { from: 2015, to: ${2015 + seasons - 1} }`,
    "runners: [HOME]",
    "bank: 100000",
    "staking: { method: flat, stake: 1 }",
  );
  return { strategy, rows: simulatedRows(seed, seasons, { margin: MARGIN, error: 0 }) };
}

function blindBettor(seed: number, seasons: number): Promise<Backtest> {
  const { strategy, rows } = blind(seed, seasons);
  const options = { seed, version: "0", models: registry(MODEL), hash: sha256 };
  return runBacktest(memory(rows), strategy, options);
}

describe("a bettor without an edge", () => {
  // Prices are 1 / (p (1 + margin)): a bet returns 1 / (1 + margin) on average, whatever is picked.
  const expected = 1 / (1 + MARGIN) - 1;

  it("loses the margin, within its interval about as often as an interval of 95% should", async () => {
    // 60 runs of 112 bets; the bootstrap of 28 match days holds a little under its 95%. At 90% true coverage fewer
    // than 48 of 60 would have probability 0.4%; at 99% all 60 would not be rare.
    let inside = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { strategy, rows } = blind(seed, 2);
      const leagues = await prepareInTurn(memory(rows), sha256)(
        strategy,
        modelsOf(strategy, registry(MODEL)),
      );
      const { value, low, high } = returnOnStakes(walkForward(leagues, strategy).bets, seed, STREAM.roi);
      expect(value).not.toBeNull();
      if ((low ?? 1) <= expected && expected <= (high ?? -1)) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(48);
  });

  it("loses about the margin against the close, beats it never, and is not called skilful", async () => {
    const { document } = await blindBettor(3, 12);
    // Early and closing prices are the same here: price x fair - 1. A proportional margin is not the power method's,
    // so the mean is near 1 / 1.06 - 1 = -5.7% but not on it.
    expect(document.bets).toBe(672);
    expect(Math.abs((document.clv.mean ?? 0) - expected)).toBeLessThan(0.01);
    expect(document.clv.beatShare).toBe(0);
    expect(document.pValue ?? 0).toBeGreaterThan(0.05);
    expect(document.deflatedSharpe ?? 1).toBeLessThan(0.95);
  });

  it("is told that the data cannot tell skill from luck when the interval includes zero", async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { roi, warnings, bets } = (await blindBettor(seed, 1)).document;
      const includesZero = (roi.low ?? 0) <= 0 && (roi.high ?? 0) >= 0;
      const told = warnings.some((each) => each.includes(`these ${bets} bets cannot tell skill from luck`));
      expect(told).toBe(includesZero);
    }
  });

  it("draws the same interval from the same seed and another from another", async () => {
    const [first, again] = [await blindBettor(5, 1), await blindBettor(5, 1)];
    expect(JSON.stringify(first.document)).toBe(JSON.stringify(again.document));
  });
});
