import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/core/assert.js";
import type { Forecast } from "../../src/models/forecaster.js";
import { NEGATIVE_BINOMIAL } from "../../src/models/negative-binomial.js";
import { SCORE_LIKELIHOODS, scoreForecaster } from "../../src/models/score-forecaster.js";
import { fixtureOf, matchOf, roundsOfFour } from "./observations.js";

const NONE = { league: "T", tier: 1, clubs: new Map<number, ReadonlySet<number>>() };

function make(leastMatches = 60) {
  return scoreForecaster(NONE, NEGATIVE_BINOMIAL, { leastMatches });
}

function ratesOf(forecast: Forecast): number[] {
  if (forecast.kind !== "forecast") throw new Error(forecast.reason);
  return [forecast.homeRate, forecast.awayRate];
}

describe("scoreForecaster", () => {
  it.each(SCORE_LIKELIHOODS.map((likelihood) => [likelihood.name, likelihood] as const))(
    "%s: gives a grid without a negative cell whose means are the rates it reports",
    (name, likelihood) => {
      const model = scoreForecaster(NONE, likelihood, { leastMatches: 60 });
      model.observe(roundsOfFour(12));
      const forecast = model.forecast(fixtureOf(300, 0, 3), 300);
      expect(model.version).toBe(`${name} xi=0.0018 ridge=4 refit=14 weight=0.02 least=60`);
      if (forecast.kind !== "forecast") throw new Error(forecast.reason);
      const { cells, maxGoals } = forecast.grid();
      let mean = 0;
      for (let i = 0; i <= maxGoals; i++)
        for (let j = 0; j <= maxGoals; j++) mean += i * cells[i * (maxGoals + 1) + j];
      expect(Math.min(...cells)).toBeGreaterThanOrEqual(0);
      expect(forecast.homeRate).toBeCloseTo(mean, 12);
      expect(forecast.rho).toBe(0);
    },
  );

  it("gives the same forecast fed day by day with forecasts between, or all at once (1e-8)", () => {
    const matches = roundsOfFour(12);
    const stepwise = make();
    for (const match of matches) {
      stepwise.observe([match]);
      stepwise.forecast(fixtureOf(match.fixture.day + 1, 1, 2), match.fixture.day + 1);
    }
    const atOnce = make();
    atOnce.observe(matches);
    const [a, b] = [stepwise, atOnce].map((model) => ratesOf(model.forecast(fixtureOf(190, 0, 3), 190)));
    for (const i of [0, 1]) expect(Math.abs(a[i] - b[i])).toBeLessThan(1e-8);
  });

  it("rests on the matches before the last refit day, a multiple of fourteen days, and on nothing later", () => {
    const matches = roundsOfFour(12);
    // Day 182 = 13 x 14; round 12 was played on day 177.
    const [known, scrambled] = [make(), make()];
    known.observe(matches);
    scrambled.observe([...matches, matchOf(182, 0, 3, 9, 0), matchOf(183, 3, 0, 0, 9)]);
    const late = fixtureOf(190, 0, 3);
    expect(ratesOf(scrambled.forecast(late, 190))).toEqual(ratesOf(known.forecast(late, 190)));
    expect(ratesOf(scrambled.forecast(late, 196))[0]).toBeGreaterThan(ratesOf(known.forecast(late, 196))[0]);
  });

  it("refuses before it has seen enough, and takes looking ahead for a bug", () => {
    const model = make(100);
    model.observe(roundsOfFour(8));
    expect(model.forecast(fixtureOf(400, 0, 1), 400)).toEqual({
      kind: "refused",
      reason: "96 matches seen, 100 needed",
    });
    expect(() => model.forecast(fixtureOf(149, 0, 1), 149)).toThrow(InvariantError);
    expect(() => model.observe(roundsOfFour(1))).toThrow(InvariantError);
  });

  it("places a stranger at the average, and says so", () => {
    const model = make();
    model.observe(roundsOfFour(12));
    const forecast = model.forecast(fixtureOf(300, 9, 1), 300);
    expect(forecast.kind === "forecast" && forecast.notes[0]).toBe(
      "Club 9: no match known at the last refit, placed at the average",
    );
  });
});
