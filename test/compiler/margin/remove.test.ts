import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MARGIN_METHODS, type MarginMethod, parseMarginMethod } from "../../../src/compiler/margin/method.js";
import { type Fair, removeMargin, removeMarginEveryWay } from "../../../src/compiler/margin/remove.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";

function numbers(fair: Fair): readonly number[] {
  if (fair.kind === "invalid") throw new Error(fair.reason);
  return fair.probabilities ?? [];
}

interface Truth {
  readonly p: readonly number[];
  readonly param: number | null;
}
interface ReferenceBook {
  readonly odds: readonly number[];
  readonly truth: Readonly<Record<string, Truth>>;
}

/** Names of the reference file. */
const REFERENCE: readonly (readonly [string, MarginMethod])[] = [
  ["multiplicative", "multiplicative"],
  ["additive", "additive"],
  ["power", "power"],
  ["shin", "shin"],
  ["odds_ratio", "odds-ratio"],
  ["logarithmic", "logarithmic"],
  ["wpo", "margin-proportional"],
  ["bb", "balanced-book"],
  ["goto_R", "goto"],
];

describe.skipIf(!sharedAvailable)("margin removal against values computed with 40 digits", () => {
  const path = sharedPath("reference", "implied_reference.json");
  const books: ReferenceBook[] = sharedAvailable ? JSON.parse(readFileSync(path, "utf8")) : [];

  it.each(REFERENCE)("%s is exact on 24 books, two-way and fair ones among them", (name, method) => {
    expect(books.length).toBe(24);
    for (const { odds, truth } of books) {
      const fair = removeMargin(odds, method);
      if (fair.kind !== "fair") throw new Error(`${odds} is ${fair.kind}`);
      truth[name].p.forEach((p, i) => {
        expect(Math.abs(fair.probabilities[i] - p), `${odds}`).toBeLessThan(1e-12);
      });
      const parameter = truth[name].param;
      if (parameter === null) expect(fair.parameter).toBeNull();
      else expect(Math.abs((fair.parameter ?? NaN) - parameter), `${odds}`).toBeLessThan(1e-11);
    }
  });

  it("agrees with the R package's Jensen-Shannon method as far as that one's tolerance of 1e-6 in the distance goes", () => {
    const r = JSON.parse(readFileSync(sharedPath("reference", "implied_r.json"), "utf8"));
    const entries: { jsd?: { p: number[] } }[] = Array.isArray(r) ? r : Object.values(r);
    let compared = 0;
    entries.forEach((entry, b) => {
      if (!entry.jsd?.p?.every(Number.isFinite)) return;
      compared++;
      const p = numbers(removeMargin(books[b].odds, "jensen-shannon"));
      entry.jsd.p.forEach((value, i) => {
        expect(Math.abs(p[i] - value), `${books[b].odds}`).toBeLessThan(1e-4);
      });
    });
    expect(compared).toBeGreaterThan(15);
  });
});

describe("margin removal", () => {
  const book = fc
    .array(fc.double({ min: 0.03, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 })
    .chain((weights) =>
      fc.double({ min: 0, max: 0.15, noNaN: true }).map((margin) => {
        const total = weights.reduce((a, b) => a + b, 0);
        return weights.map((w) => Math.max(total / (w * (1 + margin)), 1.0001));
      }),
    );

  it.each(MARGIN_METHODS.map((m) => [m]))("%s sums to one on random books", (method) => {
    fc.assert(
      fc.property(book, (prices) => {
        const fair = removeMargin(prices, method);
        if (fair.kind === "invalid") throw new Error(fair.reason);
        if (fair.probabilities === null) return;
        const total = fair.probabilities.reduce((a, b) => a + b, 0);
        expect(Math.abs(total - 1)).toBeLessThan(1e-12);
      }),
      { seed: 42, numRuns: 100 },
    );
  });

  it("moves every runner by the same Jensen-Shannon distance", () => {
    // The defining property, with the divergence written out as entropies: another form than the code's.
    const h = (p: number): number => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    const divergence = (p: number, q: number): number => h((p + q) / 2) - (h(p) + h(q)) / 2;
    const prices = [1.45, 4.5, 8.5];
    const fair = removeMargin(prices, "jensen-shannon");
    if (fair.kind !== "fair") throw new Error(fair.kind);
    const distances = fair.probabilities.map((p, i) => Math.sqrt(divergence(p, 1 / prices[i])));
    for (const d of distances) expect(Math.abs(d - (fair.parameter ?? NaN))).toBeLessThan(1e-11);
    expect(fair.probabilities.every((p, i) => p < 1 / prices[i])).toBe(true);
  });

  it("removes nothing from a fair book", () => {
    for (const [method, fair] of removeMarginEveryWay([2, 4, 4]))
      numbers(fair).forEach((p, i) => {
        expect(Math.abs(p - [0.5, 0.25, 0.25][i]), method).toBeLessThan(1e-15);
      });
  });

  it("flags probabilities that left (0, 1)", () => {
    // 1/26 = 0.0385 is less than what these two take off the longshot of a book with 10.2% margin (the reference
    // file's "synthetic high-margin" book).
    for (const method of ["balanced-book", "goto"] as const)
      expect(removeMargin([1.02, 12, 26], method)).toMatchObject({ kind: "fair", problematic: true });
    for (const method of ["power", "shin", "logarithmic", "multiplicative"] as const)
      expect(removeMargin([1.02, 12, 26], method)).toMatchObject({ kind: "fair", problematic: false });
  });

  it("says so when the book is an underround, and gives what still has a meaning", () => {
    // 1/2.2 + 1/2.2 = 0.90909...: symmetric, so every method that answers says one half.
    const all = removeMarginEveryWay([2.2, 2.2]);
    for (const [method, fair] of all) {
      if (fair.kind !== "underround") throw new Error(`${method} is ${fair.kind}`);
      expect(fair.overround).toBeCloseTo(-1 / 11, 14);
      if (method === "shin") expect(fair.probabilities).toBeNull();
      else for (const p of fair.probabilities ?? []) expect(Math.abs(p - 0.5), method).toBeLessThan(1e-12);
    }
    expect(all.get("power")).toMatchObject({ parameterName: "exponent" });
  });

  it("sums to the number of winners when several win", () => {
    const top3 = [1.25, 1.4, 1.8, 2.2, 3.6, 6, 13];
    for (const [method, fair] of removeMarginEveryWay(top3, 3)) {
      const total = numbers(fair).reduce((a, b) => a + b, 0);
      expect(Math.abs(total - 3), method).toBeLessThan(1e-12);
    }
  });

  it("solves Shin's equations for two winners", () => {
    // Forward: with insider share z and w winners Shin's bookmaker quotes q_i = sqrt(x_i) sum_j sqrt(x_j) / w,
    // x_i = (1 - z) p_i^2 + z p_i. Backward must return p and z.
    const p = [0.9, 0.55, 0.35, 0.2];
    const z = 0.03;
    const roots = p.map((v) => Math.sqrt((1 - z) * v * v + z * v));
    const total = roots.reduce((a, b) => a + b, 0);
    const fair = removeMargin(
      roots.map((r) => 2 / (r * total)),
      "shin",
      2,
    );
    if (fair.kind !== "fair") throw new Error(fair.kind);
    fair.probabilities.forEach((v, i) => {
      expect(Math.abs(v - p[i])).toBeLessThan(1e-12);
    });
    expect(fair.parameter).toBeCloseTo(z, 12);
  });

  it.each([
    [[2], "two runners or more, was 1"],
    [[2, 1], "price 2 must be a number above 1, was 1"],
    [[Number.NaN, 2], "price 1 must be a number above 1, was NaN"],
    [[2, Number.POSITIVE_INFINITY], "was Infinity"],
  ])("refuses %j with a reason", (prices, reason) => {
    const fair = removeMargin(prices, "power");
    expect(fair.kind).toBe("invalid");
    if (fair.kind === "invalid") expect(fair.reason).toContain(reason);
  });

  it("refuses as many winners as runners", () => {
    expect(removeMargin([2, 2], "power", 2)).toMatchObject({ kind: "invalid" });
  });

  it("reads names and short names", () => {
    expect(parseMarginMethod(" Shin ")).toBe("shin");
    expect(parseMarginMethod("wpo")).toBe("margin-proportional");
    expect(parseMarginMethod("nobody")).toBeNull();
  });
});
