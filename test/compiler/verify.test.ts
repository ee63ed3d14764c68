import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { priceEverything } from "../../src/compiler/sheet.js";
import { simulateSheet } from "../../src/compiler/simulate.js";
import { verifySheet } from "../../src/compiler/verify.js";
import { createRng } from "../../src/core/rng.js";
import { rhoBounds } from "../../src/models/dixon-coles-grid.js";

describe("verifySheet", () => {
  it("agrees with the grid on random rates, to its tail", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 7, noNaN: true }),
        fc.double({ min: 0.02, max: 7, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (homeRate, awayRate, place) => {
          const { low, high } = rhoBounds(homeRate, awayRate);
          const sheet = priceEverything({ homeRate, awayRate, rho: low + place * (high - low) });
          const verdict = verifySheet(sheet);
          if (verdict.kind !== "agreed") throw new Error(JSON.stringify(verdict));
          expect(verdict.checked).toBeGreaterThan(300);
          expect(verdict.worst).toBeLessThan(2e-12);
        },
      ),
      { seed: 42, numRuns: 25 },
    );
  });

  it("names the number that is off", () => {
    const sheet = priceEverything({ homeRate: 1.4, awayRate: 1.1, rho: -0.05 });
    const { markets } = sheet;
    const wrong = { ...markets.OVER_UNDER_35, UNDER: markets.OVER_UNDER_35.UNDER + 0.055 };
    const verdict = verifySheet({ ...sheet, markets: { ...markets, OVER_UNDER_35: wrong } });
    expect(verdict).toMatchObject({ kind: "disagreed", where: "OVER_UNDER_35 UNDER" });
    if (verdict.kind === "disagreed") expect(verdict.difference).toBeCloseTo(0.055, 9);
  });

  it("does not take a missing number for a right one", () => {
    const sheet = priceEverything({ homeRate: 1.4, awayRate: 1.1, rho: 0 });
    const broken = { ...sheet.markets.MATCH_ODDS, DRAW: Number.NaN };
    const verdict = verifySheet({ ...sheet, markets: { ...sheet.markets, MATCH_ODDS: broken } });
    expect(verdict).toMatchObject({ kind: "disagreed", where: "MATCH_ODDS DRAW" });
  });

  it("notices swapped corrections of 1-0 and 0-1", () => {
    // Grid with one rho, corrections expected for another.
    const sheet = priceEverything({ homeRate: 1.9, awayRate: 0.8, rho: -0.05 });
    expect(verifySheet({ ...sheet, rho: 0.05 }).kind).toBe("disagreed");
  });
});

describe("simulateSheet", () => {
  it("agrees with the sheet, halves and next goal included", () => {
    const sheet = priceEverything({ homeRate: 1.5, awayRate: 1.2, rho: -0.1 });
    const verdict = simulateSheet(sheet, createRng(42), 25_000);
    expect(verdict).toMatchObject({ kind: "agreed", checked: 34 });
  });

  it("finds a half-time price that is four points off", () => {
    const sheet = priceEverything({ homeRate: 1.5, awayRate: 1.2, rho: -0.1 });
    const off = { ...sheet.markets.HALF_TIME, DRAW: (sheet.markets.HALF_TIME?.DRAW ?? 0) + 0.04 };
    const verdict = simulateSheet(
      { ...sheet, markets: { ...sheet.markets, HALF_TIME: off } },
      createRng(42),
      25_000,
    );
    expect(verdict).toMatchObject({ kind: "disagreed", where: "HALF_TIME DRAW" });
  });
});
