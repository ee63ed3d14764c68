import { describe, expect, it } from "vitest";
import { runBacktest } from "../../src/backtest/backtest.js";
import type { Bet } from "../../src/backtest/bet.js";
import { createRng } from "../../src/core/rng.js";
import { collectionSlot, kickOffInstant, resultKnownAt } from "../../src/domain/slot.js";
import { strategyOf } from "../strategy/views.js";
import { poisson, registry, sha256 } from "./models.js";
import { simulatedRows } from "./simulated.js";
import { dayOf, memory, type Row } from "./source.js";

const STRATEGY = strategyOf(
  "seasons: { from: 2016, to: 2017 }",
  "prices: { sources: [B365, PS] }",
  "entry: { edge: { min: 0.01 } }",
  "filters: [{ team: home, stat: goals, games: 2, minGames: 1, atLeast: 0.5 }]",
  "staking: { method: kelly, fraction: 0.5 }",
  "commission: 0.02",
  "limits: { perDay: 60 }",
);
const ROWS = simulatedRows(7, 3, { margin: 0.02, error: 0.25 });

async function betsOf(rows: readonly Row[]): Promise<readonly Bet[]> {
  const options = { seed: 1, version: "0", models: registry(poisson), hash: sha256 };
  return (await runBacktest(memory(rows), STRATEGY, options)).bets;
}

/** What was decided, without how it ended. */
function decision(bet: Bet) {
  const { fixture, market, runner, price, source, probability, edge, stakeMinor, because, asOf } = bet;
  return {
    home: fixture.home.name,
    market,
    runner,
    price,
    source,
    probability,
    edge,
    stakeMinor,
    because,
    asOf,
  };
}

/** Every score not known at `asOf` and every price observed later, closing ones too, replaced at random. */
function scrambled(rows: readonly Row[], asOf: number): Row[] {
  const rng = createRng(99);
  return rows.map((row) => {
    const day = dayOf(row.day);
    const unknown = resultKnownAt(day, null) > asOf;
    const score = unknown ? `${Math.floor(6 * rng())}-${Math.floor(6 * rng())}` : row.score;
    const prices = (row.prices ?? []).map((quote) => {
      const observedAt = quote.moment === "early" ? collectionSlot(day, null) : kickOffInstant(day, null);
      return observedAt > asOf ? { ...quote, prices: quote.prices.map(() => 1.5 + 5 * rng()) } : quote;
    });
    return { ...row, ...(score === undefined ? {} : { score }), prices };
  });
}

describe("look-ahead", async () => {
  const bets = await betsOf(ROWS);

  it("has bets in many slots to look at", () => {
    expect(new Set(bets.map(({ asOf }) => asOf)).size).toBeGreaterThan(15);
  });

  it.each([0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95])(
    "decides the same whatever comes later, cut at %d of the bets",
    async (share) => {
      const cut = bets[Math.floor(share * bets.length)].asOf;
      const upTo = (all: readonly Bet[]) => all.filter(({ asOf }) => asOf <= cut).map(decision);
      const after = await betsOf(scrambled(ROWS, cut));
      expect(upTo(after)).toEqual(upTo(bets));
      expect(after.map(decision)).not.toEqual(bets.map(decision));
    },
  );

  it("notices a leak: a scramble that reaches back changes decisions", async () => {
    const cut = bets[Math.floor(bets.length / 2)].asOf;
    const after = await betsOf(scrambled(ROWS, cut - 60 * 86_400_000));
    const upTo = (all: readonly Bet[]) => all.filter(({ asOf }) => asOf <= cut).map(decision);
    expect(upTo(after)).not.toEqual(upTo(bets));
  });
});
