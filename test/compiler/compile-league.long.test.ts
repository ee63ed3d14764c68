import { describe, expect, it } from "vitest";
import { type CompileLeagueRequest, compileLeague } from "../../src/compiler/compile-league.js";
import { FORECASTERS } from "../../src/compiler/forecasters.js";
import { startOfDay } from "../../src/core/day.js";
import type { Warehouse } from "../../src/warehouse/port.js";
import { scratchFolder } from "../support/scratch.js";
import { CUT, labWarehouse, scrambledFrom } from "./lab.js";

const scratch = scratchFolder();
const warehouse = await labWarehouse(scratch("compile.db"));
/** 2023-01-06, a match day. */
const DAY = CUT - 45;

function compiled(from: Warehouse, model: string, told: Partial<CompileLeagueRequest> = {}) {
  const request: CompileLeagueRequest = {
    league: "SIM1",
    model: { name: model, parameters: {} },
    asOf: startOfDay(CUT),
    markets: ["MATCH_ODDS", "OVER_UNDER_25", "CORRECT_SCORE"],
    ...told,
  };
  return compileLeague(from, request);
}

describe("compiling a league", () => {
  it.each(Object.keys(FORECASTERS))("prices coming fixtures by %s", async (model) => {
    const { fixtures, n } = await compiled(warehouse, model);
    expect(n).toBeGreaterThan(112);
    expect(fixtures.length).toBeGreaterThan(3);
    for (const entry of fixtures) {
      expect(entry.kind).toBe("compiled");
      if (entry.kind !== "compiled") continue;
      const sum = entry.prices
        .filter(({ market }) => market === "MATCH_ODDS")
        .reduce((total, { probability }) => total + probability, 0);
      // A grid leaves out less than 1e-12.
      expect(Math.abs(sum - 1)).toBeLessThan(1e-9);
    }
  });

  // market-anchored has no early prices to blend with here: it is market-informed, doubt and all.
  it.each(Object.keys(FORECASTERS).filter((name) => name !== "market-poisson"))(
    "gives intervals around the price by %s, the same every time",
    async (model) => {
      const { fixtures } = await compiled(warehouse, model, { markets: ["MATCH_ODDS"] });
      const prices = fixtures.flatMap((entry) => (entry.kind === "compiled" ? entry.prices : []));
      expect(prices.length).toBeGreaterThan(8);
      for (const { low, high, probability } of prices) {
        expect(low).toBeLessThan(probability);
        expect(high).toBeGreaterThan(probability);
      }
      const again = await compiled(warehouse, model, { markets: ["MATCH_ODDS"] });
      expect(again.fixtures.flatMap((entry) => (entry.kind === "compiled" ? entry.prices : []))).toEqual(
        prices,
      );
    },
  );

  it("gives none by market-poisson, whose response is no count", async () => {
    const { fixtures } = await compiled(warehouse, "market-poisson", { markets: ["MATCH_ODDS"] });
    const prices = fixtures.flatMap((entry) => (entry.kind === "compiled" ? entry.prices : []));
    expect(prices.length).toBeGreaterThan(8);
    expect(prices.every(({ low, high }) => low === null && high === null)).toBe(true);
  });

  it("is blind to everything from the day on: other results, statistics and prices change nothing", async () => {
    const scrambled = await labWarehouse(scratch("scrambled.db"), scrambledFrom(DAY));
    const ids = (await warehouse.fixtures({ leagues: ["SIM1"], fromDay: DAY, toDay: DAY + 1 })).map(
      ({ id }) => id,
    );
    expect(ids.length).toBe(3);
    for (const model of ["poisson", "negative-binomial", "ratings", "market-informed", "market-poisson"]) {
      const told = { asOf: startOfDay(DAY), fixtureIds: ids };
      const [before, after] = [
        await compiled(warehouse, model, told),
        await compiled(scrambled, model, told),
      ];
      const pricesOf = ({ fixtures }: typeof before) =>
        fixtures.map((entry) => (entry.kind === "compiled" ? entry.prices : entry.kind));
      expect(pricesOf(after)).toEqual(pricesOf(before));
    }
    await scrambled.close();
  });

  it("prices what was to come on a day of the past, though its results are known by now", async () => {
    const { fixtures } = await compiled(warehouse, "poisson", { asOf: startOfDay(DAY), days: 1 });
    // The round of 6 to 8 January 2023 has three matches on its first two days.
    expect(fixtures.map(({ fixture }) => fixture.day)).toEqual([DAY, DAY + 1, DAY + 1]);
    const season = await compiled(warehouse, "poisson", { asOf: startOfDay(DAY) });
    expect(season.fixtures.every(({ fixture }) => fixture.season === 2022 && fixture.day >= DAY)).toBe(true);
  });

  it("changes when the day before it changes: the probe above can fail", async () => {
    const scrambled = await labWarehouse(scratch("earlier.db"), scrambledFrom(DAY - 30));
    const ids = (await warehouse.fixtures({ leagues: ["SIM1"], fromDay: DAY, toDay: DAY + 1 })).map(
      ({ id }) => id,
    );
    const told = { asOf: startOfDay(DAY), fixtureIds: ids };
    const rates = async (from: Warehouse) =>
      (await compiled(from, "poisson", told)).fixtures.map((entry) =>
        entry.kind === "compiled" ? entry.forecast.homeRate : 0,
      );
    expect(await rates(scrambled)).not.toEqual(await rates(warehouse));
    await scrambled.close();
  });
});
