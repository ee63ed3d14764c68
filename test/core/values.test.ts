import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { invariant } from "../../src/core/assert.js";
import { EXIT, isStatisticoError, StatisticoError } from "../../src/core/errors.js";
import { parseCount, parseNumber, roundTo } from "../../src/core/number.js";
import { createRng } from "../../src/core/rng.js";
import { collapseSpace, nearest, similarity, stripControls } from "../../src/core/text.js";

describe("numbers", () => {
  it("reads plain decimals only", () => {
    expect(parseNumber("2.10")).toBe(2.1);
    expect(parseNumber("-0.75")).toBe(-0.75);
    expect(parseNumber(".5")).toBe(0.5);
    for (const text of [
      "",
      " 1",
      "1 ",
      "1,5",
      "1.2.3",
      "1e3",
      "0x10",
      "NaN",
      "Infinity",
      "١٢",
      "+1",
      "1_000",
      "--1",
      "-",
    ])
      expect(parseNumber(text)).toBeNull();
    expect(parseNumber("9".repeat(400))).toBeNull();
  });

  it("reads back every double it prints in plain form", () => {
    fc.assert(
      fc.property(fc.double({ min: 1.01, max: 1000, noNaN: true }), (value) => {
        const text = value.toFixed(12);
        expect(parseNumber(text)).toBe(Number(text));
      }),
      { seed: 42 },
    );
  });

  it("reads counts as digits", () => {
    expect(parseCount("12")).toBe(12);
    for (const text of ["", "-1", "1.0", "1e1", "1234567890"]) expect(parseCount(text)).toBeNull();
  });

  it("rounds halves away from zero", () => {
    expect(roundTo(2.5, 0)).toBe(3);
    expect(roundTo(-2.5, 0)).toBe(-3);
    expect(roundTo(1.234, 2)).toBe(1.23);
  });
});

describe("text", () => {
  it("collapses every kind of space", () => {
    expect(collapseSpace("\ufeff Feirense\u00a0 ")).toBe("Feirense");
    expect(collapseSpace("Aston\u2009\u00a0Villa")).toBe("Aston Villa");
  });

  it("takes escapes and direction overrides out of what is shown", () => {
    expect(stripControls("\u001b]0;x\u0007\u001b[2JAB\u202eC\u009b")).toBe("]0;x[2JABC");
  });

  // Distances by hand: kitten/sitting 3 of 7; a swap of neighbours counts once.
  it("measures likeness by edits", () => {
    expect(similarity("kitten", "sitting")).toBeCloseTo(1 - 3 / 7, 12);
    expect(similarity("abcd", "abdc")).toBeCloseTo(1 - 1 / 4, 12);
    expect(similarity("", "")).toBe(1);
    expect(nearest("flatt", ["flat", "percentage", "kelly"])).toEqual(["flat"]);
    expect(nearest("zzz", ["flat"])).toEqual([]);
  });
});

describe("the random generator", () => {
  it("repeats for a seed and differs between seeds and streams", () => {
    const draw = (seed: number, stream: number): number[] => {
      const rng = createRng(seed, stream);
      return Array.from({ length: 5 }, rng);
    };
    expect(draw(7, 1)).toEqual(draw(7, 1));
    expect(draw(7, 1)).not.toEqual(draw(7, 2));
    expect(draw(7, 1)).not.toEqual(draw(8, 1));
  });

  // Uniform: mean 1/2 with standard error 1/sqrt(12 n); neighbours and streams uncorrelated, standard error 1/sqrt(n).
  it("is uniform and its streams are unrelated", () => {
    const n = 100_000;
    const a = createRng(1, 0);
    const b = createRng(1, 1);
    let sum = 0;
    let cross = 0;
    let serial = 0;
    let before = 0;
    for (let i = 0; i < n; i++) {
      const x = a() - 0.5;
      const y = b() - 0.5;
      sum += x;
      cross += 12 * x * y;
      serial += 12 * x * before;
      before = x;
    }
    expect(Math.abs(sum / n) * Math.sqrt(12 * n)).toBeLessThan(4);
    expect(Math.abs(cross / n) * Math.sqrt(n)).toBeLessThan(4);
    expect(Math.abs(serial / n) * Math.sqrt(n)).toBeLessThan(4);
  });
});

describe("errors", () => {
  it("keeps bugs and the operator's problems apart", () => {
    expect(() => invariant(false, "cells must not be negative")).toThrow("cells must not be negative");
    const error = new StatisticoError("data", "no database", "statistico init");
    expect(isStatisticoError(error)).toBe(true);
    expect(isStatisticoError(new Error("x"))).toBe(false);
    expect(EXIT[error.kind]).toBe(3);
  });
});
