import { describe, expect, it } from "vitest";
import { compileLeague } from "../../src/compiler/compile-league.js";
import { checkStoredPrices } from "../../src/compiler/verify-stored.js";
import { startOfDay } from "../../src/core/day.js";
import type { Market } from "../../src/domain/market.js";
import type { CompiledPrice } from "../../src/warehouse/port.js";
import { scratchFolder } from "../support/scratch.js";
import { CUT, labWarehouse } from "./lab.js";

const scratch = scratchFolder();
const asOf = startOfDay(CUT);
const MARKETS: readonly Market[] = [
  "MATCH_ODDS",
  "OVER_UNDER_25",
  "DOUBLE_CHANCE",
  "CORRECT_SCORE",
  "ASIAN_HANDICAP",
  "HALF_TIME",
];

async function stored(name: string, model: string) {
  const warehouse = await labWarehouse(scratch(name));
  const request = { league: "SIM1", model: { name: model, parameters: {} }, asOf, markets: MARKETS };
  const { fixtures } = await compileLeague(warehouse, request);
  const prices = fixtures.flatMap((entry) => (entry.kind === "compiled" ? entry.prices : []));
  await warehouse.writeCompiledOdds(prices);
  const check = () => checkStoredPrices(warehouse, "SIM1", asOf, [model]);
  const spoil = (price: CompiledPrice | undefined, probability: number) => {
    if (price === undefined) throw new Error("no such price");
    return warehouse.writeCompiledOdds([
      { ...price, low: null, high: null, probability, fairPrice: 1 / probability },
    ]);
  };
  return { warehouse, prices, check, spoil };
}

describe("stored prices", () => {
  it("agree with each other as they were compiled", async () => {
    const { check, prices, warehouse } = await stored("fine.db", "dixon-coles");
    const checks = await check();
    expect(checks.map(({ agreed }) => agreed)).toEqual([true, true]);
    // Every price by its fixture's own grid; the arithmetic looks at price and interval, and at sums of markets.
    expect(checks[1].checked).toBe(prices.length);
    expect(checks[0].checked).toBeGreaterThan(2 * prices.length);
    await warehouse.close();
  });

  it("are found out when one of them is wrong by a ten-thousandth", async () => {
    const { check, prices, spoil, warehouse } = await stored("wrong.db", "market-informed");
    const wrong = prices.find(
      ({ market, runner }) => market === "DOUBLE_CHANCE" && runner === "HOME_OR_DRAW",
    );
    await spoil(wrong, (wrong?.probability ?? 0) + 1e-4);
    const [arithmetic, sheet] = await check();
    // Two of three runners win a double chance: its probabilities sum to two, and no sum says anything of one.
    expect(arithmetic.agreed).toBe(true);
    expect(sheet.agreed).toBe(false);
    expect(sheet.worst).toBeCloseTo(1e-4, 8);
    expect(sheet.detail).toBe(`DOUBLE_CHANCE HOME_OR_DRAW of fixture ${wrong?.fixtureId}`);
    await warehouse.close();
  });

  it("of a distribution of its own are found out by their sums", async () => {
    const { check, prices, spoil, warehouse } = await stored("sums.db", "negative-binomial");
    expect((await check()).map(({ agreed }) => agreed)).toEqual([true]);
    const wrong = prices.find(({ market, runner }) => market === "HALF_TIME" && runner === "DRAW");
    await spoil(wrong, (wrong?.probability ?? 0) + 1e-4);
    const [arithmetic] = await check();
    expect(arithmetic).toMatchObject({ agreed: false });
    expect(arithmetic.detail).toContain(`HALF_TIME of fixture ${wrong?.fixtureId}, which sums to 1.000`);
    await warehouse.close();
  });
});
