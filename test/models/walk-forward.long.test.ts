import { describe, expect, it } from "vitest";
import type { Observation } from "../../src/models/forecaster.js";
import { dixonColesForecaster } from "../../src/models/walk-forward.js";
import { sharedAvailable } from "../support/shared.js";
import { readHistory } from "./market-seasons.js";

describe.skipIf(!sharedAvailable)("a walk through a division with seasons missing", () => {
  it("forecasts every match, clubs met after a gap of years too", () => {
    // F2 lacks seasons: its newcomers then meet clubs whose matches have all but faded.
    const { division, matches } = readHistory("F2", 2, 2005, 2025);
    const model = dixonColesForecaster(division, { xi: 0.0018, ridge: 2, rho: -0.04 });
    const refused = new Set<string>();
    let seen = 0;
    for (const day of daysOf(matches.map(({ observation }) => observation))) {
      for (const { fixture } of day) {
        const forecast = model.forecast(fixture, fixture.day);
        if (forecast.kind === "refused" && seen >= 30) refused.add(`${fixture.day}: ${forecast.reason}`);
      }
      model.observe(day);
      seen += day.length;
    }
    expect(seen).toBeGreaterThan(3000);
    expect([...refused]).toEqual([]);
  });
});

function daysOf(matches: readonly Observation[]): Observation[][] {
  const days: Observation[][] = [];
  for (const match of matches) {
    const last = days.at(-1);
    if (last?.[0].fixture.day === match.fixture.day) last.push(match);
    else days.push([match]);
  }
  return days;
}
