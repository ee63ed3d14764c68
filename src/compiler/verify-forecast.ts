import type { Forecast } from "../models/forecaster.js";
import { expectedGoals } from "../models/grid.js";
import { FORECASTERS, type ModelChoice } from "./forecasters.js";
import { faultOfGrid, gridSums } from "./grid-sums.js";
import { DEFAULT_HALF_SHARE } from "./half-share.js";
import { expectedPoints } from "./match-odds.js";
import { type PriceSheet, priceEverything, priceGrid } from "./sheet.js";
import { type Verification, verifySheet } from "./verify.js";

type Made = Extract<Forecast, { kind: "forecast" }>;

/** Every market of a forecast, from the grid its model made. */
export function sheetOf(forecast: Made, { name }: ModelChoice): PriceSheet {
  const { homeRate, awayRate, rho } = forecast;
  if (FORECASTERS[name].dixonColesGrid) return priceEverything({ homeRate, awayRate, rho });
  const grid = forecast.grid();
  return {
    homeRate,
    awayRate,
    rho,
    tailMass: grid.tailMass,
    halfShare: DEFAULT_HALF_SHARE,
    expectedPoints: expectedPoints(grid),
    markets: priceGrid(grid),
  };
}

/** Expected goals of a grid agree with the forecast's to this. */
const RATE_TOLERANCE = 1e-9;

/**
 * Check a forecast's prices by a second path before they count.
 *
 * A Dixon-Coles grid is held against closed forms that use no grid. For any other distribution the grid must be one and
 * have the forecast's expected goals, and its markets are held against sums of its cells.
 */
export function verifyForecast(forecast: Made, model: ModelChoice): Verification {
  const sheet = sheetOf(forecast, model);
  if (FORECASTERS[model.name].dixonColesGrid) return verifySheet(sheet);
  const grid = forecast.grid();
  const fault = faultOfGrid(grid);
  if (fault !== null)
    return { kind: "disagreed", where: `grid with ${fault}`, actual: 0, expected: 1, difference: 1 };
  const { homeRate } = expectedGoals(grid);
  const difference = Math.abs(homeRate - forecast.homeRate);
  if (!(difference <= RATE_TOLERANCE))
    return {
      kind: "disagreed",
      where: "expected home goals",
      actual: forecast.homeRate,
      expected: homeRate,
      difference,
    };
  return verifySheet(sheet, undefined, gridSums(grid));
}
