import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/core/assert.js";
import { type Market, RUNNERS, TRADED_MARKETS } from "../../src/domain/market.js";
import {
  commissionShares,
  grossProfitMinor,
  layerOutcome,
  type Outcome,
  settleRunner,
} from "../../src/strategy/settlement.js";

// Truth tables written out by hand from the exchange's market rules.
// W won, w half won, p push, l half lost, L lost.
const LETTERS: Readonly<Record<string, Outcome>> = {
  W: "won",
  w: "half-won",
  p: "push",
  l: "half-lost",
  L: "lost",
};
const SCORES: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 0],
  [2, 1],
  [0, 3],
  [3, 2],
];

describe("settleRunner", () => {
  const table: readonly (readonly [Market, string, number, string])[] = [
    // market, runner, line        0-0 1-0 0-1 1-1 2-0 2-1 0-3 3-2
    ["MATCH_ODDS", "HOME", 0, "L W L L W W L W"],
    ["MATCH_ODDS", "DRAW", 0, "W L L W L L L L"],
    ["MATCH_ODDS", "AWAY", 0, "L L W L L L W L"],
    ["DOUBLE_CHANCE", "HOME_OR_DRAW", 0, "W W L W W W L W"],
    ["DOUBLE_CHANCE", "DRAW_OR_AWAY", 0, "W L W W L L W L"],
    ["DOUBLE_CHANCE", "HOME_OR_AWAY", 0, "L W W L W W W W"],
    ["DRAW_NO_BET", "HOME", 0, "p W L p W W L W"],
    ["DRAW_NO_BET", "AWAY", 0, "p L W p L L W L"],
    ["BOTH_TEAMS_TO_SCORE", "YES", 0, "L L L W L W L W"],
    ["BOTH_TEAMS_TO_SCORE", "NO", 0, "W W W L W L W L"],
    ["OVER_UNDER_05", "OVER", 0, "L W W W W W W W"],
    ["OVER_UNDER_25", "OVER", 0, "L L L L L W W W"],
    ["OVER_UNDER_25", "UNDER", 0, "W W W W W L L L"],
    ["OVER_UNDER_45", "UNDER", 0, "W W W W W W W L"],
    ["ASIAN_HANDICAP", "HOME", 0, "p W L p W W L W"],
    ["ASIAN_HANDICAP", "HOME", -1, "l W L l W W L W"], // -0.25
    ["ASIAN_HANDICAP", "HOME", -2, "L W L L W W L W"], // -0.5
    ["ASIAN_HANDICAP", "HOME", -3, "L w L L W w L w"], // -0.75
    ["ASIAN_HANDICAP", "HOME", -4, "L p L L W p L p"], // -1
    ["ASIAN_HANDICAP", "HOME", -5, "L l L L W l L l"], // -1.25
    ["ASIAN_HANDICAP", "AWAY", -3, "W l W W L l W l"], // home -0.75 = away +0.75
    ["ASIAN_HANDICAP", "AWAY", -1, "w L W w L L W L"],
    ["ASIAN_HANDICAP", "HOME", 3, "W W l W W W L W"], // +0.75
    ["ASIAN_HANDICAP", "AWAY", 4, "L L p L L L W L"], // home +1
    ["ALT_TOTAL_GOALS", "OVER", 8, "L L L p p W W W"], // over 2
    ["ALT_TOTAL_GOALS", "OVER", 9, "L L L l l W W W"], // over 2.25
    ["ALT_TOTAL_GOALS", "OVER", 11, "L L L L L w w W"], // over 2.75
    ["ALT_TOTAL_GOALS", "UNDER", 11, "W W W W W l l L"],
    ["CORRECT_SCORE", "2-1", 0, "L L L L L W L L"],
  ];
  it.each(table)("%s %s %d: %s", (market, runner, line, letters) => {
    const settled = SCORES.map(([home, away]) => settleRunner(market, runner, line, home, away));
    expect(settled).toEqual(letters.split(" ").map((letter) => LETTERS[letter]));
  });

  it("refuses a runner that the market does not have", () => {
    expect(() => settleRunner("MATCH_ODDS", "OVER", 0, 1, 0)).toThrow(InvariantError);
    expect(() => settleRunner("OVER_UNDER_25", "HOME", 0, 1, 0)).toThrow(InvariantError);
    expect(() => settleRunner("CORRECT_SCORE", "HOME", 0, 1, 0)).toThrow(InvariantError);
  });

  it("pays each runner of every score once: halves and pushes make up the whole stake", () => {
    const returned: Readonly<Record<Outcome, number>> = {
      won: 1,
      "half-won": 0.75,
      push: 0.5,
      "half-lost": 0.25,
      lost: 0,
      void: 0.5,
    };
    for (const market of TRADED_MARKETS.filter((each) => RUNNERS[each]?.length === 2))
      for (const [home, away] of SCORES)
        for (let line = -8; line <= 14; line++) {
          const sum = (RUNNERS[market] ?? []).reduce(
            (total, runner) => total + returned[settleRunner(market, runner, line, home, away)],
            0,
          );
          expect(sum, `${market} ${line} at ${home}-${away}`).toBe(1);
        }
  });
});

describe("grossProfitMinor", () => {
  it.each([
    // 10.00 at 2.50: win 15.00; half a win 7.50; half a loss 5.00.
    ["BACK", 1000, 2.5, "won", 1500],
    ["BACK", 1000, 2.5, "half-won", 750],
    ["BACK", 1000, 2.5, "push", 0],
    ["BACK", 1000, 2.5, "void", 0],
    ["BACK", 1000, 2.5, "half-lost", -500],
    ["BACK", 1000, 2.5, "lost", -1000],
    ["LAY", 1000, 2.5, "won", -1500],
    ["LAY", 1000, 2.5, "half-won", -750],
    ["LAY", 1000, 2.5, "lost", 1000],
    ["LAY", 1000, 2.5, "half-lost", 500],
    // 3.33 at 2.15: 3.33 x 1.15 = 3.8295, 3.83; half of it 1.91475, 1.91.
    ["BACK", 333, 2.15, "won", 383],
    ["BACK", 333, 2.15, "half-won", 191],
    // Half a loss of 0.05 is 0.025: halves to even, 0.02.
    ["BACK", 5, 2.15, "half-lost", -2],
  ] as const)("%s %d at %d %s: %d", (side, stake, price, outcome, expected) => {
    expect(grossProfitMinor(side, stake, price, outcome)).toBe(expected);
  });

  it("mirrors backs and lays to the penny", () => {
    const outcomes: readonly Outcome[] = ["won", "half-won", "push", "half-lost", "lost", "void"];
    const price = fc.integer({ min: 101, max: 100_000 }).map((each) => each / 100);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        price,
        fc.constantFrom(...outcomes),
        (stake, at, outcome) => {
          const back = grossProfitMinor("BACK", stake, at, outcome);
          expect(back + grossProfitMinor("LAY", stake, at, outcome)).toBe(0);
          expect(Number.isInteger(back)).toBe(true);
          expect(layerOutcome(layerOutcome(outcome))).toBe(outcome);
        },
      ),
      { seed: 42 },
    );
  });
});

describe("commissionShares", () => {
  it.each([
    // One winner: 2% of 15.00.
    [[1500], 0.02, [30]],
    // Net of the loser: 2% of 15.00 - 10.00 = 0.10, all on the winner.
    [[1500, -1000], 0.02, [10, 0]],
    // A net loss, and exactly nothing: no commission.
    [[500, -1000], 0.05, [0, 0]],
    [[1000, -1000], 0.05, [0, 0]],
    // 5% of 3.00 = 0.15, split 1:2.
    [[100, 200], 0.05, [5, 10]],
    // 5% of 0.90 = 4.5 pence, 4 by halves to even; 4/3 each, the penny left over to the first.
    [[30, 30, 30], 0.05, [2, 1, 1]],
    [[], 0.05, []],
  ])("%j at %d: %j", (gross, rate, expected) => {
    expect(commissionShares(gross, rate)).toEqual(expected);
  });

  it("adds up exactly and never takes from a loser", () => {
    const gross = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { maxLength: 6 });
    fc.assert(
      fc.property(gross, fc.constantFrom(0, 0.02, 0.05, 0.065), (bets, rate) => {
        const shares = commissionShares(bets, rate);
        const net = bets.reduce((sum, each) => sum + each, 0);
        const total = shares.reduce((sum, each) => sum + each, 0);
        expect(Math.abs(total - Math.max(0, net) * rate)).toBeLessThanOrEqual(0.5 + 1e-6);
        for (const [index, share] of shares.entries()) {
          expect(share).toBeGreaterThanOrEqual(0);
          if ((bets[index] ?? 0) <= 0) expect(share).toBe(0);
        }
      }),
      { seed: 42 },
    );
  });
});
