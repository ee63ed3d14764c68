import { describe, expect, it } from "vitest";
import { kellyBack } from "../../src/models/kelly.js";
import { kellySimultaneous } from "../../src/models/kelly-simultaneous.js";

describe("kellySimultaneous", () => {
  it("is the single stake for one bet", () => {
    const bet = { price: 2.5, probability: 0.45 };
    const one = kellyBack(bet);
    const many = kellySimultaneous([bet]);
    if (one.kind !== "stake" || many.kind !== "stakes") throw new Error("refused");
    expect(many.stakes[0]).toBeCloseTo(one.stake, 12);
    expect(many.converged).toBe(true);
  });

  it("finds the closed form of two equal even-money bets", () => {
    // Two coins at evens, each won with p: staking f on both, d/df of p^2 log(1 + 2f) + q^2 log(1 - 2f) = 0 gives
    // f = (p^2 - q^2) / (2 (p^2 + q^2)).
    const p = 0.6;
    const q = 0.4;
    const answer = kellySimultaneous([p, p].map((probability) => ({ price: 2, probability })));
    if (answer.kind !== "stakes") throw new Error(answer.reason);
    const wanted = (p * p - q * q) / (2 * (p * p + q * q));
    for (const stake of answer.stakes) expect(Math.abs(stake - wanted)).toBeLessThan(1e-10);
    expect(answer.growth).toBeCloseTo(p * p * Math.log1p(2 * wanted) + q * q * Math.log1p(-2 * wanted), 12);
  });

  it("leaves a bet without an edge alone and keeps the bank when everything loses", () => {
    const bets = [
      { price: 3, probability: 0.6 },
      { price: 3, probability: 0.6 },
      { price: 3, probability: 0.6 },
      { price: 2, probability: 0.4 },
    ];
    const answer = kellySimultaneous(bets);
    if (answer.kind !== "stakes") throw new Error(answer.reason);
    expect(answer.stakes[3]).toBe(0);
    expect(answer.stakes.reduce((a, b) => a + b, 0)).toBeLessThan(1);
    expect(answer.converged).toBe(true);
  });

  it("takes ten bets and refuses eleven", () => {
    const bets = (n: number) => Array.from({ length: n }, () => ({ price: 2.2, probability: 0.5 }));
    expect(kellySimultaneous(bets(10))).toMatchObject({ kind: "stakes", converged: true });
    expect(kellySimultaneous(bets(11))).toMatchObject({ kind: "invalid" });
  });
});
