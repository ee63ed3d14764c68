import { describe, expect, it } from "vitest";
import type { Bet } from "../../src/backtest/bet.js";
import { settleFixture } from "../../src/backtest/bet.js";
import { openLedger } from "../../src/backtest/ledger.js";
import type { Intent } from "../../src/strategy/decide.js";
import { memory } from "./source.js";

const HOUR = 3_600_000;
const { fixtureList } = memory([{ day: "2015-08-15", home: "Ash", away: "Birch" }]);
const [fixture] = fixtureList;
const rates = { commission: 0.05, commissionBySource: {} };

function intent(more: Partial<Intent> = {}): Intent {
  return {
    fixtureId: fixture.id,
    market: "MATCH_ODDS",
    runner: "HOME",
    line: 0,
    side: "BACK",
    asOf: 0,
    price: 3,
    quotedPrice: 3,
    source: "B365",
    observedAt: 0,
    probability: 0.4,
    edge: 0.2,
    stakeMinor: 1000,
    liabilityMinor: 1000,
    modelVersion: "m",
    because: "",
    ...more,
  };
}

/** 1-1 at first, corrected to 2-1 a day later. */
function corrected(intents: readonly Intent[]): Bet[] {
  const score = (revision: number, homeGoals: number) =>
    ({
      revision,
      knownAt: 10 * HOUR + 24 * HOUR * revision,
      fate: { kind: "played", homeGoals, awayGoals: 1 },
    }) as const;
  const result = {
    fixtureId: fixture.id,
    revision: 1,
    homeGoals: 2,
    awayGoals: 1,
    halfTimeHome: null,
    halfTimeAway: null,
    knownAt: 34 * HOUR,
  };
  const ending = { result, settledAt: 10 * HOUR, fates: [score(0, 1), score(1, 2)] };
  return settleFixture(intents, fixture, ending, rates, () => null);
}

// By hand: 10.00 at 3.00 loses 10.00 at 1-1; at 2-1 it wins 20.00 less 5%, 19.00: a movement of 29.00.
describe("a corrected result", () => {
  it("makes a further entry, and the bet stands as last corrected", () => {
    const [bet] = corrected([intent()]);
    expect(bet).toMatchObject({
      outcome: "won",
      profitMinor: 1900,
      commissionMinor: 100,
      settledAt: 10 * HOUR,
    });
    expect(bet.corrections).toEqual([
      expect.objectContaining({ knownAt: 34 * HOUR, outcome: "won", profitMinor: 1900, changeMinor: 2900 }),
    ]);
  });

  it("makes none where it changes nothing for the bet", () => {
    // Under 3.5 goals wins at either score.
    const [bet] = corrected([intent({ market: "OVER_UNDER_35", runner: "UNDER" })]);
    expect(bet.outcome).toBe("won");
    expect(bet.corrections).toEqual([]);
  });

  it("moves the bank when it becomes known, not before", () => {
    const ledger = openLedger(100_000);
    ledger.strike(corrected([intent()]), 0);
    expect(ledger.account(HOUR)).toMatchObject({ bankMinor: 100_000, openMinor: 1000 });
    ledger.settleUntil(12 * HOUR);
    expect(ledger.account(12 * HOUR)).toMatchObject({ bankMinor: 99_000, openMinor: 0, dayLossMinor: 1000 });
    ledger.settleUntil(35 * HOUR);
    expect(ledger.account(35 * HOUR)).toMatchObject({ bankMinor: 101_900, openMinor: 0, dayLossMinor: 0 });
  });

  it("takes the commission of a market anew on its net under the correction", () => {
    // Home at 3.00 and draw at 4.00, 10.00 each. At 1-1: -10 + 30 = 20, 5% of it 1.00, borne by the draw: +29.00. At
    // 2-1: 20 - 10 = 10, 0.50, borne by the home win: +19.50, and the draw loses 10.00.
    const [home, draw] = corrected([intent(), intent({ runner: "DRAW", price: 4 })]);
    expect([home.profitMinor, draw.profitMinor]).toEqual([1950, -1000]);
    expect(home.corrections.map(({ changeMinor }) => changeMinor)).toEqual([2950]);
    expect(draw.corrections.map(({ changeMinor }) => changeMinor)).toEqual([-3900]);
  });
});
