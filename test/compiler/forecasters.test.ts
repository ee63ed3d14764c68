import { describe, expect, it } from "vitest";
import {
  createForecaster,
  DEFAULT_MODEL,
  FORECASTERS,
  usesOwnPrices,
} from "../../src/compiler/forecasters.js";
import type { Division } from "../../src/models/forecaster.js";

const DIVISION: Division = { league: "E1", tier: 2, clubs: new Map([[2020, new Set([1, 2, 3, 4])]]) };
const TOP: Division = { league: "E0", tier: 1, clubs: new Map([[2019, new Set([1])]]) };

function made(name: string, parameters: Record<string, number | string | boolean> = {}) {
  return createForecaster({ name, parameters }, DIVISION);
}

describe("the registry of models", () => {
  it("makes every model that needs nothing but its division, and names it in the version", () => {
    for (const [name, { uses }] of Object.entries(FORECASTERS)) {
      if (uses.ownPrices) continue;
      // The ratings model's version is that of its regression; every other starts with its own name.
      expect(made(name).version.length).toBeGreaterThan(name.length - 1);
    }
    expect(Object.keys(FORECASTERS)).toContain(DEFAULT_MODEL);
  });

  it("has every model of the command line's contract", () => {
    expect(Object.keys(FORECASTERS)).toEqual(
      expect.arrayContaining([
        "poisson",
        "dixon-coles",
        "bivariate-poisson",
        "negative-binomial",
        "zero-inflated-poisson",
        "weibull-copula",
        "ratings",
        "market-informed",
        "market-poisson",
        "market-anchored",
      ]),
    );
  });

  it("puts parameters into the version", () => {
    expect(made("poisson", { xi: 0.003 }).version).toContain("xi=0.003");
    expect(made("negative-binomial", { refitDays: 7 }).version).toContain("refit=7");
    expect(made("rue-salvesen", { gamma: 0.2 }).version).toContain("gamma=0.2");
    // A half-life of 100 days is xi = ln 2 / 100.
    expect(made("dixon-coles", { halfLifeDays: 100 }).version).toContain(`xi=${Math.LN2 / 100}`);
  });

  it("says whose club lists tell a second tier's newcomers apart", () => {
    const choice = { name: "market-informed", parameters: {} };
    expect(createForecaster(choice, DIVISION, { neighbours: [TOP] }).version).toMatch(/ neighbours=E0$/);
    expect(createForecaster(choice, DIVISION).version).not.toContain("neighbours");
  });

  it.each([
    ["a name that is close", "poison", {}, /no such model, was poison/],
    ["a parameter that is not there", "poisson", { decay: 1 }, /has no such parameter, was decay/],
    ["text for a number", "poisson", { xi: "fast" }, /xi must be a number, was fast/],
    ["a negative decay", "poisson", { xi: -1 }, /xi must be a number from 0 to 1, was -1/],
    ["no ridge", "dixon-coles", { ridge: 0 }, /ridge must be a number above 0/],
    ["part of a match", "poisson", { leastMatches: 2.5 }, /leastMatches must be a whole number/],
    ["half-life and xi", "poisson", { xi: 0.1, halfLifeDays: 3 }, /say the same thing/],
    ["a table for a parameter", "market-informed", { rounds: 3 }, /has no such parameter, was rounds/],
  ])("refuses %s", (_what, name, parameters, message) => {
    expect(() => made(name, parameters)).toThrow(message);
  });

  it("never makes market-anchored without a match's own prices, so that no backtest can", () => {
    expect(usesOwnPrices({ name: "market-anchored", parameters: {} })).toBe(true);
    expect(() => made("market-anchored")).toThrow(/cannot be used to bet against them/);
    const choice = { name: "market-anchored", parameters: { supremacyShare: 0.5 } };
    const anchored = createForecaster(choice, DIVISION, { ownPrices: () => null });
    expect(anchored.version).toMatch(/^market-anchored 0.5 0.8 over market-informed/);
    const beyond = { name: "market-anchored", parameters: { totalShare: 1.5 } };
    expect(() => createForecaster(beyond, DIVISION, { ownPrices: () => null })).toThrow(/between 0 and 1/);
  });
});
