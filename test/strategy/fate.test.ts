import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fate, settleFate } from "../../src/strategy/fate.js";
import { type FateRevision, type StruckBet, settlementEntries } from "../../src/strategy/resettle.js";

// Expected outcomes from the exchange's rules: what no further goal can change stands, the rest is void.
describe("settleFate", () => {
  const abandoned: Fate = { kind: "abandoned", homeGoals: 2, awayGoals: 1 };
  it.each([
    ["OVER_UNDER_25", "OVER", 0, abandoned, "won"],
    ["OVER_UNDER_25", "UNDER", 0, abandoned, "lost"],
    ["OVER_UNDER_35", "UNDER", 0, abandoned, "void"],
    ["BOTH_TEAMS_TO_SCORE", "YES", 0, abandoned, "won"],
    ["MATCH_ODDS", "HOME", 0, abandoned, "void"],
    ["ASIAN_HANDICAP", "HOME", -2, abandoned, "void"],
    ["CORRECT_SCORE", "1-0", 0, abandoned, "lost"],
    ["CORRECT_SCORE", "2-1", 0, abandoned, "void"],
    // Line 2.75 at 3 goals: half of the stake has won, and a further goal would win the other half.
    ["ALT_TOTAL_GOALS", "OVER", 11, abandoned, "void"],
    ["ALT_TOTAL_GOALS", "OVER", 9, abandoned, "won"],
    ["MATCH_ODDS", "AWAY", 0, { kind: "postponed", days: 3, homeGoals: 0, awayGoals: 1 }, "won"],
    ["MATCH_ODDS", "AWAY", 0, { kind: "postponed", days: 4, homeGoals: 0, awayGoals: 1 }, "void"],
    // 3-0 by verdict after 1-2 on the pitch: the pitch counts.
    ["MATCH_ODDS", "AWAY", 0, { kind: "awarded", played: { homeGoals: 1, awayGoals: 2 } }, "won"],
    ["MATCH_ODDS", "AWAY", 0, { kind: "awarded", played: null }, "void"],
    ["MATCH_ODDS", "HOME", 0, { kind: "not-played" }, "void"],
    ["ASIAN_HANDICAP", "HOME", -1, { kind: "played", homeGoals: 1, awayGoals: 1 }, "half-lost"],
  ] as const)("%s %s %d of %o: %s", (market, runner, line, fate, outcome) => {
    expect(settleFate(market, runner, line, fate)).toBe(outcome);
  });
});

describe("settlementEntries", () => {
  const back: StruckBet = {
    market: "MATCH_ODDS",
    runner: "HOME",
    line: 0,
    side: "BACK",
    price: 3,
    stakeMinor: 1000,
  };
  const at = (revision: number, homeGoals: number, awayGoals: number): FateRevision => ({
    revision,
    knownAt: 100 * revision,
    fate: { kind: "played", homeGoals, awayGoals },
  });

  it("adds an entry for a corrected result, which moves the difference alone", () => {
    // 1-1 loses 10.00; corrected to 2-1 it wins 20.00 less 5%: 19.00, a movement of 29.00.
    expect(settlementEntries([back], [at(0, 1, 1), at(1, 2, 1)], 0.05)).toEqual([
      { bet: 0, revision: 0, knownAt: 0, outcome: "lost", profitMinor: -1000, changeMinor: -1000 },
      { bet: 0, revision: 1, knownAt: 100, outcome: "won", profitMinor: 1900, changeMinor: 2900 },
    ]);
  });

  it("adds none for a correction that changes nothing", () => {
    expect(settlementEntries([back], [at(0, 2, 1), at(1, 3, 1)], 0)).toHaveLength(1);
  });

  it("adds up to the settlement under the last revision", () => {
    const goals = fc.integer({ min: 0, max: 4 });
    const revisions = fc.array(fc.tuple(goals, goals), { minLength: 1, maxLength: 5 });
    const runner = fc.constantFrom("HOME", "DRAW", "AWAY");
    const bet = fc.record({ runner, side: fc.constantFrom("BACK" as const, "LAY" as const) });
    fc.assert(
      fc.property(fc.array(bet, { minLength: 1, maxLength: 4 }), revisions, (parts, scores) => {
        const bets = parts.map((part) => ({ ...back, ...part }));
        const all = scores.map(([home, away], index) => at(index, home, away));
        const moved = settlementEntries(bets, all, 0.05);
        const final = settlementEntries(bets, all.slice(-1), 0.05);
        for (const index of bets.keys()) {
          const sum = moved
            .filter(({ bet: own }) => own === index)
            .reduce((total, { changeMinor }) => total + changeMinor, 0);
          expect(sum).toBe(final[index]?.profitMinor);
        }
      }),
      { seed: 42 },
    );
  });
});
