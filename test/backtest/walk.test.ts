import { describe, expect, it } from "vitest";
import { type Backtest, runBacktest } from "../../src/backtest/backtest.js";
import { betsRows } from "../../src/backtest/bets-table.js";
import type { ModelEntry } from "../../src/backtest/model.js";
import { isStatisticoError } from "../../src/core/errors.js";
import type { Strategy } from "../../src/strategy/strategy.js";
import { strategyOf } from "../strategy/views.js";
import { constantModel, newWitness, registry, sha256 } from "./models.js";
import { close, dayOf, early, memory, type Row } from "./source.js";

function run(
  rows: readonly Row[],
  strategy: Strategy,
  model: ModelEntry = constantModel(0.5, 0.25),
): Promise<Backtest> {
  return runBacktest(memory(rows), strategy, {
    seed: 1,
    version: "0",
    models: registry(model),
    hash: sha256,
  });
}

/** A match with a 1X2 of B365 that only its home side is worth backing in: 2.2 against our 0.5. */
function match(day: string, home: string, away: string, score?: string, more: Partial<Row> = {}): Row {
  const result = score === undefined ? {} : { score };
  return { day, home, away, ...result, prices: [early("B365", 2.2, 3.6, 3.4)], ...more };
}

const EDGE = "entry: { edge: { min: 0.05 } }";

describe("money through time", () => {
  const HALF = "staking: { method: percentage, percent: 50 }";

  it("stakes all bets of a slot from the bank known then, and the next slot from what was settled", async () => {
    // Bank 100: half of it twice on Friday, though Saturday's bet is settled before Monday's match is played.
    // Saturday wins 50 x 1.2 = 60, Monday loses 50: 110 on Tuesday, half of it 55.
    const rows = [
      match("2015-08-15", "Ash", "Birch", "1-0"),
      match("2015-08-17", "Cedar", "Dogwood", "0-1"),
      match("2015-08-19", "Ash", "Cedar", "1-0"),
    ];
    const { bets } = await run(rows, strategyOf(EDGE, HALF));
    expect(bets.map(({ stakeMinor }) => stakeMinor)).toEqual([5000, 5000, 5500]);
  });

  it("keeps back what is still open", async () => {
    // Two halves on Friday leave nothing; a third match of the slot finds the bank empty.
    const rows = [
      match("2015-08-15", "Ash", "Birch", "1-0"),
      match("2015-08-15", "Cedar", "Dogwood", "1-0"),
      match("2015-08-15", "Elm", "Fir", "1-0"),
    ];
    const { bets, document } = await run(rows, strategyOf(EDGE, HALF));
    expect(bets).toHaveLength(2);
    expect(document.refusals.stake).toBe(1);
  });

  it("pays out when the result was known, not before", async () => {
    // Monday 20:00 ends at 22:15: the Tuesday 15:00 slot knows it. Tuesday 20:00 is not known to its own slot.
    const rows = [
      match("2015-08-17", "Ash", "Birch", "0-1", { minutes: 20 * 60 }),
      match("2015-08-18", "Cedar", "Dogwood", "0-1", { minutes: 20 * 60 }),
      match("2015-08-20", "Elm", "Fir", "1-0", { minutes: 20 * 60 }),
    ];
    const { bets } = await run(rows, strategyOf(EDGE, "staking: { method: percentage, percent: 10 }"));
    // 10.00; bank 90: 9.00; the same slot, the same bank: 9.00.
    expect(bets.map(({ stakeMinor }) => stakeMinor)).toEqual([1000, 900, 900]);
  });

  it("never lets the bank fall below nothing", async () => {
    const rows = Array.from({ length: 30 }, (_, week) => {
      const day = new Date(Date.UTC(2015, 7, 15 + 7 * week)).toISOString().slice(0, 10);
      return match(day, "Ash", "Birch", "0-1");
    });
    const { document, equity } = await run(rows, strategyOf(EDGE, "staking: { method: flat, stake: 30 }"));
    // 100.00 less 30 three times and 10 once.
    expect(document).toMatchObject({
      bets: 4,
      finalBank: 0,
      profit: -100,
      maxDrawdown: { amount: 100, share: 1 },
    });
    expect(equity.map(({ bankMinor }) => bankMinor)).toEqual([10_000, 7000, 4000, 1000, 0]);
    expect(document.warnings[0]).toBe("the bank was all but lost");
  });

  it("limits a day's stakes across fixtures and stops after a day's loss", async () => {
    const friday = [1, 2, 3].map((n) => match("2015-08-15", `H${n}`, `A${n}`, "1-0"));
    const { bets } = await run(friday, strategyOf(EDGE, "limits: { perDay: 25 }"));
    expect(bets.map(({ stakeMinor }) => stakeMinor)).toEqual([1000, 1000, 500]);
    // asof: bets of one Saturday, the second an hour before a start at 17:30, when the noon match is settled.
    const saturday = [
      match("2015-08-15", "Ash", "Birch", "0-1", { minutes: 12 * 60 }),
      match("2015-08-15", "Cedar", "Dogwood", "1-0", { minutes: 17 * 60 + 30 }),
    ];
    const asof = "prices: { sources: [B365], moment: asof:-60m }";
    const stopped = await run(saturday, strategyOf(EDGE, asof, "limits: { perDayLoss: 10 }"));
    expect(stopped.document).toMatchObject({ bets: 1, refusals: { "day-loss": 1 } });
    const free = await run(saturday, strategyOf(EDGE, asof, "limits: { perDayLoss: 10.01 }"));
    expect(free.document.bets).toBe(2);
  });
});

describe("what is known when", () => {
  it("shows models finished matches of earlier days, once, in kick-off order", async () => {
    const witness = newWitness();
    const rows = [
      match("2015-08-15", "Ash", "Birch", "1-0"),
      match("2015-08-16", "Cedar", "Dogwood", "2-2"),
      // Midday on the day of a slot: known by 17:00, but of the same day.
      match("2015-08-21", "Elm", "Fir", "0-3", { minutes: 12 * 60 }),
      match("2015-08-22", "Ash", "Cedar", "1-1"),
      match("2015-08-29", "Birch", "Dogwood", "1-1"),
    ];
    await run(rows, strategyOf(), constantModel(0.5, 0.25, witness));
    expect(witness.seen.map(({ fixture }) => fixture.home.name)).toEqual(["Ash", "Cedar", "Elm", "Ash"]);
    // Slots: Friday 14 August (two), Tuesday 18 (for the Friday noon match), Fridays 21 and 28.
    expect(witness.asked).toEqual(
      ["2015-08-14", "2015-08-14", "2015-08-18", "2015-08-21", "2015-08-28"].map(dayOf),
    );
  });

  it("trains on the score as it stood and settles by its correction", async () => {
    const witness = newWitness();
    const late = Date.UTC(2016, 0, 1);
    const rows = [
      match("2015-08-15", "Ash", "Birch", "0-1", { corrected: { score: "1-0", knownAt: late } }),
      match("2015-08-22", "Cedar", "Dogwood", "1-0"),
    ];
    const { bets, document } = await run(rows, strategyOf(EDGE), constantModel(0.5, 0.25, witness));
    expect(witness.seen.map(({ result }) => `${result.homeGoals}-${result.awayGoals}`)).toEqual(["0-1"]);
    expect(bets[0]).toMatchObject({
      outcome: "won",
      profitMinor: 1200,
      settledAt: Date.UTC(2015, 7, 15, 23),
    });
    // 10.00 were lost at 0-1; the correction to 1-0 moves 22.00.
    const [row] = betsRows({ bets });
    expect([row.firstProfit, row.correctedAt]).toEqual(["-10.00", "2016-01-01T00:00:00Z"]);
    expect(document.warnings).toContain("settled anew by a corrected result: 1 bet, 22.00 in all");
  });

  // Friday's early price of a match that was meant for Saturday the 15th. The price is kept when the match is put off.
  const slot = Date.UTC(2015, 7, 14, 16);
  const putOff = (day: string, knownAt: number): Row =>
    match(day, "Ash", "Birch", "1-0", {
      moved: [{ from: "2015-08-15", knownAt }],
      prices: [{ ...early("B365", 2.2, 3.6, 3.4), observedAt: slot }],
    });

  it.each([
    // Three days late: the bet stands and wins 12.00.
    ["2015-08-18", slot + 1, "won", 1200, Date.UTC(2015, 7, 18, 23)],
    // Four days late: void, three days after 15:00 in London on the 15th.
    ["2015-08-19", slot + 1, "void", 0, Date.UTC(2015, 7, 18, 14)],
    // Four days late, but that was known before the bet was struck.
    ["2015-08-19", slot, "won", 1200, Date.UTC(2015, 7, 19, 23)],
  ] as const)(
    "settles a match played on %s, put off at %d: %s",
    async (day, knownAt, outcome, profitMinor, settledAt) => {
      const { bets } = await run([putOff(day, knownAt)], strategyOf(EDGE));
      expect(bets).toMatchObject([{ outcome, profitMinor, settledAt }]);
    },
  );

  it("gives a learning model the closing market of past matches, margin removed, early prices where it has none", async () => {
    const witness = newWitness();
    const total = {
      source: "B365",
      moment: "close" as const,
      market: "OVER_UNDER_25" as const,
      prices: [1.9, 1.9],
    };
    const rows = [
      match("2015-08-15", "Ash", "Birch", "1-0", {
        prices: [early("B365", 3, 3, 3), close("PS", 1.9, 3.8, 3.8), total],
      }),
      match("2015-08-15", "Cedar", "Dogwood", "1-0", { prices: [early("B365", 2.8, 2.8, 2.8)] }),
      match("2015-08-15", "Elm", "Fir", "1-0", { prices: [] }),
      match("2015-08-22", "Ash", "Cedar", "1-0"),
    ];
    await run(rows, strategyOf(), constantModel(0.5, 0.25, witness));
    const [first, second, third] = witness.seen.map(({ market }) => market);
    // Power method on 1.9, 3.8, 3.8: k solves 1.9^-k + 2 x 3.8^-k = 1; home and away keep their odds ratio by it.
    expect((first?.home ?? 0) + (first?.draw ?? 0) + (first?.away ?? 0)).toBeCloseTo(1, 12);
    expect(Math.log(first?.home ?? 0) / Math.log(first?.away ?? 0)).toBeCloseTo(
      Math.log(1.9) / Math.log(3.8),
      10,
    );
    expect(first?.over25).toBeCloseTo(0.5, 12);
    expect(second).toEqual({
      home: expect.closeTo(1 / 3, 12),
      draw: expect.closeTo(1 / 3, 12),
      away: expect.closeTo(1 / 3, 12),
      over25: null,
    });
    expect(third).toBeNull();
  });

  it("takes the last tick observed by asof, never a later one nor the close", async () => {
    const kickOff = Date.UTC(2015, 7, 15, 14);
    const tick = (minutes: number, price: number) => ({
      source: "B365",
      moment: "tick" as const,
      prices: [price, 3.6, 3.4],
      observedAt: kickOff - minutes * 60_000,
    });
    const rows = [
      match("2015-08-15", "Ash", "Birch", "1-0", {
        minutes: 15 * 60,
        prices: [
          early("B365", 2.1, 3.6, 3.4),
          tick(90, 2.3),
          tick(60, 2.4),
          tick(59, 2.6),
          close("B365", 3, 3.6, 3.4),
        ],
      }),
    ];
    const { bets } = await run(rows, strategyOf(EDGE, "prices: { sources: [B365], moment: asof:-60m }"));
    expect(bets[0]).toMatchObject({ price: 2.4, asOf: kickOff - 3_600_000, observedAt: kickOff - 3_600_000 });
    const earlier = await run(rows, strategyOf(EDGE, "prices: { sources: [B365], moment: asof:-1d }"));
    expect(earlier.document.bets).toBe(0);
  });

  it("bets at the close only when asked to, and says what that is worth", async () => {
    const rows = [
      match("2015-08-15", "Ash", "Birch", "1-0", {
        prices: [early("B365", 1.5, 3.6, 7), close("B365", 2.2, 3.6, 3.4)],
      }),
    ];
    const { bets, document } = await run(
      rows,
      strategyOf(EDGE, "prices: { sources: [B365], moment: close }"),
    );
    expect(bets[0]).toMatchObject({ price: 2.2, asOf: Date.UTC(2015, 7, 15, 14) });
    expect(document.warnings).toContain(
      "bets are struck at closing prices, which cannot be had: closing line value shows no more than the margin",
    );
    expect((await run(rows, strategyOf(EDGE))).bets[0]?.price).not.toBe(2.2);
  });
});

describe("fixtures that are not played", () => {
  it("voids a match its league has played on without, and leaves out matches still to come", async () => {
    const rows = [
      match("2015-08-15", "Ash", "Birch"),
      match("2015-08-15", "Cedar", "Dogwood", "1-0"),
      match("2015-08-29", "Ash", "Cedar", "0-1"),
      match("2015-09-05", "Birch", "Dogwood"),
    ];
    const { document, bets } = await run(rows, strategyOf(EDGE));
    expect(document).toMatchObject({
      fixtures: 3,
      bets: 3,
      won: 1,
      lost: 1,
      void: 1,
      staked: 30,
      profit: 2,
      hitRate: 0.5,
    });
    expect(bets[0]).toMatchObject({ outcome: "void", profitMinor: 0, result: null });
    expect(document.warnings).toContain("left out, without a result yet: 1 fixture");
    expect(document.warnings).toContain("void, on matches that were never played: 1 bet");
  });
});

describe("markets and sides", () => {
  it("settles Asian handicaps by halves, one commission on the market", async () => {
    // Home -0.25 at 2.4 on the grid 1-0 0.5, 0-0 0.25, 0-1 0.25: win 0.5, half a loss 0.25, loss 0.25.
    // Edge less 2%: 0.5 x 1.4 x 0.98 - 0.125 - 0.25 = 0.311. A draw loses half of 10.00.
    const handicap = {
      source: "B365",
      moment: "early" as const,
      market: "ASIAN_HANDICAP" as const,
      line: -1,
      prices: [2.4, 1.7],
    };
    const closing = { ...handicap, source: "PS", moment: "close" as const, prices: [2, 2] };
    const rows = [
      match("2015-08-15", "Ash", "Birch", "0-0", { prices: [handicap, closing] }),
      match("2015-08-15", "Cedar", "Dogwood", "1-0", { prices: [handicap, { ...closing, line: -2 }] }),
    ];
    const strategy = strategyOf("markets: [ASIAN_HANDICAP]", EDGE, "commission: 0.02");
    const result = await run(rows, strategy);
    expect(result.bets[0]?.edge).toBeCloseTo(0.311, 12);
    // Effective probability 0.5 / (0.5 + 0.25 + 0.125).
    expect(result.bets[0]?.probability).toBeCloseTo(0.5 / 0.875, 12);
    expect(
      betsRows(result).map(({ line, result: ended, profit, commission, clv }) => [
        line,
        ended,
        profit,
        commission,
        clv,
      ]),
    ).toEqual([
      ["-0.25", "half-lost", "-5.00", "0.00", 0.2],
      // 14.00 less 0.28; the close was quoted on another line.
      ["-0.25", "won", "13.72", "0.28", null],
    ]);
    expect(result.document).toMatchObject({ won: 1, halfLost: 1, lost: 0, hitRate: 0.5 });
  });

  it("lays at lay prices: liability, mirrored closing value", async () => {
    const lay = { ...early("B365", 1.8, 4.5, 5), side: "LAY" as const };
    const rows = [match("2015-08-15", "Ash", "Birch", "0-1", { prices: [lay, close("PS", 2, 4, 4)] })];
    const result = await run(rows, strategyOf("side: lay", EDGE));
    // HOME at 1.8: (1 - 0.5) - 0.5 x 0.8 = 0.1. CLV of the layer: 1 - 1.8 x 0.5 = 0.1.
    expect(betsRows(result)[0]).toMatchObject({
      side: "LAY",
      liability: "8.00",
      profit: "10.00",
      result: "won",
      clv: 0.1,
    });
  });

  it("takes probabilities from a sharp book's early price when told to", async () => {
    const rows = [
      match("2015-08-15", "Ash", "Birch", "1-0", {
        prices: [early("PS", 2, 4, 4), early("B365", 2.2, 3.6, 3.4)],
      }),
    ];
    const { bets } = await run(rows, strategyOf(EDGE, "model: { name: fair-price }"));
    expect(bets).toHaveLength(1);
    expect(bets[0]).toMatchObject({
      runner: "HOME",
      source: "B365",
      probability: expect.closeTo(0.5, 12),
      modelVersion: "fair-price PS",
    });
  });

  it("marks aggregates as prices that no single book gives", async () => {
    const rows = [match("2015-08-15", "Ash", "Birch", "1-0", { prices: [early("Max", 2.2, 3.6, 3.4)] })];
    const { document } = await run(rows, strategyOf(EDGE, "prices: { sources: [Max] }"));
    expect(document.warnings).toContain(
      "Max is a figure over many books, not a book: no single place takes a bet at its price",
    );
  });
});

describe("filters in a backtest", () => {
  it("gives no bet before there are enough games, with the reason counted", async () => {
    const rows = [
      match("2015-08-15", "Ash", "Birch", "3-0"),
      match("2015-08-22", "Ash", "Cedar", "2-0"),
      match("2015-08-29", "Ash", "Dogwood", "1-0"),
      match("2015-09-05", "Ash", "Elm", "1-0"),
      // A new season: form starts again.
      match("2016-08-13", "Ash", "Birch", "1-0"),
    ];
    const filter = "filters: [{ team: home, stat: goals, games: 2, atLeast: 2 }]";
    const { document, bets } = await run(rows, strategyOf(EDGE, filter, "seasons: { from: 2015, to: 2016 }"));
    // Averages before each match: none, one game, 2.5, 1.5, none.
    expect(bets.map(({ fixture }) => fixture.away.name)).toEqual(["Dogwood"]);
    expect(document.refusals).toMatchObject({ "too-few-games": 3, filter: 1 });
    expect(document.warnings).toContain("too few known games for a filter, so no bet: 3 times");
    expect(bets[0]?.because).toBe(
      "edge 10.00% at 2.2 with B365; ours 0.5000 against 0.4545; home goals for average 2.5 over 2 games; flat",
    );
  });
});

describe("refusals of a whole run", () => {
  const rows = [match("2015-08-15", "Ash", "Birch", "1-0")];
  it.each([
    ["leagues: [E0, SP1]", "data", /^no fixtures of SP1 in seasons 2015\/16 to 2015\/16$/],
    ["seasons: { from: 2016, to: 2017 }", "data", /^no fixtures of E0 in seasons/],
    ["model: { name: ratings }", "usage", /^model of strategy short cannot be backtested, was ratings$/],
    [
      "model: { name: poisson, xl: 1 }",
      "usage",
      /^model poisson has no such parameter, did you mean xi, was xl$/,
    ],
  ])("%s", async (line, kind, message) => {
    const models = { poisson: { ...constantModel(0.5, 0.25), parameters: ["xi", "ridge"] } };
    try {
      await runBacktest(memory(rows), strategyOf(line), { seed: 1, version: "0", models, hash: sha256 });
      expect.unreachable();
    } catch (error) {
      if (!isStatisticoError(error)) throw error;
      expect(error.kind).toBe(kind);
      expect(error.message).toMatch(message);
      expect(error.hint).not.toBe("");
    }
  });

  it("answers a run without any bet with nulls, not with zeros or NaN", async () => {
    const { document } = await run(rows, strategyOf("entry: { edge: { min: 9 } }"));
    expect(document).toMatchObject({
      bets: 0,
      roi: { value: null, low: null, high: null },
      clv: { mean: null, coverage: null },
      hitRate: null,
      averagePrice: null,
      sharpe: null,
      deflatedSharpe: null,
      pValue: null,
      finalBank: 100,
    });
    expect(document.warnings[0]).toBe(
      "no bet was struck: there is nothing to judge; an edge out of range (3)",
    );
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
