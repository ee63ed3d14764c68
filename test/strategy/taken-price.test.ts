import { describe, expect, it } from "vitest";
import { decide } from "../../src/strategy/decide.js";
import { asGood, takenPrice, worstPrice } from "../../src/strategy/taken-price.js";
import { matchOdds, offer, strategyOf, viewOf } from "./views.js";

describe("takenPrice", () => {
  it.each([
    // Net odds 2 less 2%: 1.96; a layer's liability 2% more.
    ["BACK", 3, { slippage: 0.02, ticks: 0 }, 2.96],
    ["LAY", 3, { slippage: 0.02, ticks: 0 }, 3.04],
    ["BACK", 3, { slippage: 0, ticks: 0 }, 3],
    // The ladder: steps of 0.05 from 3 to 4, of 0.02 from 2 to 3.
    ["BACK", 3, { slippage: 0, ticks: 2 }, 2.96],
    ["LAY", 3, { slippage: 0, ticks: 2 }, 3.1],
    // 3.03 lies between 3.00 and 3.05: down a step from 3.00 to back, up a step from 3.05 to lay.
    ["BACK", 3.03, { slippage: 0, ticks: 1 }, 2.98],
    ["LAY", 3.03, { slippage: 0, ticks: 1 }, 3.1],
    // Below the lowest price there is nothing to back, above the highest nothing to lay.
    ["BACK", 1.02, { slippage: 0, ticks: 2 }, 0],
    ["LAY", 1000, { slippage: 0, ticks: 1 }, 0],
    // Both: 2.96, then two steps of 0.02.
    ["BACK", 3, { slippage: 0.02, ticks: 2 }, 2.92],
  ] as const)("%s at %d: %o gives %d", (side, price, fills, expected) => {
    expect(takenPrice(side, price, fills)).toBeCloseTo(expected, 12);
  });

  it("cuts to thousandths against the bettor", () => {
    // 1 + 1.37 x 0.99 = 2.3563; 1 + 1.37 x 1.01 = 2.3837.
    expect(takenPrice("BACK", 2.37, { slippage: 0.01, ticks: 0 })).toBe(2.356);
    expect(takenPrice("LAY", 2.37, { slippage: 0.01, ticks: 0 })).toBe(2.384);
  });

  it("knows a limit for each side", () => {
    expect(worstPrice("BACK", 3, { maxMove: 0.1 })).toBeCloseTo(2.8, 12);
    expect(worstPrice("LAY", 3, { maxMove: 0.1 })).toBeCloseTo(3.2, 12);
    expect([asGood("BACK", 2.8, 2.8), asGood("BACK", 2.79, 2.8)]).toEqual([true, false]);
    expect([asGood("LAY", 3.2, 3.2), asGood("LAY", 3.25, 3.2)]).toEqual([true, false]);
  });
});

describe("decide with fills", () => {
  it("judges the edge and the liability at the price that will be had", () => {
    // 2.2 less 5% of 1.2 is 2.14: edge 0.5 x 2.14 - 1 = 7%, no longer the 10% of the quote.
    const [bet] = decide(strategyOf("runners: [HOME]", "fills: { slippage: 0.05 }"), viewOf());
    expect(bet).toMatchObject({ price: 2.14, quotedPrice: 2.2, edge: expect.closeTo(0.07, 12) });
    expect(bet?.because).toContain("quoted 2.2");
    const edge = "entry: { edge: { min: 0.08 } }";
    expect(decide(strategyOf("runners: [HOME]", edge, "fills: { slippage: 0.05 }"), viewOf())).toEqual([]);
    const lay = offer(4, { side: "LAY" });
    const books = [matchOdds([0.2, 0.4, 0.4], [[lay], [], []])];
    const [laid] = decide(strategyOf("side: lay", "fills: { ticks: 1 }"), viewOf({ books }));
    // One step above 4.00 is 4.10: 10.00 at 3.10 a unit.
    expect(laid).toMatchObject({ price: 4.1, stakeMinor: 1000, liabilityMinor: 3100 });
  });

  it("takes the given share of what is on offer", () => {
    const books = [matchOdds([0.5, 0.25, 0.25], [[offer(2.2, { size: 8 })], [offer(3.6)], [offer(3.4)]])];
    const [bet] = decide(strategyOf("runners: [HOME]", "fills: { sizeShare: 0.5 }"), viewOf({ books }));
    expect(bet?.stakeMinor).toBe(400);
  });

  it("compares sources after their own commission", () => {
    // 2.30 less 10% nets 1.17, below the 1.20 of 2.20 without: edge 0.5 x 2.2 - 1.
    const exchange = [2.3, 3.7, 3.5].map((price) => offer(price, { source: "BFE" }));
    const books = [
      matchOdds(
        [0.5, 0.25, 0.25],
        [2.2, 3.6, 3.4].map((price, index) => [offer(price), exchange[index] ?? offer(price)]),
      ),
    ];
    const rates = "commission: { default: 0, BFE: 0.10 }";
    const both = ["runners: [HOME]", "prices: { sources: [BFE, B365] }"] as const;
    expect(decide(strategyOf(...both, rates), viewOf({ books }))[0]).toMatchObject({
      source: "B365",
      edge: expect.closeTo(0.1, 12),
    });
    // At 2% the exchange nets 1.274.
    expect(decide(strategyOf(...both, "commission: { BFE: 0.02 }"), viewOf({ books }))[0]).toMatchObject({
      source: "BFE",
      edge: expect.closeTo(0.5 * 2.274 - 1, 12),
    });
  });

  it("assumes a lay above the back price only where told to, and prefers a quoted one", () => {
    const books = [matchOdds([0.2, 0.4, 0.4], [[offer(4)], [offer(3)], [offer(2.9)]])];
    expect(decide(strategyOf("side: lay"), viewOf({ books }))).toEqual([]);
    const assumed = strategyOf(
      "side: lay",
      "runners: [HOME]",
      "prices: { sources: [B365], assumedSpread: 2 }",
    );
    // Two steps of 0.10 above 4.00.
    expect(decide(assumed, viewOf({ books }))[0]).toMatchObject({ side: "LAY", price: 4.2 });
    const lay = offer(4.1, { side: "LAY" });
    const quoted = [matchOdds([0.2, 0.4, 0.4], [[offer(4), lay], [offer(3)], [offer(2.9)]])];
    expect(decide(assumed, viewOf({ books: quoted }))[0]).toMatchObject({ price: 4.1 });
  });
});
