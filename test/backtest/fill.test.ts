import { describe, expect, it } from "vitest";
import { prepareInTurn } from "../../src/backtest/backtest.js";
import { settleFixture } from "../../src/backtest/bet.js";
import { fillIntents } from "../../src/backtest/fill.js";
import { modelsOf } from "../../src/backtest/model.js";
import { walkForward } from "../../src/backtest/walk.js";
import type { PriceSnapshot } from "../../src/domain/price.js";
import { decide, type Intent } from "../../src/strategy/decide.js";
import { KICK_OFF, strategyOf, viewOf } from "../strategy/views.js";
import { constantModel, registry, sha256 } from "./models.js";
import { memory } from "./source.js";

const ASOF = KICK_OFF - 3_600_000;
const fills = (keys: string) =>
  strategyOf("prices: { sources: [B365], moment: 'asof:-1h' }", `fills: { ${keys} }`).fills;

function intent(overrides: Partial<Intent> = {}): Intent {
  const [bet] = decide(strategyOf("runners: [HOME]"), viewOf({ asOf: ASOF }));
  if (!bet) throw new Error("no bet");
  return { ...bet, ...overrides };
}

function tick(price: number, secondsLater: number, overrides: Partial<PriceSnapshot> = {}): PriceSnapshot {
  return {
    fixtureId: 7,
    market: "MATCH_ODDS",
    runner: "HOME",
    line: 0,
    source: "B365",
    side: "BACK",
    moment: "tick",
    price,
    size: null,
    observedAt: ASOF + 1000 * secondsLater,
    ...overrides,
  };
}

describe("fillIntents", () => {
  const fiveSeconds = fills("latency: 5s");

  it("takes every bet at its price without a latency", () => {
    const bet = intent();
    expect(fillIntents([bet], [], KICK_OFF, fills("slippage: 0.01"))).toEqual({ filled: [bet], missed: [] });
  });

  it.each([
    // Asked at 2.20: the next price after five seconds, and nothing before it.
    ["a better price", [tick(2.1, 4), tick(2.3, 6), tick(2, 9)], 2.3],
    ["the same price", [tick(2.2, 6)], 2.2],
    ["a worse price", [tick(2.18, 6), tick(2.4, 9)], null],
    ["a price at the very end of the latency", [tick(2.3, 5)], null],
    [
      "another source, side, line or runner",
      [tick(2.3, 6, { source: "PS" }), tick(2.3, 6, { side: "LAY" })],
      null,
    ],
    ["a price at kick-off", [tick(2.3, 3600)], null],
    ["a closing price", [tick(2.3, 6, { moment: "close" })], null],
    ["no price", [], null],
  ] as const)("%s", (_, prices, expected) => {
    const { filled, missed } = fillIntents([intent()], prices, KICK_OFF, fiveSeconds);
    expect(filled.map(({ price }) => price)).toEqual(expected === null ? [] : [expected]);
    expect(missed).toHaveLength(expected === null ? 1 : 0);
  });

  it("reckons a lay's liability at the price it was had at", () => {
    // Asked at 4.00 for 10.00: 30.00 at most. Had at 3.80: 28.00.
    const lay = intent({ side: "LAY", price: 4, stakeMinor: 1000, liabilityMinor: 3000 });
    const { filled } = fillIntents([lay], [tick(3.8, 6, { side: "LAY" })], KICK_OFF, fiveSeconds);
    expect(filled[0]).toMatchObject({ price: 3.8, liabilityMinor: 2800 });
  });

  it("is counted by a backtest as a refusal", async () => {
    const rows = [3600, 3590].map((secondsBefore, index) => ({
      source: "B365",
      moment: "tick" as const,
      prices: index === 0 ? [2.2, 3.4, 3.6] : [2, 3.6, 4],
      observedAt: KICK_OFF - 1000 * secondsBefore,
    }));
    const strategy = (move: string) =>
      strategyOf(
        "runners: [HOME]",
        "prices: { sources: [B365], moment: 'asof:-1h' }",
        `fills: { latency: 5s, maxMove: ${move} }`,
      );
    const walk = async (move: string) => {
      const own = strategy(move);
      const row = { day: "2015-08-15", minutes: 900, home: "Ash", away: "Birch", score: "1-0", prices: rows };
      const models = modelsOf(own, registry(constantModel(0.6, 0.2)));
      return walkForward(await prepareInTurn(memory([row]), sha256)(own, models), own);
    };
    const lapsed = await walk("0.1");
    expect(lapsed.bets).toHaveLength(0);
    expect(lapsed.refusals.get("no-fill")).toBe(1);
    // A fifth of 1.20 may be lost: 1.96 will do, 2.00 is had.
    expect((await walk("0.2")).bets.map(({ price, quotedPrice }) => [price, quotedPrice])).toEqual([
      [2, 2.2],
    ]);
  });
});

describe("commission by source", () => {
  it("is taken from each source's own net winnings on a market", () => {
    const { fixture } = viewOf();
    const bets = [
      intent({ source: "BFE", price: 3, stakeMinor: 1000 }),
      intent({ source: "BFE", runner: "DRAW", price: 4, stakeMinor: 500 }),
      intent({ source: "B365", runner: "AWAY", price: 4, stakeMinor: 700 }),
      intent({ source: "B365", price: 3, stakeMinor: 100 }),
    ];
    const result = {
      fixtureId: 7,
      revision: 0,
      homeGoals: 1,
      awayGoals: 0,
      halfTimeHome: null,
      halfTimeAway: null,
      knownAt: 0,
    };
    const rates = { commission: 0.02, commissionBySource: { BFE: 0.05 } };
    const settled = settleFixture(bets, fixture, { result, settledAt: 0 }, rates, () => null);
    // BFE: 20.00 won less 5.00 lost, 5% of 15.00. B365: 2.00 won less 7.00 lost, nothing to take.
    expect(settled.map(({ commissionMinor }) => commissionMinor)).toEqual([75, 0, 0, 0]);
    expect(settled.map(({ profitMinor }) => profitMinor)).toEqual([1925, -500, -700, 200]);
  });
});
