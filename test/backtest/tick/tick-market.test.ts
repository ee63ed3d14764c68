import { describe, expect, it } from "vitest";
import { decideTicks } from "../../../src/backtest/tick/decide-ticks.js";
import { accountAt } from "../../../src/backtest/tick/ledger.js";
import { FILL_MODES, type TickOrder } from "../../../src/backtest/tick/market.js";
import { tickMarket } from "../../../src/commands/shared/tick-markets.js";
import type { Strategy } from "../../../src/strategy/strategy.js";
import type { ExchangeLink } from "../../../src/warehouse/port.js";
import { closing, START, scripted, type Update } from "../../exchange/simulator/market.js";
import { matchOdds, strategyOf, viewOf } from "../../strategy/views.js";

const link: ExchangeLink = {
  venue: "betfair",
  marketId: "1.1",
  fixtureId: 7,
  market: "MATCH_ODDS",
  runners: ["HOME", "DRAW", "AWAY"].map((runner, i) => ({ selectionId: i + 1, handicap: 0, runner })),
};

/** Home 2.2 to back, draw 3.4, away 3.6, each with GBP 100 and a lay a little above. */
const opening: Update = {
  at: 1000,
  rc: [
    { id: 1, atb: [[2.2, 100]], atl: [[2.24, 100]] },
    { id: 2, atb: [[3.4, 100]], atl: [[3.5, 100]] },
    { id: 3, atb: [[3.6, 100]], atl: [[3.7, 100]] },
  ],
};
const turn = (at: number): Update => ({ at, definition: { inPlay: true, version: 2 } });
const won = closing(900_000, { status: "WINNER" }, { status: "LOSER" }, { status: "LOSER" });
const marketOf = (...updates: Update[]) => tickMarket(link, scripted(opening, ...updates, won));

const strategy: Strategy = strategyOf(
  "side: back",
  "prices: { sources: [BFE], moment: tick, maxOverround: 0.2 }",
  "entry: { edge: { min: 0.05 } }",
);
const sight = (chances: readonly number[]) => ({
  view: viewOf({ asOf: START, books: [matchOdds(chances, [[], [], []])] }),
});
const ACCOUNT = { bankMinor: 10_000, openMinor: 0, dayRiskMinor: 0, dayLossMinor: 0 };

describe("the moment tick", () => {
  it("is asof with every tick from an hour before the start, or from when the file says", () => {
    expect(strategy.prices.moment).toEqual({ kind: "asof", beforeMs: 3_600_000, everyTick: true });
    const other = strategyOf("prices: { sources: [BFE], moment: 'tick:-30m' }");
    expect(other.prices.moment).toEqual({ kind: "asof", beforeMs: 1_800_000, everyTick: true });
  });
});

describe("deciding on ticks", () => {
  it("bets once on each runner, when its price is first good enough", () => {
    const market = marketOf(
      {
        at: 20_000,
        rc: [
          {
            id: 3,
            atb: [
              [3.6, 0],
              [4.2, 30],
            ],
            atl: [
              [3.7, 0],
              [4.4, 30],
            ],
          },
        ],
      },
      {
        at: 30_000,
        rc: [
          {
            id: 3,
            atb: [[4.4, 30]],
            atl: [
              [4.4, 0],
              [4.6, 9],
            ],
          },
        ],
      },
      turn(40_000),
    );
    // 0.5 x 2.2 - 1 = 10% at once; 0.25 x 3.6 - 1 is below 5%, 0.25 x 4.2 - 1 = 5% is not.
    const intents = decideTicks(strategy, sight([0.5, 0.25, 0.25]), market, ACCOUNT);
    const told = intents.map(({ runner, side, price, asOf }) => [runner, side, price, asOf - START]);
    expect(told).toEqual([
      ["HOME", "BACK", 2.2, 1000],
      ["AWAY", "BACK", 4.2, 20_000],
    ]);
  });

  it("sees nothing of a market that is in play, and nothing before its window", () => {
    const market = marketOf(turn(5000), { at: 6000, rc: [{ id: 3, atb: [[10, 50]] }] });
    const late = { view: { ...sight([0.4, 0.25, 0.25]).view, asOf: START + 3000 } };
    expect(decideTicks(strategy, sight([0.4, 0.25, 0.25]), market, ACCOUNT)).toEqual([]);
    expect(decideTicks(strategy, late, marketOf(turn(5000)), ACCOUNT)).toEqual([]);
  });

  it("counts its own earlier bets of the match against the limits", () => {
    const limited: Strategy = { ...strategy, limits: { ...strategy.limits, perDayMinor: 1000 } };
    const market = marketOf({ at: 20_000, rc: [{ id: 3, atb: [[4.4, 30]] }] }, turn(40_000));
    const runnersBet = decideTicks(limited, sight([0.5, 0.25, 0.25]), market, ACCOUNT).map(
      ({ runner }) => runner,
    );
    expect(runnersBet).toEqual(["HOME"]);
  });
});

describe("filling the same order three ways", () => {
  const order: TickOrder = { at: START + 1000, runner: "HOME", side: "BACK", price: 2.2, stakeMinor: 1000 };
  const outcomes = (...updates: Update[]) =>
    Object.fromEntries(
      FILL_MODES.map((mode) => {
        const { fills, commissionMinor } = marketOf(...updates).replay([order], mode);
        return [
          mode,
          [fills[0]?.matchedMinor, fills[0]?.averagePrice, fills[0]?.profitMinor, commissionMinor],
        ];
      }),
    );

  it("is one where the price is still there after the latency", () => {
    // GBP 10 at 2.2 wins 12, less 5% commission.
    const whole = [1000, 2.2, 1200, 60];
    expect(outcomes({ at: 2000, rc: [{ id: 1, ltp: 2.2 }] }, turn(3000))).toEqual({
      pessimistic: whole,
      peer: whole,
      full: whole,
    });
  });

  it("is a queue where the price went before the order came", () => {
    // The offer goes within the 120 ms, the order waits at 2.2; 30 newcomers stand there too when 12 trade, of which
    // each side is half: 6 for one in front of the newcomers, nothing for one behind them.
    const told = outcomes(
      {
        at: 1050,
        rc: [
          {
            id: 1,
            atb: [
              [2.2, 0],
              [2.1, 50],
            ],
          },
        ],
      },
      { at: 2000, rc: [{ id: 1, ltp: 2.1 }] },
      { at: 3000, rc: [{ id: 1, atl: [[2.2, 30]] }] },
      { at: 4000, rc: [{ id: 1, trd: [[2.2, 12]] }] },
      turn(5000),
    );
    expect(told).toEqual({
      pessimistic: [0, 0, 0, 0],
      peer: [600, 2.2, 720, 36],
      full: [1000, 2.2, 1200, 60],
    });
  });

  it("pays no commission on a loss, and gives a removed runner's stake back", () => {
    const updates = [opening, { at: 2000, rc: [{ id: 1, ltp: 2.2 }] }];
    const lost = tickMarket(
      link,
      scripted(...updates, closing(9000, { status: "LOSER" }, { status: "WINNER" })),
    );
    expect(lost.replay([order], "peer")).toEqual({
      fills: [{ matchedMinor: 1000, averagePrice: 2.2, profitMinor: -1000 }],
      commissionMinor: 0,
    });
    const gone = tickMarket(
      link,
      scripted(...updates, closing(9000, { status: "REMOVED" }, { status: "WINNER" })),
    );
    expect(gone.replay([order], "full").fills[0]?.profitMinor).toBe(0);
  });
});

describe("money between markets", () => {
  it("is in the bank once settled, and at risk until then", () => {
    const day = Date.UTC(2024, 0, 5);
    const positions = [
      { placedAt: day - 9e7, settledAt: day + 1000, riskMinor: 500, netMinor: -500 },
      { placedAt: day + 10, settledAt: day + 9e6, riskMinor: 700, netMinor: 900 },
    ];
    expect(accountAt(10_000, positions, day + 5000)).toEqual({
      bankMinor: 9500,
      openMinor: 700,
      dayRiskMinor: 700,
      dayLossMinor: 500,
    });
  });
});
