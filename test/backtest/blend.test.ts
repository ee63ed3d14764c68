import { describe, expect, it } from "vitest";
import { prepareInTurn } from "../../src/backtest/backtest.js";
import { blendOf, poolGrids } from "../../src/backtest/blend.js";
import { modelsOf } from "../../src/backtest/model.js";
import { walkForward } from "../../src/backtest/walk.js";
import type { Forecaster } from "../../src/models/forecaster.js";
import { strategyOf, viewOf } from "../strategy/views.js";
import { constantModel, sha256 } from "./models.js";
import { early, memory } from "./source.js";

const division = { league: "E0", tier: 1, clubs: new Map() };
const silent: Forecaster = {
  version: "silent",
  observe: () => {},
  forecast: () => ({ kind: "refused", reason: "nothing to say" }),
};

describe("poolGrids", () => {
  it("is the weighted mean cell by cell, on the largest grid", () => {
    const small = { maxGoals: 1, cells: Float64Array.from([0.4, 0.3, 0.2, 0.1]), tailMass: 0 };
    const large = { maxGoals: 2, cells: Float64Array.from([0.5, 0, 0, 0, 0, 0, 0, 0, 0.5]), tailMass: 0 };
    const { maxGoals, cells } = poolGrids([small, large], [0.25, 0.75]);
    expect(maxGoals).toBe(2);
    // 0-0: 0.25 x 0.4 + 0.75 x 0.5; 0-1: 0.25 x 0.3; 1-0: 0.25 x 0.2; 1-1: 0.25 x 0.1; 2-2: 0.75 x 0.5.
    const expected = [0.475, 0.075, 0, 0.05, 0.025, 0, 0, 0, 0.375];
    for (const [index, cell] of expected.entries()) expect(cells[index]).toBeCloseTo(cell, 14);
  });
});

describe("blendOf", () => {
  const { fixture } = viewOf();

  it("refuses what any of its models refuses", () => {
    const blend = blendOf([
      { forecaster: constantModel(0.5, 0.3).create(division, {}), weight: 1 },
      { forecaster: silent, weight: 1 },
    ]);
    expect(blend.forecast(fixture, fixture.day)).toEqual({ kind: "refused", reason: "nothing to say" });
    expect(blend.version).toBe("blend 0.5000 x constant + 0.5000 x silent");
  });

  it("is what a strategy bets with: the probability lies between its models'", async () => {
    const strategy = strategyOf(
      "runners: [HOME]",
      "model: { name: blend, of: [{ name: poisson, weight: 3 }, { name: ratings }] }",
    );
    const registry = { poisson: constantModel(0.5, 0.3), ratings: constantModel(0.7, 0.2) };
    const rows = [
      { day: "2015-08-15", home: "Ash", away: "Birch", score: "1-0", prices: [early("B365", 2.2, 3.4, 3.6)] },
    ];
    const prepared = await prepareInTurn(memory(rows), sha256)(strategy, modelsOf(strategy, registry));
    // (3 x 0.5 + 1 x 0.7) / 4.
    expect(walkForward(prepared, strategy).bets[0]?.probability).toBeCloseTo(0.55, 12);
  });

  it("bets only where a confirming model agrees", async () => {
    const rows = [
      { day: "2015-08-15", home: "Ash", away: "Birch", score: "1-0", prices: [early("B365", 2.2, 3.4, 3.6)] },
    ];
    const betsWith = async (second: number): Promise<number> => {
      const strategy = strategyOf("runners: [HOME]", "confirm: { model: { name: ratings } }");
      const registry = { poisson: constantModel(0.5, 0.3), ratings: constantModel(second, 0.2) };
      const prepared = await prepareInTurn(memory(rows), sha256)(strategy, modelsOf(strategy, registry));
      return walkForward(prepared, strategy).bets.length;
    };
    // At 2.20 a probability of 0.46 has an edge of 1.2%, of 0.45 one of -1%.
    expect(await betsWith(0.46)).toBe(1);
    expect(await betsWith(0.45)).toBe(0);
  });
});
