import { describe, expect, it } from "vitest";
import { evaluate, evaluateForecasts } from "../../../src/backtest/evaluate/evaluate.js";
import { forecastLeague } from "../../../src/backtest/evaluate/forecast-league.js";
import { FORECAST_WIDTH, type ForecastTable } from "../../../src/backtest/evaluate/forecast-table.js";
import { predictionLines } from "../../../src/backtest/evaluate/prediction-line.js";
import { formatDay } from "../../../src/core/day.js";
import { CUT, labWarehouse, scrambledFrom } from "../../compiler/lab.js";
import { scratchFolder } from "../../support/scratch.js";

const NONE = Number.NaN;

/** Three matches of one league: home win, draw, away win; the third has no closing line. */
function tinyTable(): ForecastTable {
  const forecast = (home: number, draw: number) => [1.5, 1, home, draw, 1 - home - draw, 0.5];
  return {
    league: "E0",
    fixtureId: Int32Array.of(1, 2, 3),
    season: Int32Array.of(2020, 2021, 2021),
    day: Int32Array.of(0, 400, 407),
    home: Int32Array.of(10, 11, 12),
    away: Int32Array.of(11, 12, 10),
    clubs: new Map([
      [10, "Ash"],
      [11, "Birch"],
      [12, "Cedar"],
    ]),
    outcome: Uint8Array.of(0, 1, 2),
    over25: Uint8Array.of(1, 0, 0),
    closing: Float64Array.of(0.5, 0.25, 0.25, 0.25, 0.5, 0.25, NONE, NONE, NONE),
    judgeable: Uint8Array.of(1, 1, 0),
    forecasts: [Float64Array.from([...forecast(0.5, 0.25), ...forecast(0.5, 0.25), ...forecast(0.25, 0.25)])],
    baseline: Float64Array.from([
      ...forecast(0.25, 0.5),
      ...forecast(0.5, 0.25),
      ...new Array<number>(FORECAST_WIDTH).fill(NONE),
    ]),
    refits: 3,
  };
}

const REQUEST = { seasons: [2020, 2021], models: [{ name: "poisson", parameters: {} }], learnFrom: 2020 };
const LN2 = Math.LN2;

describe("scores by hand", () => {
  const { models, closing, byLeague, bySeason, matches, refusedForecasts } = evaluateForecasts(
    [tinyTable()],
    REQUEST,
    1,
  );
  const [model, baseline] = models;

  it("averages losses over the matches with a closing line", () => {
    // Model gave the outcomes 1/2 and 1/4, baseline 1/4 and 1/4, closing 1/2 and 1/2.
    expect(model.n).toBe(2);
    expect(model.logLoss).toBeCloseTo((LN2 + 2 * LN2) / 2, 14);
    expect(baseline.logLoss).toBeCloseTo(2 * LN2, 14);
    expect(closing.logLoss).toBeCloseTo(LN2, 14);
    expect(model.ignorance).toBeCloseTo(1.5, 14);
    // RPS: (0.25 + 0.0625) / 2 for the home win; (0.25 + 0.0625) / 2 for the draw.
    expect(model.rps).toBeCloseTo(0.15625, 14);
    // Brier: 0.25 + 2/16; 0.25 + 9/16 + 1/16.
    expect(model.brier).toBeCloseTo((0.375 + 0.875) / 2, 14);
    expect(model.logLossOver25).toBeCloseTo(LN2, 14);
  });

  it("measures nearness to the close and the share of the gap", () => {
    // KL of the first match is 0; of the second 1/4 ln(1/2) + 1/2 ln 2 = 1/4 ln 2.
    expect(model.klToClosing?.value).toBeCloseTo(LN2 / 8, 14);
    // From 2 ln 2 to ln 2 the model gets to 1.5 ln 2: half the way.
    expect(model.gapClosed?.value).toBeCloseTo(0.5, 12);
    expect(baseline.gapClosed).toBeNull();
    expect(closing).toMatchObject({ n: 2, coverage: 2 / 3 });
    expect([matches, refusedForecasts]).toEqual([3, 0]);
  });

  it("breaks the same numbers down by league and season", () => {
    expect(byLeague).toHaveLength(1);
    expect(byLeague[0]).toMatchObject({ league: "E0", n: 2 });
    expect(byLeague[0].models[0].logLoss).toBeCloseTo(1.5 * LN2, 14);
    expect(bySeason.map(({ season, n }) => [season, n])).toEqual([
      [2020, 1],
      [2021, 1],
    ]);
    expect(bySeason[0].models[0].gapClosed).toBeCloseTo(1, 12);
    expect(bySeason[1].models[0].logLoss).toBeCloseTo(2 * LN2, 14);
  });

  it("says nothing of a close that is not there", () => {
    const open = { ...tinyTable(), judgeable: new Uint8Array(3), closing: new Float64Array(9).fill(NONE) };
    const without = evaluateForecasts([open], REQUEST, 1);
    expect(without.models.map(({ model: name, n }) => [name, n])).toEqual([["poisson", 3]]);
    expect(without.models[0]).toMatchObject({ klToClosing: null, gapClosed: null, versusClosing: null });
    expect(without.closing).toMatchObject({ n: 0, coverage: 0, logLoss: null });
  });

  it("writes a line a forecast, closing prices null where there are none", () => {
    const lines = predictionLines([tinyTable()], ["poisson"]);
    expect(lines[2]).toEqual({
      fixtureId: 3,
      league: "E0",
      season: 2021,
      date: formatDay(407),
      home: "Cedar",
      away: "Ash",
      model: "poisson",
      asOf: formatDay(407),
      homeRate: 1.5,
      awayRate: 1,
      pHome: 0.25,
      pDraw: 0.25,
      pAway: 0.5,
      pOver25: 0.5,
      closeHome: null,
      closeDraw: null,
      closeAway: null,
      result: "A",
    });
  });
});

describe("walking forward through a database", () => {
  const scratch = scratchFolder();
  const day = CUT - 45;
  const request = {
    leagues: ["SIM1", "SIM2"],
    seasons: [2021, 2022],
    models: ["poisson", "ratings", "market-informed", "market-poisson"].map((name) => ({
      name,
      parameters: {},
    })),
    learnFrom: 2020,
    seed: 1,
  };

  it("is blind to results, statistics and odds from a day on in all forecasts up to and with that day", async () => {
    const truth = await labWarehouse(scratch("truth.db"));
    const scrambled = await labWarehouse(scratch("scrambled.db"), scrambledFrom(day));
    const forecasts = async (warehouse: typeof truth) => {
      const table = await forecastLeague(warehouse, "SIM1", request, await warehouse.leagues());
      const upTo = table.day.findIndex((each) => each > day);
      expect(upTo).toBeGreaterThan(60);
      return {
        before: table.forecasts.map((column) => [...column.subarray(0, FORECAST_WIDTH * upTo)]),
        after: table.forecasts.map((column) => [...column.subarray(FORECAST_WIDTH * upTo)]),
      };
    };
    const [one, other] = [await forecasts(truth), await forecasts(scrambled)];
    expect(other.before).toEqual(one.before);
    // The probe can fail: what comes later is another world.
    expect(other.after).not.toEqual(one.after);
    await scrambled.close();
    await truth.close();
  });

  it("scores every model on the same matches, near the market and before the baseline where it learns from lines", async () => {
    const warehouse = await labWarehouse(scratch("scored.db"));
    const { models, closing, byLeague } = await evaluate(warehouse, request);
    expect(new Set(models.map(({ n }) => n)).size).toBe(1);
    expect(closing.n).toBe(models[0].n);
    expect(byLeague.reduce((sum, { n }) => sum + n, 0)).toBe(closing.n);
    const kl = new Map(models.map(({ model, klToClosing }) => [model, klToClosing?.value ?? 0]));
    expect(kl.get("market-informed")).toBeLessThan(kl.get("goals (baseline)") ?? 0);
    await warehouse.close();
  });
});
