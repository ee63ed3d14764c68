import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import type { Rng } from "../core/rng.js";
import type { Fixture, Team } from "../domain/fixture.js";
import { boundedRates } from "./bounded-rates.js";
import { scoreGrid } from "./dixon-coles-grid.js";
import { earlierEntrants } from "./entrants.js";
import { refusalText } from "./fit.js";
import type { Division, Forecast, Forecaster, Observation } from "./forecaster.js";
import type { ConvergedFit } from "./goal-fit.js";
import type { GoalMatch } from "./goal-match.js";
import type { ScoreGrid } from "./grid.js";
import { fitHierarchical } from "./hierarchical.js";
import { covarianceOfForms, covarianceRoot, drawVector, type LinearForm } from "./normal-draw.js";
import { MAX_RATE } from "./poisson-pmf.js";

export interface HierarchicalForecasterParameters {
  /** Decay of weights a day. */
  readonly xi: number;
  /** Refit on days divisible by this, counted from 1970-01-01. */
  readonly refitDays: number;
  /** Matches that have faded below this weight are left out. */
  readonly leastWeight: number;
  readonly leastMatches: number;
}

/** The spread is sought by some twenty fits: every four weeks is often enough for what hardly moves. */
export const HIERARCHICAL_FORECASTER: HierarchicalForecasterParameters = {
  xi: 0.0018,
  refitDays: 28,
  leastWeight: 0.02,
  leastMatches: 100,
};

type DatedMatch = GoalMatch & { readonly day: Day };

/**
 * A walk with Dixon-Coles ratings whose ridge is not given but estimated, from the spread of the clubs themselves.
 *
 * A forecast rests on the matches before the last refit day. Throws InvariantError when a match of its own day was seen.
 */
export function hierarchicalForecaster(
  division: Division,
  parameters: Partial<HierarchicalForecasterParameters> = {},
): Forecaster {
  const settings = { ...HIERARCHICAL_FORECASTER, ...parameters };
  const { xi, refitDays, leastWeight, leastMatches } = settings;
  invariant(refitDays >= 1, "a refit needs a day at least");
  const seen: DatedMatch[] = [];
  let fitted: { readonly day: Day; readonly known: number; readonly fit: ConvergedFit | string } | null =
    null;
  return {
    version: `hierarchical xi=${xi} refit=${refitDays} weight=${leastWeight} least=${leastMatches}`,
    observe: (matches) => {
      for (const match of matches) seen.push(datedMatch(match, seen));
    },
    forecast: (fixture, asOf) => {
      const last = seen.at(-1)?.day ?? Number.NEGATIVE_INFINITY;
      invariant(last < asOf, "a forecast must not follow a match of its own day");
      const day = asOf - (asOf % refitDays);
      const known = seen.filter((match) => match.day < day).length;
      if (fitted?.day !== day || fitted.known !== known)
        fitted = { day, known, fit: refit(seen.slice(0, known), day, settings) };
      return typeof fitted.fit === "string"
        ? { kind: "refused", reason: fitted.fit }
        : forecastOf(division, fitted.fit, fixture);
    },
  };
}

function datedMatch({ fixture, result }: Observation, seen: readonly DatedMatch[]): DatedMatch {
  const { day, neutral, home, away } = fixture;
  invariant((seen.at(-1)?.day ?? day) <= day, "matches must be observed in the order of their days");
  const { homeGoals, awayGoals } = result;
  return { home: String(home.id), away: String(away.id), homeGoals, awayGoals, day, neutral };
}

/** The fit of the matches that still weigh something, or why there is none. */
function refit(
  matches: readonly DatedMatch[],
  day: Day,
  { xi, leastWeight, leastMatches }: HierarchicalForecasterParameters,
): ConvergedFit | string {
  if (matches.length < leastMatches) return `${matches.length} matches seen, ${leastMatches} needed`;
  const used = matches.filter((match) => Math.exp(-xi * (day - match.day)) >= leastWeight);
  const shrunk = fitHierarchical(used, { model: "dixon-coles", xi, asOf: day });
  return shrunk.kind === "shrunk" ? shrunk.fit : refusalText(shrunk);
}

function forecastOf(division: Division, fit: ConvergedFit, fixture: Fixture): Forecast {
  const home = clubOf(division, fit, fixture, fixture.home);
  const away = clubOf(division, fit, fixture, fixture.away);
  const lift = fixture.neutral ? 0 : fit.homeAdvantage;
  const homeRate = Math.exp(fit.intercept + lift + home.attack - away.defence);
  const awayRate = Math.exp(fit.intercept + away.attack - home.defence);
  if (!(Math.max(homeRate, awayRate) <= MAX_RATE))
    return {
      kind: "refused",
      reason: `expected goals of ${homeRate.toFixed(1)} and ${awayRate.toFixed(1)}`,
    };
  const rates = boundedRates(homeRate, awayRate, fit.rho);
  const notes = [...home.notes, ...away.notes];
  if (rates.clipped) notes.push("rho was clipped for this fixture");
  const { rho } = rates;
  const draw = drawerOf(fit, fixture, [Math.log(homeRate), Math.log(awayRate), fit.rho]);
  return { kind: "forecast", homeRate, awayRate, rho, grid: () => scoreGrid(rates), notes, draw };
}

/** Grids by log rates and rho drawn from their Wald covariance at the spread found; none for a club without a rating. */
function drawerOf(fit: ConvergedFit, { home, away, neutral }: Fixture, mean: readonly number[]) {
  const teams = fit.teams.length;
  const [h, a] = [home, away].map(({ id }) => fit.teams.findIndex(({ team }) => team === String(id)));
  if (h < 0 || a < 0) return undefined;
  return (rng: Rng): ScoreGrid => {
    const { covariance } = fit;
    if (covariance === null) return scoreGrid(boundedRates(Math.exp(mean[0]), Math.exp(mean[1]), mean[2]));
    const forms: LinearForm[] = [
      [
        [h, 1],
        [teams + a, -1],
        [2 * teams, neutral ? 0 : 1],
      ],
      [
        [a, 1],
        [teams + h, -1],
      ],
      [[2 * teams + 1, 1]],
    ];
    const root = covarianceRoot(covarianceOfForms(covariance, 2 * teams + 2, forms));
    const [homeLog, awayLog, rho] = drawVector(mean, root, rng);
    const rate = (log: number) => Math.min(Math.exp(log), MAX_RATE);
    return scoreGrid(boundedRates(rate(homeLog), rate(awayLog), rho));
  };
}

/** A club's ratings; one the fit does not know is placed at the mean of the clubs that entered before it. */
function clubOf(division: Division, fit: ConvergedFit, fixture: Fixture, { id, name }: Team) {
  const ratingOf = (club: number) => fit.teams.find(({ team }) => team === String(club)) ?? null;
  const own = ratingOf(id);
  if (own) return { attack: own.attack, defence: own.defence, notes: [] };
  const entrants = earlierEntrants(division, fixture.season, ratingOf);
  const count = Math.max(entrants.length, 1);
  return {
    attack: entrants.reduce((sum, { attack }) => sum + attack, 0) / count,
    defence: entrants.reduce((sum, { defence }) => sum + defence, 0) / count,
    notes: [`${name}: no match known at the last refit, placed like ${entrants.length} earlier entrants`],
  };
}
