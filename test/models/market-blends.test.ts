import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/core/assert.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import type { Forecast, Forecaster } from "../../src/models/forecaster.js";
import { ANCHORED_NOTE, marketAnchored } from "../../src/models/market-anchored.js";
import { marketInformed } from "../../src/models/market-informed.js";
import { marketPoisson } from "../../src/models/market-poisson.js";
import { sharedAvailable } from "../support/shared.js";
import { type DivisionHistory, readHistory } from "./market-seasons.js";
import { simulateLeague } from "./market-simulated.js";
import { judge, viewOf, walk } from "./market-yardstick.js";

const { fixture } = simulateLeague(1, 4, 1, 0).matches[0].observation;

function fixed(homeRate: number, awayRate: number, rho: number): Forecaster {
  const rates = { homeRate, awayRate, rho };
  const forecast: Forecast = { kind: "forecast", ...rates, notes: ["own"], grid: () => scoreGrid(rates) };
  return { version: "fixed", observe: () => undefined, forecast: () => forecast };
}

describe("market-anchored", () => {
  const early = viewOf(scoreGrid({ homeRate: 2, awayRate: 1, rho: 0 }).cells);

  it("blends log supremacy and log total by their shares, and says so", () => {
    const anchored = marketAnchored(fixed(1, 1, -0.1), () => early, {
      supremacyShare: 0.5,
      totalShare: 0.25,
    });
    // ln(home / away): 0 and ln 2, half way; ln(home away): 0 and ln 2, a quarter of the way.
    const supremacy = Math.log(2) * 0.5;
    const total = Math.log(2) * 0.25;
    const forecast = anchored.forecast(fixture, fixture.day);
    if (forecast.kind === "refused") throw new Error(forecast.reason);
    expect(forecast.homeRate).toBeCloseTo(Math.exp((total + supremacy) / 2), 9);
    expect(forecast.awayRate).toBeCloseTo(Math.exp((total - supremacy) / 2), 9);
    expect(forecast.rho).toBeCloseTo(-0.075, 9);
    expect(forecast.notes).toEqual(["own", ANCHORED_NOTE]);
  });

  it("keeps the forecast where there are no early prices, and says so", () => {
    const forecast = marketAnchored(fixed(1.5, 1, 0), () => null).forecast(fixture, fixture.day);
    expect(forecast).toMatchObject({ homeRate: 1.5, awayRate: 1, rho: 0 });
    expect(forecast).toMatchObject({ notes: ["own", "no usable early prices: the forecast alone"] });
  });

  it("leaves the total alone where none was quoted", () => {
    const anchored = marketAnchored(fixed(1, 1, -0.1), () => ({ ...early, over25: null }));
    const forecast = anchored.forecast(fixture, fixture.day);
    if (forecast.kind === "refused") throw new Error(forecast.reason);
    expect(forecast.homeRate * forecast.awayRate).toBeCloseTo(1, 12);
    expect(forecast.rho).toBe(-0.1);
  });

  it("takes shares between 0 and 1 only", () => {
    expect(() => marketAnchored(fixed(1, 1, 0), () => null, { totalShare: 1.2 })).toThrow(InvariantError);
  });
});

describe("market-poisson", () => {
  it("comes to the true rates of a simulated league whose lines are exact", () => {
    const { division, matches } = simulateLeague(5, 12, 2, 0);
    const forecaster = marketPoisson(division, { ridge: 1e-6 });
    const half = matches.slice(0, matches.length - 30);
    forecaster.observe(half.map(({ observation }) => observation));
    for (const { observation, supremacy, total } of matches.slice(-30)) {
      const forecast = forecaster.forecast(observation.fixture, observation.fixture.day);
      if (forecast.kind === "refused") throw new Error(forecast.reason);
      // Rates are log-additive and lines carry no error: the fit is exact up to the ridge.
      expect(Math.log(forecast.homeRate / forecast.awayRate)).toBeCloseTo(supremacy, 5);
      expect(Math.log(forecast.homeRate * forecast.awayRate)).toBeCloseTo(total, 5);
      // The line's dependence, -0.08, is where the running mean starts: it stays.
      expect(forecast.rho).toBeCloseTo(-0.08, 8);
    }
  });

  it("learns nothing from matches without a price", () => {
    const { division, matches } = simulateLeague(5, 12, 2, 0);
    const forecaster = marketPoisson(division);
    const unpriced = matches.slice(0, 100).map(({ observation }) => ({ ...observation, market: null }));
    forecaster.observe(unpriced);
    const next = matches[150].observation.fixture;
    expect(forecaster.forecast(next, next.day).kind).toBe("refused");
  });
});

describe.skipIf(!sharedAvailable)("the relatives of market-informed on D1, 2013 to 2015", () => {
  const early = ({ matches }: DivisionHistory) =>
    new Map(matches.map((match) => [match.observation.fixture.id, match.early]));

  it("stand in order: Poisson on lines, market-informed, early prices, the blend", () => {
    const history = readHistory("D1", 1, 2005, 2015);
    const prices = early(history);
    const verdict = (forecaster: Forecaster) => judge(walk(history, forecaster, 2013, 2015)).divergence;
    const own = (id: number) => prices.get(id) ?? null;
    const poisson = verdict(marketPoisson(history.division));
    const informed = verdict(marketInformed(history.division));
    const only = verdict(
      marketAnchored(marketInformed(history.division), ({ id }) => own(id), {
        supremacyShare: 1,
        totalShare: 1,
      }),
    );
    const blend = verdict(marketAnchored(marketInformed(history.division), ({ id }) => own(id)));
    expect(informed).toBeLessThan(poisson * 0.8);
    expect(only).toBeLessThan(informed);
    expect(blend).toBeLessThan(only);
  });
});
