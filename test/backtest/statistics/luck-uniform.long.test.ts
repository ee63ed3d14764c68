import { describe, expect, it } from "vitest";
import { runBacktest } from "../../../src/backtest/backtest.js";
import type { Bet } from "../../../src/backtest/bet.js";
import { luckPValue } from "../../../src/backtest/statistics/luck.js";
import { createRng } from "../../../src/core/rng.js";
import { toMinor } from "../../../src/domain/money.js";
import { strategyOf } from "../../strategy/views.js";
import { constantModel, registry, sha256 } from "../models.js";
import { simulatedRows } from "../simulated.js";
import { memory } from "../source.js";

const RUNS = 200;

describe("the p-value without skill", async () => {
  const strategy = strategyOf(
    "seasons: { from: 2015, to: 2016 }",
    "runners: [HOME]",
    "bank: 100000",
    "staking: { method: flat, stake: 1 }",
  );
  const rows = simulatedRows(4, 2, { margin: 0.05, error: 0.2 });
  const options = { seed: 1, version: "0", models: registry(constantModel(0.5, 0.25)), hash: sha256 };
  const { document, bets } = await runBacktest(memory(rows), strategy, options);

  /** The bets' profit in hundredths if each won at the inverse of its price: nobody has an edge then. */
  function luckyProfit(all: readonly Bet[], seed: number): number {
    const rng = createRng(seed, 77);
    return all.reduce(
      (sum, { price, stakeMinor }) => sum + (rng() < 1 / price ? stakeMinor * (price - 1) : -stakeMinor),
      0,
    );
  }

  it("is uniform over fair draws", () => {
    // Kolmogorov-Smirnov distance of 200 values from the uniform; its 0.1% critical value is 1.95 / sqrt(200) = 0.138.
    const values = Array.from({ length: RUNS }, (_, seed) =>
      luckPValue(bets, 0, luckyProfit(bets, seed), createRng(seed, 78)),
    )
      .map((value) => value ?? Number.NaN)
      .sort((a, b) => a - b);
    const distances = values.map((value, index) =>
      Math.max(Math.abs((index + 1) / RUNS - value), Math.abs(index / RUNS - value)),
    );
    expect(Math.max(...distances)).toBeLessThan(1.95 / Math.sqrt(RUNS));
  });

  it.each(["byYear", "byMonth", "byPrice"] as const)("%s adds up to the whole", (name) => {
    const parts = document[name] ?? [];
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.reduce((sum, part) => sum + part.bets, 0)).toBe(document.bets);
    expect(parts.reduce((sum, part) => sum + toMinor(part.profit), 0)).toBe(toMinor(document.profit));
  });
});
