import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import type { Rng } from "../core/rng.js";
import type { Fixture } from "../domain/fixture.js";
import { scoreGrid } from "../models/dixon-coles-grid.js";
import type { Forecast, Forecaster, Observation } from "../models/forecaster.js";
import type { ScoreGrid } from "../models/grid.js";
import { covarianceOfForms, covarianceRoot, drawVector } from "../models/normal-draw.js";
import type { Form } from "./form.js";
import { poissonRegression, type RegressionFit, rateOf } from "./poisson-regression.js";
import {
  learnDay,
  newMemory,
  type RatingsMemory,
  type RatingsModelParameters,
  type Sides,
  sidesOf,
} from "./ratings-memory.js";

export const RATINGS_MODEL: RatingsModelParameters = {
  formGames: 20,
  settledGames: 6,
  leastMatches: 100,
  refitGrowth: 0.02,
};

const LEAST_RATE = 0.05;
const MOST_RATE = 10;

/**
 * The original compiler's model: Poisson regression of a side's goals on home, ratings and form.
 *
 *     log rate = b0 + b1 home + b2 (attack - opponent's defence) / 100 + b3 scored + b4 opponent's conceded
 *
 * Ratings are the Statistico ratings, form the goals a match over the last games, both as of kick-off: the rows it
 * learns from were made before their result was known. Goals of the two sides are independent (rho 0). Fits start
 * cold at fixed sizes of the data, so that a forecast depends on the matches observed and not on when it was asked.
 *
 * Throws   InvariantError when days go backwards, or when a forecast is asked for a day whose results it has seen.
 * Source   the original odds compiler of 2019-20, `docs/ratings.md`; without its inputs that were not point-in-time.
 */
export function ratingsModel(overrides: Partial<RatingsModelParameters> = {}): Forecaster {
  const asked = { ...RATINGS_MODEL, ...overrides };
  // A form remembers no more matches than it is made of: more could never be reached.
  const parameters = { ...asked, settledGames: Math.min(asked.settledGames, asked.formGames) };
  const memory = newMemory(parameters);
  /** The matches of the last day observed: learnt together once the day is over. */
  let today: Observation[] = [];
  let lastDay: Day = Number.NEGATIVE_INFINITY;
  let fit: RegressionFit | null = null;
  let fittedRows = 0;

  function observe(matches: readonly Observation[]): void {
    for (const match of matches) {
      const { day } = match.fixture;
      invariant(day >= lastDay, `days must not go backwards, was ${day} after ${lastDay}`);
      if (day > lastDay) endDay();
      lastDay = day;
      today.push(match);
    }
  }

  function endDay(): void {
    learnDay(memory, today, parameters);
    today = [];
  }

  function forecast(fixture: Fixture, asOf: Day): Forecast {
    invariant(asOf > lastDay, `a forecast must be made before its day is observed, was ${asOf}`);
    endDay();
    const { leastMatches } = parameters;
    if (memory.fitRows < 2 * leastMatches) {
      const learnt = memory.counts.length / 2;
      return { kind: "refused", reason: `learns from ${leastMatches} matches at least, was ${learnt}` };
    }
    if (fit === null || fittedRows !== memory.fitRows) fit = poissonRegression(memory, memory.fitRows);
    fittedRows = memory.fitRows;
    if (fit.kind !== "converged") return { kind: "refused", reason: `the regression ended ${fit.kind}` };
    return forecastOf(memory, fixture, fit, parameters);
  }

  return { version: `ratings ${JSON.stringify(parameters)}`, observe, forecast };
}

function forecastOf(
  memory: RatingsMemory,
  fixture: Fixture,
  { coefficients, covariance }: RegressionFit,
  { settledGames }: RatingsModelParameters,
): Forecast {
  const sides = sidesOf(memory, fixture);
  const homeRate = rateOf(coefficients, sides.home);
  const awayRate = rateOf(coefficients, sides.away);
  const rates = { homeRate: inRange(homeRate), awayRate: inRange(awayRate), rho: 0 };
  const notes = [
    ...newcomer(fixture.home.name, sides.homeForm, settledGames),
    ...newcomer(fixture.away.name, sides.awayForm, settledGames),
    ...(rates.homeRate === homeRate && rates.awayRate === awayRate ? [] : ["a goal rate was out of range"]),
  ];
  const draw = covariance === null ? undefined : drawer(coefficients, covariance, sides);
  return { kind: "forecast", ...rates, grid: () => scoreGrid(rates), notes, draw };
}

/** Grids by coefficients drawn from their Wald covariance: the doubt of the regression, none of the ratings' own. */
function drawer(coefficients: Float64Array, covariance: Float64Array, { home, away }: Sides) {
  return (rng: Rng): ScoreGrid => {
    const forms = [home, away].map((row) => Array.from(row, (value, k) => [k, value] as const));
    const root = covarianceRoot(covarianceOfForms(covariance, coefficients.length, forms));
    const logs = [home, away].map((row) => Math.log(rateOf(coefficients, row)));
    const [homeRate, awayRate] = drawVector(logs, root, rng).map((log) => inRange(Math.exp(log)));
    return scoreGrid({ homeRate, awayRate, rho: 0 });
  };
}

function newcomer(name: string, { known }: Form, settledGames: number): string[] {
  return known < settledGames ? [`${name} has ${known} matches behind its rating here`] : [];
}

function inRange(rate: number): number {
  return Math.min(MOST_RATE, Math.max(LEAST_RATE, rate));
}
