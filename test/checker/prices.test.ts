import { describe, expect, it } from "vitest";
import { bestPrices } from "../../src/checker/best-price.js";
import { quotedBooks } from "../../src/checker/book.js";
import { movements } from "../../src/checker/movement.js";
import { OURS, ourPrices } from "../../src/checker/our-price.js";
import { stalenessOf } from "../../src/checker/staleness.js";
import { DEFAULT_TIERS } from "../../src/checker/tier.js";
import type { PriceSnapshot, SourceKind } from "../../src/domain/price.js";

const MINUTE = 60_000;
const KINDS = new Map<string, SourceKind>([
  ...["A", "B", "C", "D", "E"].map((code): [string, SourceKind] => [code, "bookmaker"]),
  ["X", "exchange"],
  ["Max", "aggregate"],
  [OURS.code, "model"],
]);

function price(
  source: string,
  runner: string,
  value: number,
  told: Partial<PriceSnapshot> = {},
): PriceSnapshot {
  const about = { fixtureId: 1, market: "MATCH_ODDS", line: 0, side: "BACK", moment: "tick" } as const;
  return { ...about, source, runner, price: value, size: null, observedAt: 0, ...told };
}

describe("a book", () => {
  it("is all runners of one source, with what they sum to over 1", () => {
    const full = [price("A", "HOME", 2), price("A", "DRAW", 4), price("A", "AWAY", 4)];
    const prices = [...full, price("B", "HOME", 2), price("B", "DRAW", 3)];
    // 1/2 + 1/4 + 1/4 = 1.
    expect(quotedBooks(prices)).toEqual([
      { fixtureId: 1, source: "A", market: "MATCH_ODDS", line: 0, overround: 0 },
    ]);
  });

  it("of double chance pays two of three runners", () => {
    const market = "DOUBLE_CHANCE";
    const prices = ["HOME_OR_DRAW", "DRAW_OR_AWAY", "HOME_OR_AWAY"].map((runner) =>
      price("A", runner, 1.25, { market }),
    );
    // 3 / 1.25 - 2 = 0.4.
    expect(quotedBooks(prices)[0]?.overround).toBeCloseTo(0.4, 12);
  });

  it("has both sides of one handicap", () => {
    const market = "ASIAN_HANDICAP";
    const prices = [
      price("A", "HOME", 1.9, { market, line: -1 }),
      price("A", "AWAY", 1.9, { market, line: -2 }),
    ];
    expect(quotedBooks(prices)).toEqual([]);
  });
});

describe("the best price", () => {
  it("is the highest to back and the lowest to lay, of those who take bets", () => {
    const prices = [
      price("A", "HOME", 2.1),
      price("B", "HOME", 2.2),
      price("X", "HOME", 2.15, { size: 40 }),
      price("Max", "HOME", 2.5),
      price(OURS.code, "HOME", 3),
      price("X", "HOME", 2.2, { side: "LAY" }),
    ];
    expect(bestPrices(prices, KINDS)).toMatchObject([
      { side: "BACK", price: 2.2, source: "B", sources: 3, second: 2.15, overround: null },
      { side: "LAY", price: 2.2, source: "X", sources: 1, second: null },
    ]);
  });

  it("of all runners together may pay for itself", () => {
    const prices = [price("A", "HOME", 2.5), price("B", "DRAW", 4), price("X", "AWAY", 4)];
    // 0.4 + 0.25 + 0.25 - 1 = -0.1.
    for (const { overround } of bestPrices(prices, KINDS)) expect(overround).toBeCloseTo(-0.1, 12);
  });
});

describe("a movement", () => {
  const move = (changes: readonly (readonly [string, number, number])[]) =>
    movements(
      changes.map(([source, from]) => price(source, "HOME", from)),
      changes.map(([source, , to]) => price(source, "HOME", to)),
      KINDS,
    )[0];

  it("is steam when four books of four shorten by 2% or more, and not when three do", () => {
    const four = [
      ["A", 2, 1.9],
      ["B", 2, 1.94],
      ["C", 2, 1.96],
      ["D", 2, 1.9],
    ] as const;
    // Wilson's lower bound of n of n is n / (n + 1.96^2): 0.5101 for four, 0.4385 for three.
    expect(move(four)).toMatchObject({ kind: "steam", books: 4, shortened: 4, lengthened: 0 });
    expect(move(four)?.low).toBeCloseTo(4 / (4 + 1.959963984540054 ** 2), 12);
    expect(move(four)?.change).toBeCloseTo(-0.04, 12);
    expect(move(four.slice(0, 3))).toMatchObject({ kind: "unclear", books: 3 });
  });

  it("is drift upwards, and steady when books disagree or hardly move", () => {
    const all = (to: number) => ["A", "B", "C", "D"].map((source) => [source, 2, to] as const);
    expect(move(all(2.1))?.kind).toBe("drift");
    expect(move(all(2.02))?.kind).toBe("steady");
    const split = [...all(2.1).slice(0, 2), ...all(1.9).slice(2)];
    expect(move(split)).toMatchObject({ kind: "steady", shortened: 2, lengthened: 2 });
  });

  it("counts only who takes bets and is there at both points", () => {
    const from = [price("A", "HOME", 2), price("Max", "HOME", 2), price(OURS.code, "HOME", 2)];
    const to = [...from, price("B", "HOME", 2)];
    expect(movements(from, to, KINDS)).toMatchObject([{ books: 1, kind: "unclear" }]);
  });
});

describe("our own price", () => {
  it("stands as a tick of a source of its own, seen when it was compiled", () => {
    const compiled = {
      fixtureId: 1,
      market: "MATCH_ODDS",
      runner: "HOME",
      line: 0,
      model: "poisson",
      modelVersion: "v",
      asOf: 7,
      probability: 0.5,
      low: null,
      high: null,
      fairPrice: 2,
    } as const;
    const about = {
      source: "STATISTICO",
      side: "BACK",
      moment: "tick",
      price: 2,
      observedAt: 7,
      model: "poisson",
    };
    expect(ourPrices([compiled])).toMatchObject([about]);
    expect(ourPrices([{ ...compiled, probability: 1, fairPrice: 1 }])).toEqual([]);
  });
});

describe("a price", () => {
  it("is stale when two polls of it were missed, by the interval that holds now", () => {
    const kickOff = 100 * 60 * MINUTE;
    const stale = (minutesOld: number, minutesLeft: number) => {
      const now = kickOff - minutesLeft * MINUTE;
      return stalenessOf(now - minutesOld * MINUTE, { kickOff }, now, DEFAULT_TIERS).stale;
    };
    expect([stale(20, 30), stale(21, 30)]).toEqual([false, true]);
    expect([stale(12 * 60, 24 * 60), stale(12 * 60 + 1, 24 * 60)]).toEqual([false, true]);
    expect(stale(5, -600)).toBeNull();
  });
});
