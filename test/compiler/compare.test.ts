import { describe, expect, it } from "vitest";
import { comparePrices, type FairSelection } from "../../src/compiler/compare.js";
import type { PriceSnapshot, PriceSource } from "../../src/domain/price.js";

const SOURCES: readonly PriceSource[] = [
  { code: "B365", name: "a bookmaker", kind: "bookmaker" },
  { code: "BFE", name: "an exchange", kind: "exchange" },
  { code: "Max", name: "highest of many", kind: "aggregate" },
];

const FAIR: readonly FairSelection[] = [
  ["HOME", 0.5],
  ["DRAW", 0.28],
  ["AWAY", 0.22],
].map(([runner, p]) => ({
  fixtureId: 1,
  market: "MATCH_ODDS",
  line: 0,
  runner: String(runner),
  probability: Number(p),
  fairPrice: 1 / Number(p),
}));

function snapshot(
  source: string,
  runner: string,
  price: number,
  more: Partial<PriceSnapshot> = {},
): PriceSnapshot {
  return {
    fixtureId: 1,
    market: "MATCH_ODDS",
    line: 0,
    side: "BACK",
    moment: "early",
    size: null,
    observedAt: 10,
    source,
    runner,
    price,
    ...more,
  };
}

function book(source: string, prices: readonly number[]): PriceSnapshot[] {
  return ["HOME", "DRAW", "AWAY"].map((runner, i) => snapshot(source, runner, prices[i]));
}

const home = (snapshots: readonly PriceSnapshot[], commission = {}) =>
  comparePrices(FAIR, snapshots, SOURCES, { commission })[0];

describe("comparePrices", () => {
  it("takes the best price after commission", () => {
    // 2.14 less 5% of the 1.14 won pays 2.083; the bookmaker's 2.10 pays more.
    const snapshots = [...book("B365", [2.1, 3.4, 3.9]), ...book("BFE", [2.14, 3.5, 4.2])];
    const { best, quotes } = home(snapshots, { BFE: 0.05 });
    expect(best?.source).toBe("B365");
    expect(best?.edgeAfterCommission).toBeCloseTo(0.5 * 2.1 - 1, 14);
    expect(quotes[1].edge).toBeCloseTo(0.5 * 2.14 - 1, 14);
    expect(quotes[1].edgeAfterCommission).toBeCloseTo(0.5 * (1 + 1.14 * 0.95) - 1, 14);
    expect(home(snapshots).best?.source).toBe("BFE");
  });

  it("shows an aggregate and never bets on it", () => {
    const { best, quotes } = home([...book("Max", [2.3, 3.6, 4.3]), ...book("B365", [2.1, 3.4, 3.9])]);
    expect(quotes[0]).toMatchObject({ source: "Max", kind: "aggregate", bettable: false });
    expect(best?.source).toBe("B365");
  });

  it("gives the overround of each book", () => {
    const { quotes } = home(book("B365", [2.1, 3.4, 3.9]));
    if (quotes[0].book.kind !== "sane") throw new Error(quotes[0].book.kind);
    expect(quotes[0].book.overround).toBeCloseTo(1 / 2.1 + 1 / 3.4 + 1 / 3.9 - 1, 14);
  });

  it("does not believe a book with a misplaced point or without all its runners", () => {
    // 21.0 for 2.10: the book pays out 40% more than it takes.
    expect(home(book("B365", [21, 3.4, 3.9]))).toMatchObject({
      best: null,
      quotes: [{ bettable: false, book: { kind: "implausible", limit: -0.02 } }],
    });
    expect(home([snapshot("B365", "HOME", 2.1)])).toMatchObject({
      best: null,
      quotes: [{ bettable: false, book: { kind: "incomplete", missing: ["DRAW", "AWAY"] } }],
    });
    expect(home(book("B365", [1.5, 2.5, 3]))).toMatchObject({ quotes: [{ book: { kind: "implausible" } }] });
  });

  it("uses the latest snapshot of a source, and no lay price", () => {
    const snapshots = [
      snapshot("B365", "HOME", 2.2, { observedAt: 30 }),
      ...book("B365", [2.1, 3.4, 3.9]),
      snapshot("BFE", "HOME", 2.5, { side: "LAY" }),
    ];
    const { quotes } = home(snapshots);
    expect(quotes.map(({ source, price }) => [source, price])).toEqual([["B365", 2.2]]);
  });

  it("counts two winners in double chance", () => {
    const runners = ["HOME_OR_DRAW", "DRAW_OR_AWAY", "HOME_OR_AWAY"];
    const fair = runners.map((runner) => ({
      fixtureId: 1,
      market: "DOUBLE_CHANCE" as const,
      line: 0,
      runner,
      probability: 2 / 3,
      fairPrice: 1.5,
    }));
    const snapshots = runners.map((runner) => snapshot("B365", runner, 1.45, { market: "DOUBLE_CHANCE" }));
    const [first] = comparePrices(fair, snapshots, SOURCES);
    // 3 / 1.45 - 2 = 0.069.
    expect(first.best?.book).toMatchObject({ kind: "sane" });
    if (first.best?.book.kind === "sane") expect(first.best.book.overround).toBeCloseTo(3 / 1.45 - 2, 14);
  });

  it("has nothing to say where nothing is quoted", () => {
    expect(home([])).toMatchObject({ best: null, quotes: [] });
  });
});
