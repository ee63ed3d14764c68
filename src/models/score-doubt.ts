import type { Rng } from "../core/rng.js";
import type { ScoreGrid } from "./grid.js";
import { covarianceOfForms, covarianceRoot, drawVector, type LinearForm } from "./normal-draw.js";
import type { MatchLogs } from "./score-likelihood.js";
import type { ScoreFit } from "./score-model.js";

/** Two clubs of a fit by their number among its teams. */
export interface NumberedPairing {
  readonly home: number;
  readonly away: number;
  readonly neutral: boolean;
}

/** A grid beyond the distribution's reach is drawn anew, so often at most. */
const TRIES = 20;

/**
 * Grids drawn from the Wald covariance of a fit: of both log rates, the home advantage and the shapes together.
 *
 * A shape that would leave its range is put on the end of it; one that rests there stays. It covers the error of the
 * estimate, not that ratings move or that the model is wrong. `none`: what to draw when nothing else can be had.
 */
export function scoreDrawer(
  fit: ScoreFit,
  pairing: NumberedPairing,
  logs: MatchLogs,
  none: ScoreGrid,
): (rng: Rng) => ScoreGrid {
  const { likelihood, covariance } = fit;
  const size = Math.sqrt(covariance.length);
  let root: number[][] | null = null;
  const mean = [logs.homeLog, logs.awayLog, logs.lift, ...fit.shapes.map(({ value }) => value)];
  return (rng) => {
    root ??= covarianceRoot(covarianceOfForms(covariance, size, formsOf(fit, pairing)));
    for (let tries = 0; tries < TRIES; tries++) {
      const [homeLog, awayLog, lift, ...drawn] = drawVector(mean, root, rng);
      const shapes = likelihood.shapes.map(({ low, high }, k) => Math.min(Math.max(drawn[k], low), high));
      const grid = likelihood.grids(shapes)({ homeLog, awayLog, lift });
      if (grid) return grid;
    }
    return none;
  };
}

/** homeLog, awayLog, lift and each shape as sums of the fit's unknowns. */
function formsOf(fit: ScoreFit, { home, away, neutral }: NumberedPairing): LinearForm[] {
  const teams = fit.teams.length;
  const attack = (team: number) => 2 + team;
  const defence = (team: number) => 2 + teams + team;
  const lift: LinearForm = neutral ? [] : [[1, 1]];
  return [
    [[0, 1], [attack(home), 1], [defence(away), -1], ...lift],
    [
      [0, 1],
      [attack(away), 1],
      [defence(home), -1],
    ],
    lift,
    ...fit.shapes.map((_, k): LinearForm => [[2 + 2 * teams + k, 1]]),
  ];
}
