import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLASSIC, classicFloor, FINEST, type Ladder, lineLadder } from "../../src/domain/ladder.js";

/** The bands as the exchange publishes them, walked in decimal text so that no double of ours is trusted. */
const PUBLISHED = [
  ["1.01", "2", "0.01"],
  ["2", "3", "0.02"],
  ["3", "4", "0.05"],
  ["4", "6", "0.1"],
  ["6", "10", "0.2"],
  ["10", "20", "0.5"],
  ["20", "30", "1"],
  ["30", "50", "2"],
  ["50", "100", "5"],
  ["100", "1000", "10"],
];

function publishedPrices(): number[] {
  const prices = new Set<number>();
  for (const [from, to, step] of PUBLISHED) {
    const [low, high, by] = [from, to, step].map((text) => BigInt((Number(text) * 100).toFixed(0)));
    for (let at = low; at <= high; at += by)
      prices.add(Number(`${at / 100n}.${String(at % 100n).padStart(2, "0")}`));
  }
  return [...prices].sort((a, b) => a - b);
}

const all = (ladder: Ladder) => Array.from({ length: ladder.ticks }, (_, tick) => ladder.price(tick));

describe("CLASSIC", () => {
  it("is the 350 published prices", () => {
    expect(CLASSIC.ticks).toBe(350);
    expect(all(CLASSIC)).toEqual(publishedPrices());
  });

  it("finds the tick of each price and of no price between", () => {
    all(CLASSIC).forEach((price, tick) => {
      expect(CLASSIC.tick(price)).toBe(tick);
      expect(CLASSIC.tick(price + 0.005)).toBe(-1);
    });
    for (const price of [1, 1.005, 2.01, 3.02, 4.05, 10.2, 20.5, 31, 51, 101, 1000.01, 1010, 0, -2])
      expect(CLASSIC.tick(price)).toBe(-1);
  });

  it("knows no tick of what is no number", () => {
    for (const price of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      for (const ladder of [CLASSIC, FINEST, lineLadder({ min: 0.5, max: 9.5, interval: 1 })])
        expect(ladder.tick(price)).toBe(-1);
  });

  it("refuses a tick that does not exist", () => {
    for (const tick of [-1, 350, 0.5, Number.NaN]) expect(() => CLASSIC.price(tick)).toThrow("a tick is in");
  });

  it("rounds down to the nearest price", () => {
    fc.assert(
      fc.property(fc.double({ min: 1.01, max: 1000, noNaN: true }), (price) => {
        const tick = classicFloor(price);
        expect(CLASSIC.price(tick)).toBeLessThanOrEqual(price + 1e-8);
        if (tick + 1 < CLASSIC.ticks) expect(CLASSIC.price(tick + 1)).toBeGreaterThan(price);
      }),
      { seed: 42 },
    );
    expect([0.5, 1.01, 1.019, 1000, 5000].map(classicFloor)).toEqual([0, 0, 0, 349, 349]);
  });
});

describe("FINEST", () => {
  it("runs from 1.01 to 1000 by 0.01 and holds every CLASSIC price", () => {
    expect(FINEST.ticks).toBe(99_900);
    expect([FINEST.price(0), FINEST.price(123), FINEST.price(99_899)]).toEqual([1.01, 2.24, 1000]);
    for (const price of all(CLASSIC)) expect(FINEST.price(FINEST.tick(price))).toBe(price);
  });

  it("goes from tick to price and back without a change", () => {
    for (let tick = 0; tick < FINEST.ticks; tick++) {
      const price = FINEST.price(tick);
      if (FINEST.tick(price) !== tick || Number(price.toFixed(2)) !== price)
        expect.unreachable(`tick ${tick}`);
    }
  });

  it("has no tick for a third decimal", () => {
    expect([1.015, 2.125, 1.0100001, 1.001].map(FINEST.tick)).toEqual([-1, -1, -1, -1]);
  });
});

describe("a line ladder", () => {
  it("counts the lines of a totals market", () => {
    const ladder = lineLadder({ min: 0.5, max: 9.5, interval: 1 });
    expect(all(ladder)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]);
    expect([2.5, 3, 10.5, -0.5].map(ladder.tick)).toEqual([2, -1, -1, -1]);
  });

  it("keeps decimal steps exact and lines below zero", () => {
    const ladder = lineLadder({ min: -0.3, max: 0.3, interval: 0.1 });
    expect(all(ladder)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
    all(ladder).forEach((line, tick) => {
      expect(ladder.tick(line)).toBe(tick);
    });
  });

  it("refuses a range that does not ascend", () => {
    for (const range of [
      { min: 1, max: 0, interval: 1 },
      { min: 0, max: 1, interval: 0 },
      { min: 0, max: Number.POSITIVE_INFINITY, interval: 1 },
    ])
      expect(() => lineLadder(range)).toThrow("must ascend");
  });
});
