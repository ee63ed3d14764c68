import type { Day } from "../core/day.js";
import { createRng, type Rng } from "../core/rng.js";
import type { Fixture } from "../domain/fixture.js";
import type { GoalRates } from "../domain/goals.js";
import { boundedRates } from "../models/bounded-rates.js";
import { scoreGrid } from "../models/dixon-coles-grid.js";
import { type ConvergedFit, fitGoals } from "../models/fit.js";
import type { Observation } from "../models/forecaster.js";
import type { ScoreGrid } from "../models/grid.js";
import { covarianceOfForms, covarianceRoot, drawVector, type LinearForm } from "../models/normal-draw.js";
import { MAX_RATE } from "../models/poisson-pmf.js";
import { WALK_FORWARD } from "../models/walk-forward.js";
import type { ModelChoice } from "./forecasters.js";
import { checked, numbers, withDecay } from "./model-parameters.js";

/** Draws that an interval's ends are read from: their own error is about a tenth of the interval's width. */
export const DRAWS = 200;
/** Every compile draws the same: an interval changes with the fit, not with the hour. */
const SEED = 1;

export interface Doubt {
  readonly fit: ConvergedFit;
  /** Grids drawn from the fit's doubt about one fixture; none when it does not know a club. */
  draws(fixture: Fixture): ScoreGrid[];
}

/** Grids drawn by a forecast that knows its own doubt; the same for a fixture at every compile of the same forecast. */
export function drawnBy(draw: (rng: Rng) => ScoreGrid, { id }: Fixture): ScoreGrid[] {
  const rng = createRng(SEED, id);
  return Array.from({ length: DRAWS }, () => draw(rng));
}

/**
 * The doubt of poisson and dixon-coles, whose walk keeps no covariance; null for any other and where nothing was fitted.
 *
 * It is fitted afresh on the matches: cold, at once and by club, where the forecaster adds them day by day.
 */
export function doubtOf(
  { name, parameters }: ModelChoice,
  learnt: readonly Observation[],
  asOf: Day,
): Doubt | null {
  if (name !== "poisson" && name !== "dixon-coles") return null;
  const { xi, ridge, rho } = { ...WALK_FORWARD, ...withDecay(checked(numbers(parameters))) };
  const matches = learnt.map(({ fixture, result }) => ({
    home: String(fixture.home.id),
    away: String(fixture.away.id),
    homeGoals: result.homeGoals,
    awayGoals: result.awayGoals,
    day: fixture.day,
    neutral: fixture.neutral,
  }));
  const fit = fitGoals(matches, { model: name, xi, ridge, asOf, rho: rho ?? undefined });
  if (fit.kind !== "converged") return null;
  return { fit, draws: (fixture) => drawGrids(fit, fixture, createRng(SEED, fixture.id)) };
}

/**
 * Grids of rates drawn from the normal distribution that the Wald covariance describes, on the scale of log homeRate,
 * log awayRate and rho. It covers the error of the estimate, not that ratings move or that the model is wrong.
 */
export function drawGrids(fit: ConvergedFit, fixture: Fixture, rng: Rng, count = DRAWS): ScoreGrid[] {
  const contrasts = contrastsOf(fit, fixture);
  if (contrasts === null || fit.covariance === null) return [];
  const mean = contrasts.map(({ value }) => value);
  const forms = contrasts.map(({ terms }) => terms);
  const root = covarianceRoot(covarianceOfForms(fit.covariance, 2 * fit.teams.length + 2, forms));
  return Array.from({ length: count }, () => {
    const [home, away, rho] = drawVector(mean, root, rng);
    return scoreGrid(drawnRates(Math.exp(home), Math.exp(away), rho));
  });
}

function drawnRates(home: number, away: number, rho: number): GoalRates {
  return boundedRates(Math.min(home, MAX_RATE), Math.min(away, MAX_RATE), rho);
}

/** A linear form in the fit's unknowns, as place and factor, with its value. */
interface Contrast {
  readonly value: number;
  readonly terms: LinearForm;
}

/** log homeRate, log awayRate and rho of a fixture; null when the fit does not know a club. */
function contrastsOf(fit: ConvergedFit, { home, away, neutral }: Fixture): readonly Contrast[] | null {
  const teams = fit.teams.length;
  const h = fit.teams.findIndex(({ team }) => team === String(home.id));
  const a = fit.teams.findIndex(({ team }) => team === String(away.id));
  if (h < 0 || a < 0) return null;
  const lift = neutral ? 0 : 1;
  const { intercept, homeAdvantage, rho } = fit;
  return [
    {
      value: intercept + lift * homeAdvantage + fit.teams[h].attack - fit.teams[a].defence,
      terms: [
        [h, 1],
        [teams + a, -1],
        [2 * teams, lift],
      ],
    },
    {
      value: intercept + fit.teams[a].attack - fit.teams[h].defence,
      terms: [
        [a, 1],
        [teams + h, -1],
      ],
    },
    { value: rho, terms: [[2 * teams + 1, 1]] },
  ];
}
