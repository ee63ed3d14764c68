import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/core/assert.js";
import { fitGoals } from "../../src/models/fit.js";
import type { Forecast, Forecaster, Observation } from "../../src/models/forecaster.js";
import {
  dixonColesForecaster,
  poissonForecaster,
  type WalkForwardParameters,
} from "../../src/models/walk-forward.js";
import { sharedAvailable } from "../support/shared.js";
import { readHistory } from "./market-seasons.js";
import { fixtureOf, matchOf, roundsOfFour as rounds } from "./observations.js";

const NONE = { league: "T", tier: 1, clubs: new Map<number, ReadonlySet<number>>() };

function ratesOf(forecast: Forecast): [number, number, number] {
  if (forecast.kind !== "forecast") throw new Error(forecast.reason);
  return [forecast.homeRate, forecast.awayRate, forecast.rho];
}

function worst(a: Forecast, b: Forecast): number {
  const other = ratesOf(b);
  return Math.max(...ratesOf(a).map((value, i) => Math.abs(value - other[i])));
}

const MAKERS: [string, (p?: Partial<WalkForwardParameters>) => Forecaster][] = [
  ["poisson", (p) => poissonForecaster(NONE, p)],
  ["dixon-coles", (p) => dixonColesForecaster(NONE, p)],
];

describe.each(MAKERS)("%s forecaster", (name, make) => {
  it("names its model and parameters", () => {
    expect(make({ xi: 0.002 }).version).toBe(`${name} xi=0.002 ridge=4 least=30`);
  });

  it("gives the same forecast fed day by day with forecasts between, or all at once (1e-8)", () => {
    const matches = rounds(12);
    const stepwise = make();
    for (const match of matches) {
      stepwise.observe([match]);
      stepwise.forecast(fixtureOf(match.fixture.day + 1, 1, 2), match.fixture.day + 1);
    }
    const atOnce = make();
    atOnce.observe(matches);
    const day = 100 + 7 * 12;
    expect(
      worst(stepwise.forecast(fixtureOf(day, 0, 3), day), atOnce.forecast(fixtureOf(day, 0, 3), day)),
    ).toBeLessThan(1e-8);
    // A later as-of day without new matches is aged, not stale.
    const later = make();
    later.observe(matches);
    expect(
      worst(stepwise.forecast(fixtureOf(400, 0, 3), 400), later.forecast(fixtureOf(400, 0, 3), 400)),
    ).toBeLessThan(1e-8);
  });

  it("is the weighted fit of what was observed", () => {
    const matches = rounds(12);
    const model = make({ xi: 0.01, ridge: 0.3 });
    model.observe(matches);
    const day = 200;
    const [homeRate, awayRate, rho] = ratesOf(model.forecast(fixtureOf(day, 2, 1), day));
    const fit = fitGoals(
      matches.map(({ fixture, result }) => ({
        home: fixture.home.name,
        away: fixture.away.name,
        homeGoals: result.homeGoals,
        awayGoals: result.awayGoals,
        day: fixture.day,
      })),
      { model: name === "poisson" ? "poisson" : "dixon-coles", xi: 0.01, ridge: 0.3, asOf: day },
    );
    if (fit.kind !== "converged") throw new Error(fit.kind);
    const at = (club: string) => fit.teams.find(({ team }) => team === club) ?? { attack: 9, defence: 9 };
    const [home, away] = [at("Club 2"), at("Club 1")];
    expect(Math.exp(fit.intercept + fit.homeAdvantage + home.attack - away.defence)).toBeCloseTo(homeRate, 8);
    expect(Math.exp(fit.intercept + away.attack - home.defence)).toBeCloseTo(awayRate, 8);
    expect(fit.rho).toBeCloseTo(rho, 8);
  });

  it("survives weights that grow over forty years", () => {
    const model = make({ xi: 0.01 });
    model.observe([...rounds(4), ...rounds(4).map((m, i) => shifted(m, 15_000 + i))]);
    const alone = make({ xi: 0.01 });
    alone.observe(rounds(4).map((m, i) => shifted(m, 15_000 + i)));
    const day = 15_400;
    expect(
      worst(model.forecast(fixtureOf(day, 0, 1), day), alone.forecast(fixtureOf(day, 0, 1), day)),
    ).toBeLessThan(1e-8);
  });

  it("refuses before it has seen enough, and says how much it has seen", () => {
    const model = make();
    model.observe(rounds(2));
    expect(model.forecast(fixtureOf(200, 0, 1), 200)).toEqual({
      kind: "refused",
      reason: "24 matches seen, 30 needed",
    });
  });

  it("takes a forecast after a match of its own day for a bug", () => {
    const model = make();
    model.observe(rounds(4));
    expect(() => model.forecast(fixtureOf(121, 0, 1), 121)).toThrow(InvariantError);
    expect(() => model.observe(rounds(1))).toThrow(InvariantError);
  });

  it("takes home advantage off on neutral ground", () => {
    const model = make();
    model.observe(rounds(6));
    const here = ratesOf(model.forecast(fixtureOf(300, 0, 1), 300));
    const neutral = ratesOf(model.forecast(fixtureOf(300, 0, 1, true), 300));
    const turned = ratesOf(model.forecast(fixtureOf(300, 1, 0, true), 300));
    expect(neutral[0]).not.toBeCloseTo(here[0], 3);
    expect(neutral[1]).toBeCloseTo(here[1], 12);
    expect(turned[0]).toBeCloseTo(neutral[1], 12);
  });

  it("places a club without a match like the entrants before it, and says so", () => {
    const clubs = new Map([
      [2019, new Set([0, 1, 2])],
      [2020, new Set([0, 1, 2, 3, 9])],
      [2021, new Set([0, 1, 2, 8])],
    ]);
    const division = { league: "T", tier: 1, clubs };
    const model = name === "poisson" ? poissonForecaster(division) : dixonColesForecaster(division);
    model.observe(rounds(6));
    const unseen = model.forecast(fixtureOf(300, 9, 1), 300);
    const entrant = model.forecast(fixtureOf(300, 3, 1), 300);
    expect(worst(unseen, entrant)).toBeLessThan(1e-12);
    expect(unseen.kind === "forecast" && unseen.notes).toContain(
      "Club 9: no match seen, placed like 1 earlier entrants",
    );
    expect(entrant.kind === "forecast" && entrant.notes).toEqual([]);
  });

  it("notes a club of few matches", () => {
    const model = make();
    model.observe([...rounds(6), matchOf(200, 7, 0, 1, 0)]);
    const forecast = model.forecast(fixtureOf(300, 7, 1), 300);
    expect(forecast.kind === "forecast" && forecast.notes).toContain("Club 7: only 1 matches seen");
  });
});

function shifted(match: Observation, day: number): Observation {
  return { ...match, fixture: { ...match.fixture, day } };
}

describe.skipIf(!sharedAvailable)("walk-forward through real seasons", () => {
  it("prices E0 2014 to 2017 after the first few matches, refitting each match day, without a negative cell", () => {
    const { division, matches } = readHistory("E0", 1, 2014, 2017);
    const model = dixonColesForecaster(division);
    let forecasts = 0;
    let logLoss = 0;
    for (let from = 0; from < matches.length; ) {
      const day = matches[from].observation.fixture.day;
      let to = from;
      while (to < matches.length && matches[to].observation.fixture.day === day) to++;
      const today = matches.slice(from, to).map(({ observation }) => observation);
      for (const { fixture, result } of today) {
        const forecast = model.forecast(fixture, day);
        if (forecast.kind === "refused") continue;
        forecasts++;
        const { cells, maxGoals } = forecast.grid();
        expect(Math.min(...cells)).toBeGreaterThanOrEqual(0);
        logLoss -= Math.log(outcome(cells, maxGoals, Math.sign(result.homeGoals - result.awayGoals)));
      }
      model.observe(today);
      from = to;
    }
    expect(matches.length).toBe(4 * 380);
    expect(forecasts).toBe(1490);
    // A constant forecast of the seasons' own frequencies scores about 1.06; early rounds are in, ridge is slight.
    expect(logLoss / forecasts).toBeLessThan(1.03);
  });
});

function outcome(cells: Float64Array, maxGoals: number, sign: number): number {
  let sum = 0;
  for (let i = 0; i <= maxGoals; i++)
    for (let j = 0; j <= maxGoals; j++) if (Math.sign(i - j) === sign) sum += cells[i * (maxGoals + 1) + j];
  return sum;
}
