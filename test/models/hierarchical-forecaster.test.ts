import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/core/assert.js";
import { createRng } from "../../src/core/rng.js";
import { fitRates } from "../../src/models/fit-forecast.js";
import { fitHierarchical } from "../../src/models/hierarchical.js";
import { hierarchicalForecaster } from "../../src/models/hierarchical-forecaster.js";
import { simulateLeague } from "./market-simulated.js";

const { division, matches } = simulateLeague(1, 8, 3, 0.05);
const observations = matches.map(({ observation }) => observation);
const last = observations[observations.length - 1].fixture;
/** Divisible by 28, after the last match: the fit is as of that very day. */
const DAY = last.day + 28 - (last.day % 28);

function fed() {
  const model = hierarchicalForecaster(division);
  model.observe(observations);
  return model;
}

describe("the hierarchical forecaster", () => {
  it("forecasts by the shrunk fit of what was seen before its refit day", () => {
    const forecast = fed().forecast({ ...last, day: DAY }, DAY);
    if (forecast.kind === "refused") throw new Error(forecast.reason);
    // The same through the fit itself: named matches, none of which has faded below 0.02 in three short seasons.
    const named = observations.map(({ fixture, result: { homeGoals, awayGoals } }) => ({
      home: String(fixture.home.id),
      away: String(fixture.away.id),
      homeGoals,
      awayGoals,
      day: fixture.day,
    }));
    const shrunk = fitHierarchical(named, { model: "dixon-coles", xi: 0.0018, asOf: DAY });
    if (shrunk.kind !== "shrunk") throw new Error(shrunk.kind);
    const rates = fitRates(shrunk.fit, { home: String(last.home.id), away: String(last.away.id) });
    expect(forecast.homeRate).toBeCloseTo(rates?.homeRate ?? Number.NaN, 12);
    expect(forecast.awayRate).toBeCloseTo(rates?.awayRate ?? Number.NaN, 12);
  });

  it("draws grids about its rates, none for a club it has not seen", () => {
    const model = fed();
    const forecast = model.forecast({ ...last, day: DAY }, DAY);
    if (forecast.kind === "refused" || !forecast.draw) throw new Error("no doubt");
    const rng = createRng(42);
    const nils = Array.from({ length: 400 }, () => forecast.draw?.(rng).cells[0] ?? Number.NaN);
    const below = nils.filter((nil) => nil < forecast.grid().cells[0]).length;
    // A fair coin thrown 400 times stays within 5 standard deviations of 10; the curve of e^-x bends it a little.
    expect(Math.abs(below - 200)).toBeLessThan(60);
    const stranger = { id: 999, name: "Strangers", country: "" };
    const unseen = model.forecast({ ...last, day: DAY, home: stranger }, DAY);
    expect(unseen).toMatchObject({ kind: "forecast", draw: undefined });
  });

  it("is refused before a hundred matches, and never sees its own day", () => {
    const model = hierarchicalForecaster(division);
    model.observe(observations.slice(0, 20));
    expect(model.forecast({ ...last, day: DAY }, DAY)).toEqual({
      kind: "refused",
      reason: "20 matches seen, 100 needed",
    });
    expect(() => fed().forecast(last, last.day)).toThrow(InvariantError);
  });
});
