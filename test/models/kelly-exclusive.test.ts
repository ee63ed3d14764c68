import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kellyBack } from "../../src/models/kelly.js";
import { kellyExclusive } from "../../src/models/kelly-exclusive.js";
import { sharedAvailable, sharedPath } from "../support/shared.js";

interface ReferenceCase {
  readonly odds: readonly number[];
  readonly probs: readonly number[];
  readonly exact: readonly number[];
  readonly exactGrowth: number;
}

// Closed-form stakes and growth of eight markets; see the reference folder's README.
describe.skipIf(!sharedAvailable)("kellyExclusive on the reference markets", () => {
  const cases: readonly ReferenceCase[] = sharedAvailable
    ? JSON.parse(readFileSync(sharedPath("reference", "kelly_reference.json"), "utf8"))
    : [];

  it("gives the exact stakes and growth", () => {
    expect(cases.length).toBe(8);
    for (const { odds, probs, exact, exactGrowth } of cases) {
      const bets = odds.map((price, i) => ({ price, probability: probs[i] }));
      const answer = kellyExclusive(bets);
      if (answer.kind !== "stakes") throw new Error(answer.reason);
      exact.forEach((stake, i) => {
        expect(Math.abs(answer.stakes[i] - stake), `${odds}`).toBeLessThan(1e-12);
      });
      expect(Math.abs(answer.growth - exactGrowth), `${odds}`).toBeLessThan(1e-12);
    }
  });
});

describe("kellyExclusive", () => {
  it("is the single stake for one runner", () => {
    const bet = { price: 2.4, probability: 0.5 };
    const one = kellyBack(bet, { commission: 0.02, fraction: 0.5 });
    const many = kellyExclusive([bet], { commission: 0.02, fraction: 0.5 });
    if (one.kind !== "stake" || many.kind !== "stakes") throw new Error("refused");
    expect(many.stakes[0]).toBeCloseTo(one.stake, 15);
    expect(many.growth).toBeCloseTo(one.growth, 15);
  });

  it("cannot be improved by moving any stake a little", () => {
    const markets = fc
      .array(
        fc.record({
          weight: fc.double({ min: 0.05, max: 1, noNaN: true }),
          skew: fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        }),
        { minLength: 2, maxLength: 6 },
      )
      .map((rows) => {
        const total = rows.reduce((sum, { weight }) => sum + weight, 0) * 1.02;
        return rows.map(({ weight, skew }) => ({
          probability: weight / total,
          price: Math.max(1.02, (total / weight) * skew),
        }));
      });
    fc.assert(
      fc.property(markets, (bets) => {
        const answer = kellyExclusive(bets);
        if (answer.kind !== "stakes") throw new Error(answer.reason);
        const { stakes, growth } = answer;
        const unlisted = 1 - bets.reduce((sum, { probability }) => sum + probability, 0);
        const at = (f: readonly number[]): number => {
          const staked = f.reduce((a, b) => a + b, 0);
          return bets.reduce(
            (sum, { price, probability }, i) => sum + probability * Math.log(1 - staked + f[i] * price),
            unlisted * Math.log(1 - staked),
          );
        };
        for (let i = 0; i < bets.length; i++)
          for (const step of [1e-4, -1e-4]) {
            const moved = stakes.map((stake, k) => (k === i ? stake + step : stake));
            const staked = moved.reduce((a, b) => a + b, 0);
            if (moved[i] >= 0 && staked < 1) expect(at(moved)).toBeLessThanOrEqual(growth + 1e-13);
          }
      }),
      { seed: 42, numRuns: 200 },
    );
  });

  it("stakes nothing on a fair book, whatever the last bits say", () => {
    const answer = kellyExclusive([3, 3, 3].map((price) => ({ price, probability: 1 / 3 })));
    expect(answer).toMatchObject({ kind: "stakes", stakes: [0, 0, 0], growth: 0 });
  });

  it("refuses probabilities of more than everything", () => {
    const bets = [0.7, 0.4].map((probability) => ({ price: 2, probability }));
    expect(kellyExclusive(bets)).toMatchObject({ kind: "invalid" });
  });
});
