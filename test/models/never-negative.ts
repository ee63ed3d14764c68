import { expect } from "vitest";
import { lowScoreFactor, scoreGrid } from "../../src/models/dixon-coles-grid.js";
import type { ConvergedFit } from "../../src/models/fit.js";
import { fitRates } from "../../src/models/fit-forecast.js";

/**
 * No pair of the fit's teams, at home or on neutral ground, has a cell below zero or needs rho clipped; the first
 * pair's whole grid is looked at, of the others the four cells that rho touches.
 */
export function neverNegative(fit: ConvergedFit): void {
  let least = Number.POSITIVE_INFINITY;
  let clipped = 0;
  for (const { team: home } of fit.teams)
    for (const { team: away } of fit.teams)
      for (const neutral of home === away ? [] : [false, true]) {
        const rates = fitRates(fit, { home, away, neutral });
        if (!rates) continue;
        if (least === Number.POSITIVE_INFINITY) least = Math.min(...scoreGrid(rates).cells);
        if (rates.clipped) clipped++;
        for (let i = 0; i < 2; i++)
          for (let j = 0; j < 2; j++) least = Math.min(least, lowScoreFactor(i, j, rates));
      }
  expect(clipped).toBe(0);
  expect(least).toBeGreaterThanOrEqual(0);
}
