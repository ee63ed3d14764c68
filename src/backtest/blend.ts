import type { Forecast, Forecaster } from "../models/forecaster.js";
import type { ScoreGrid } from "../models/grid.js";

/** A model of a blend; weights are relative to each other. */
export interface Voice {
  readonly forecaster: Forecaster;
  /** > 0 */
  readonly weight: number;
}

/**
 * Several models as one: the linear opinion pool of their score grids, so that every market of a fixture is priced from
 * one distribution.
 *
 * Refuses a fixture that any of its models refuses: an average over whoever happens to answer is another model.
 * Source   Stone, "The opinion pool", Annals of Mathematical Statistics 32, 1961.
 */
export function blendOf(voices: readonly Voice[]): Forecaster {
  const total = voices.reduce((sum, { weight }) => sum + weight, 0);
  const shares = voices.map(({ weight }) => weight / total);
  return {
    version: `blend ${voices.map(({ forecaster }, index) => `${shares[index].toFixed(4)} x ${forecaster.version}`).join(" + ")}`,
    observe(matches) {
      for (const { forecaster } of voices) forecaster.observe(matches);
    },
    forecast(fixture, asOf) {
      return pooled(
        voices.map(({ forecaster }) => forecaster.forecast(fixture, asOf)),
        shares,
      );
    },
  };
}

function pooled(forecasts: readonly Forecast[], shares: readonly number[]): Forecast {
  const given: Extract<Forecast, { kind: "forecast" }>[] = [];
  for (const forecast of forecasts) {
    if (forecast.kind === "refused") return forecast;
    given.push(forecast);
  }
  const mean = (of: (forecast: (typeof given)[number]) => number): number =>
    given.reduce((sum, forecast, index) => sum + shares[index] * of(forecast), 0);
  return {
    kind: "forecast",
    homeRate: mean(({ homeRate }) => homeRate),
    awayRate: mean(({ awayRate }) => awayRate),
    rho: mean(({ rho }) => rho),
    grid: () =>
      poolGrids(
        given.map((forecast) => forecast.grid()),
        shares,
      ),
    notes: given.flatMap(({ notes }) => notes),
  };
}

/** Weighted mean of grids, cell by cell, on the largest of them. */
export function poolGrids(grids: readonly ScoreGrid[], shares: readonly number[]): ScoreGrid {
  const maxGoals = grids.reduce((most, grid) => Math.max(most, grid.maxGoals), 0);
  const side = maxGoals + 1;
  const cells = new Float64Array(side * side);
  for (const [index, grid] of grids.entries()) addGrid(cells, side, grid, shares[index]);
  const tailMass = grids.reduce((sum, grid, index) => sum + shares[index] * grid.tailMass, 0);
  return { maxGoals, cells, tailMass };
}

function addGrid(cells: Float64Array, side: number, grid: ScoreGrid, share: number): void {
  const own = grid.maxGoals + 1;
  for (let home = 0; home < own; home++)
    for (let away = 0; away < own; away++) cells[home * side + away] += share * grid.cells[home * own + away];
}
