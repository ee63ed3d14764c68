import { boundedRates } from "./bounded-rates.js";
import { scoreGrid } from "./dixon-coles-grid.js";
import type { Division, Forecast, Forecaster, Observation } from "./forecaster.js";
import { impliedRates } from "./implied-rates.js";
import { poissonForecaster } from "./walk-forward.js";

export interface MarketPoissonParameters {
  /** Decay of weights a day: 0.02 forgets half in five weeks. Lines carry far less noise than goals. */
  readonly xi: number;
  /** Precision of the normal prior on attack and defence. */
  readonly ridge: number;
  /** Matches with a price to have seen before the first forecast. */
  readonly leastMatches: number;
  /** Running mean of the implied dependence of low scores. */
  readonly rhoStart: number;
  readonly rhoRate: number;
}

export const MARKET_POISSON: MarketPoissonParameters = {
  xi: 0.02,
  ridge: 0.1,
  leastMatches: 30,
  rhoStart: -0.08,
  rhoRate: 0.03,
};

/**
 * The plain way to learn from past closing lines: Poisson ratings whose response is not the goals of a past match but
 * those that its closing line expected. A match without a usable price teaches nothing. To compare market-informed with.
 */
export function marketPoisson(
  division: Division,
  overrides: Partial<MarketPoissonParameters> = {},
): Forecaster {
  const { rhoStart, rhoRate, ...settings } = { ...MARKET_POISSON, ...overrides };
  const ratings = poissonForecaster(division, settings);
  let rho = rhoStart;

  function observe(matches: readonly Observation[]): void {
    const priced = matches.flatMap((match) => {
      const line = match.market === null ? null : impliedRates(match.market);
      if (line?.kind !== "rates") return [];
      if (match.market?.over25 !== null) rho += rhoRate * (line.rates.rho - rho);
      return [{ ...match, result: expectedResult(match, line.rates) }];
    });
    ratings.observe(priced);
  }

  return {
    version: `market-poisson rho=${rhoStart}+${rhoRate} over ${ratings.version}`,
    observe,
    forecast: (fixture, asOf) => withRho(ratings.forecast(fixture, asOf), rho),
  };
}

/** A result with the goals a line expected: the Poisson likelihood takes real counts. */
function expectedResult({ result }: Observation, rates: { homeRate: number; awayRate: number }) {
  return { ...result, homeGoals: rates.homeRate, awayGoals: rates.awayRate };
}

function withRho(forecast: Forecast, rho: number): Forecast {
  if (forecast.kind === "refused") return forecast;
  const rates = boundedRates(forecast.homeRate, forecast.awayRate, rho);
  const notes = rates.clipped ? [...forecast.notes, "rho was clipped for this fixture"] : forecast.notes;
  const { homeRate, awayRate } = rates;
  return { kind: "forecast", homeRate, awayRate, rho: rates.rho, notes, grid: () => scoreGrid(rates) };
}
