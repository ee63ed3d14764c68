import type { ConvergedFit } from "./goal-fit.js";
import type { ScoreGrid } from "./grid.js";
import type { HeldParameters, ScoreFit } from "./score-model.js";

/** A fixture to price from a fit, with its covariates where the fit has some. */
export interface ScorePairing {
  readonly home: string;
  readonly away: string;
  readonly neutral?: boolean | undefined;
  readonly homeCovariates?: readonly number[] | undefined;
  readonly awayCovariates?: readonly number[] | undefined;
}

/** The grid of a fixture; null when the fit does not know a team or the rates are out of the distribution's reach. */
export function scoreFitGrid(fit: ScoreFit, pairing: ScorePairing): ScoreGrid | null {
  const home = fit.teams.find(({ team }) => team === pairing.home);
  const away = fit.teams.find(({ team }) => team === pairing.away);
  if (!home || !away) return null;
  const lift = pairing.neutral ? 0 : fit.homeAdvantage;
  const effect = (values: readonly number[] | undefined) =>
    fit.covariates.reduce((sum, { value }, c) => sum + value * (values?.[c] ?? 0), 0);
  const logs = {
    homeLog: fit.intercept + lift + home.attack - away.defence + effect(pairing.homeCovariates),
    awayLog: fit.intercept + away.attack - home.defence + effect(pairing.awayCovariates),
    lift,
  };
  return fit.likelihood.grids(fit.shapes.map(({ value }) => value))(logs);
}

/** A second step: everything of a Poisson fit held, only the shapes of the distribution estimated. */
export function heldFrom(fit: ConvergedFit): HeldParameters {
  return {
    intercept: fit.intercept,
    homeAdvantage: fit.homeAdvantage,
    attack: new Map(fit.teams.map(({ team, attack }) => [team, attack])),
    defence: new Map(fit.teams.map(({ team, defence }) => [team, defence])),
  };
}
