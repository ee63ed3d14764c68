import { describe, expect, it } from "vitest";
import { prepareInTurn } from "../../src/backtest/backtest.js";
import type { Bet } from "../../src/backtest/bet.js";
import { returnOnStakes, STREAM } from "../../src/backtest/breakdown.js";
import { modelsOf } from "../../src/backtest/model.js";
import { walkForward } from "../../src/backtest/walk.js";
import { strategyOf } from "../strategy/views.js";
import { sha256 } from "./models.js";
import { simulatedRows } from "./simulated.js";
import { early, memory, type Row } from "./source.js";

const MARGIN = 0.05;

async function randomBets(rows: readonly Row[], model: string, firstId = 1): Promise<readonly Bet[]> {
  const strategy = strategyOf(
    "seasons: { from: 2015, to: 2020 }",
    `model: { name: random, ${model} }`,
    "bank: 100000",
    "staking: { method: flat, stake: 1 }",
  );
  const prepared = await prepareInTurn(memory(rows, firstId), sha256)(strategy, modelsOf(strategy, {}));
  return walkForward(prepared, strategy).bets;
}

describe("a random bettor", () => {
  it("loses the margin: within its 95% interval in about 95 of 100 seeds", async () => {
    // Prices are 1 / (p (1 + margin)), so a bet returns 1 / (1 + margin) whatever is drawn. 100 simulations, each with
    // bets of a seed of its own. At a true coverage of 95% fewer than 89 would have probability 0.4%, of 93% 5%.
    const expected = 1 / (1 + MARGIN) - 1;
    let inside = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const rows = simulatedRows(seed, 3, { margin: MARGIN, error: 0 });
      const { low, high } = returnOnStakes(await randomBets(rows, `seed: ${seed}`), seed, STREAM.roi);
      if ((low ?? 1) <= expected && expected <= (high ?? -1)) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(89);
  });

  const rows = simulatedRows(1, 6, { margin: MARGIN, error: 0.2 });
  const picksOf = (bets: readonly Bet[]): string[] =>
    bets.map(({ fixture, runner }) => `${fixture.day} ${fixture.home.name} ${runner}`);

  it("draws one runner of each book, each about as often", async () => {
    const bets = await randomBets(rows, "seed: 1");
    expect(bets).toHaveLength(336);
    for (const runner of ["HOME", "DRAW", "AWAY"]) {
      // 336 draws at a third: 112, standard deviation 8.6; four of them either side.
      const count = bets.filter((bet) => bet.runner === runner).length;
      expect(Math.abs(count - 112)).toBeLessThan(35);
    }
  });

  it("bets on the share of the matches that it is told to", async () => {
    // 336 at a quarter: 84, standard deviation 7.9; four of them either side.
    expect(Math.abs((await randomBets(rows, "seed: 1, share: 0.25")).length - 84)).toBeLessThan(32);
  });

  it("draws the same whatever the ids, and otherwise with another seed", async () => {
    const picks = picksOf(await randomBets(rows, "seed: 1"));
    expect(picksOf(await randomBets(rows, "seed: 1", 500))).toEqual(picks);
    expect(picksOf(await randomBets(rows, "seed: 2"))).not.toEqual(picks);
  });

  it("believes its price to be fair but for the margin", async () => {
    const row = { day: "2015-08-15", home: "Ash", away: "Birch", score: "1-0" };
    const [bet] = await randomBets([{ ...row, prices: [early("B365", 2.4, 3.2, 3)] }], "seed: 1");
    // 1/2.4 + 1/3.2 + 1/3 = 1.0625: whatever was drawn has (1 / price) / 1.0625.
    expect(bet?.probability).toBeCloseTo(1 / ((bet?.price ?? 0) * 1.0625), 12);
    expect(bet?.edge).toBeCloseTo(1 / 1.0625 - 1, 12);
  });
});
