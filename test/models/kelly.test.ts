import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FiveWay } from "../../src/compiler/five-way.js";
import { edgeAfterCommission, kellyBack, kellyFiveWay, kellyLay, netPrice } from "../../src/models/kelly.js";

describe("kellyBack", () => {
  it("stakes edge over odds", () => {
    // p 0.5 at 2.2: edge 0.1 over 1.2 = 1/12. Growth 0.5 log(1.1) + 0.5 log(11/12).
    const bet = kellyBack({ price: 2.2, probability: 0.5 });
    if (bet.kind !== "stake") throw new Error(bet.reason);
    expect(bet.stake).toBeCloseTo(1 / 12, 15);
    expect(bet.growth).toBeCloseTo(0.5 * Math.log(1.1) + 0.5 * Math.log(11 / 12), 15);
  });

  it("counts commission on winnings only, and takes a fraction", () => {
    // 2.0 less 5% pays 1.95: edge 0.6 x 1.95 - 1 = 0.17 over 0.95.
    expect(netPrice(2, 0.05)).toBeCloseTo(1.95, 15);
    expect(edgeAfterCommission(0.6, 2, 0.05)).toBeCloseTo(0.17, 14);
    const bet = kellyBack({ price: 2, probability: 0.6 }, { commission: 0.05, fraction: 0.25 });
    if (bet.kind !== "stake") throw new Error(bet.reason);
    expect(bet.stake).toBeCloseTo((0.17 / 0.95) * 0.25, 14);
  });

  it("stakes nothing without an edge and everything on a certainty", () => {
    expect(kellyBack({ price: 2, probability: 0.5 })).toMatchObject({ stake: 0, growth: 0 });
    expect(kellyBack({ price: 3, probability: 1 })).toMatchObject({ stake: 1, growth: Math.log(3) });
  });

  it("grows less at any other stake", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.05, max: 30, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (price, probability) => {
          const bet = kellyBack({ price, probability });
          if (bet.kind !== "stake") throw new Error(bet.reason);
          for (const other of [bet.stake * 0.9, bet.stake * 1.05 + 1e-4])
            if (other < 1) {
              const growth =
                probability * Math.log(1 + other * (price - 1)) + (1 - probability) * Math.log(1 - other);
              expect(growth).toBeLessThanOrEqual(bet.growth + 1e-15);
            }
        },
      ),
      { seed: 42 },
    );
  });

  it.each([
    [{ price: 1, probability: 0.5 }, {}, "a price must be a number above 1, was 1"],
    [{ price: 2, probability: 1.2 }, {}, "a probability must lie in [0, 1], was 1.2"],
    [{ price: 2, probability: 0.5 }, { commission: 1 }, "commission must lie in [0, 1), was 1"],
    [{ price: 2, probability: 0.5 }, { fraction: 0 }, "the Kelly fraction must lie in (0, 1], was 0"],
  ])("refuses %j %j", (bet, options, reason) => {
    expect(kellyBack(bet, options)).toEqual({ kind: "invalid", reason });
  });
});

describe("kellyLay", () => {
  it("is a back bet on the runner losing", () => {
    // Laying 3.0 is backing the rest at 1.5: p 0.75 of the rest gives (0.75 x 1.5 - 1) / 0.5 = 0.25 of the bank.
    const lay = kellyLay({ price: 3, probability: 0.25 });
    if (lay.kind !== "lay") throw new Error(lay.reason);
    expect(lay.liability).toBeCloseTo(0.25, 14);
    expect(lay.stake).toBeCloseTo(0.125, 14);
    const back = kellyBack({ price: 1.5, probability: 0.75 });
    expect(back.kind === "stake" && Math.abs(back.growth - lay.growth)).toBeLessThan(1e-15);
  });
});

describe("kellyFiveWay", () => {
  const line = (ways: readonly number[]): FiveWay => ({
    fullWin: ways[0],
    halfWin: ways[1],
    push: ways[2],
    halfLoss: ways[3],
    fullLoss: ways[4],
    fairPrice: Number.NaN,
  });

  it("is the plain stake on a half line", () => {
    const bet = kellyFiveWay(line([0.55, 0, 0, 0, 0.45]), 2);
    expect(bet.kind === "stake" && Math.abs(bet.stake - 0.1)).toBeLessThan(1e-14);
  });

  it("grows less at any other stake on a quarter line", () => {
    const ways = [0.35, 0.22, 0, 0, 0.43];
    const bet = kellyFiveWay(line(ways), 2.1);
    if (bet.kind !== "stake") throw new Error(bet.reason);
    const growth = (f: number): number =>
      ways[0] * Math.log(1 + 1.1 * f) + ways[1] * Math.log(1 + 0.55 * f) + ways[4] * Math.log(1 - f);
    expect(bet.stake).toBeGreaterThan(0);
    expect(bet.growth).toBeCloseTo(growth(bet.stake), 15);
    for (const other of [0.98, 1.02]) expect(growth(bet.stake * other)).toBeLessThan(bet.growth);
  });
});
