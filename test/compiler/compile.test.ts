import { describe, expect, it } from "vitest";
import { type CompileRequest, compileForecast } from "../../src/compiler/compile.js";
import { priceGrid } from "../../src/compiler/sheet.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import type { Forecast } from "../../src/models/forecaster.js";
import type { CompiledPrice } from "../../src/warehouse/port.js";

const RATES = { homeRate: 1.6, awayRate: 1.1, rho: -0.05 };
const forecast: Forecast = { kind: "forecast", ...RATES, grid: () => scoreGrid(RATES), notes: ["a note"] };
const request: CompileRequest = {
  fixtureId: 7,
  model: "dixon-coles",
  modelVersion: "v",
  asOf: 1000,
  markets: ["MATCH_ODDS", "ASIAN_HANDICAP", "CORRECT_SCORE"],
};

function compiled(r: CompileRequest): readonly CompiledPrice[] {
  const answer = compileForecast(forecast, r);
  if (answer.kind !== "compiled") throw new Error(answer.reason);
  return answer.prices;
}

describe("compileForecast", () => {
  it("gives a row a runner and line, price and probability as one", () => {
    const rows = compiled(request);
    expect(rows.length).toBe(3 + 2 * 33 + 16 + 3);
    for (const row of rows) {
      expect(row.fairPrice * row.probability).toBeCloseTo(1, 14);
      expect(row).toMatchObject({ fixtureId: 7, model: "dixon-coles", asOf: 1000, low: null, high: null });
    }
  });

  it("carries the sheet's prices", () => {
    const sheet = priceGrid(scoreGrid(RATES));
    const rows = compiled(request);
    const find = (market: string, runner: string, line = 0) =>
      rows.find((r) => r.market === market && r.runner === runner && r.line === line);
    expect(find("MATCH_ODDS", "DRAW")?.probability).toBe(sheet.MATCH_ODDS.DRAW);
    // Line -3 is -0.75 on the home side; the away runner of the same line has +0.75.
    expect(find("ASIAN_HANDICAP", "HOME", -3)?.fairPrice).toBeCloseTo(
      sheet.ASIAN_HANDICAP["-0.75"].home.fairPrice,
      13,
    );
    expect(find("ASIAN_HANDICAP", "AWAY", -3)?.fairPrice).toBeCloseTo(
      sheet.ASIAN_HANDICAP["-0.75"].away.fairPrice,
      13,
    );
  });

  it("turns draws of the grid into intervals", () => {
    // Home rates 1.2, 1.21, ..., 2.2: the home win rises with the rate, so its quantiles are those of the rate:
    // 101 draws, 2.5% at index 2.5, 97.5% at 97.5.
    const draws = Array.from({ length: 101 }, (_, k) => scoreGrid({ ...RATES, homeRate: 1.2 + k / 100 }));
    const [home] = compiled({ ...request, markets: ["MATCH_ODDS"], draws });
    const at = (k: number): number => priceGrid(draws[k]).MATCH_ODDS.HOME;
    expect(home.low).toBeCloseTo((at(2) + at(3)) / 2, 12);
    expect(home.high).toBeCloseTo((at(97) + at(98)) / 2, 12);
    expect(home.probability).toBeGreaterThan(home.low ?? 1);
  });

  it("keeps a refusal and passes notes on", () => {
    expect(compileForecast({ kind: "refused", reason: "no history" }, request)).toEqual({
      kind: "refused",
      reason: "no history",
    });
    expect(compileForecast(forecast, request)).toMatchObject({ notes: ["a note"] });
  });
});
