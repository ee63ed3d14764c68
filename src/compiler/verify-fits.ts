import type { Day } from "../core/day.js";
import { createRng } from "../core/rng.js";
import { compareText, type Fixture } from "../domain/fixture.js";
import { type ConvergedFit, fitGoals, type RefusedFit, refusalText } from "../models/fit.js";
import type { Observation } from "../models/forecaster.js";
import { type GoalMatch, weighMatches } from "../models/goal-match.js";
import { rueSalvesen } from "../models/rue-salvesen.js";
import { fitScores } from "../models/score-fit.js";
import { SCORE_LIKELIHOODS } from "../models/score-forecaster.js";
import type { ScoreLikelihood } from "../models/score-likelihood.js";
import type { ScoreFit } from "../models/score-model.js";
import { verifyFit } from "../models/verify-fit.js";
import { RUE_SALVESEN_GAMMA } from "./forecasters.js";
import { playOutGrid } from "./verify-grid.js";

/** One comparison of two ways to the same numbers. */
export interface Check {
  readonly subject: string;
  /** What was held against what. */
  readonly check: string;
  /** Numbers compared. */
  readonly checked: number;
  /** Largest difference, in the unit of the tolerance. */
  readonly worst: number;
  readonly tolerance: number;
  readonly unit: "absolute" | "standard errors";
  readonly agreed: boolean;
  /** Where the worst was, or why nothing could be compared. */
  readonly detail: string;
}

export interface FitSettings {
  readonly xi: number;
  readonly asOf: Day;
  readonly ridge: number;
}

/** Seasons the fits are checked on: the second paths take a hundred times as long as the fits. */
export const FIT_DAYS = 3 * 365;

/** The matches of the last three years, as the second paths read them. */
export function recentMatches(learnt: readonly Observation[], asOf: Day): GoalMatch[] {
  return learnt
    .filter(({ fixture }) => fixture.day >= asOf - FIT_DAYS && fixture.day < asOf)
    .map(({ fixture, result }) => ({
      home: fixture.home.name,
      away: fixture.away.name,
      homeGoals: result.homeGoals,
      awayGoals: result.awayGoals,
      day: fixture.day,
      neutral: fixture.neutral,
    }));
}

/** Newton on sums by pair against reweighted least squares on stacked rows and the likelihood match by match. */
export function checkGoalFits(matches: readonly GoalMatch[], { xi, asOf, ridge }: FitSettings): Check[] {
  const weighed = weighMatches(matches, { xi, asOf });
  const plain = fitGoals(matches, { model: "poisson", xi, asOf });
  const dixonColes = fitGoals(matches, { model: "dixon-coles", xi, asOf, ridge });
  return [
    ...goalChecks("poisson", plain, weighed),
    ...goalChecks(`dixon-coles ridge ${ridge}`, dixonColes, weighed),
  ];
}

const SLOPE_TOLERANCE = 1e-5;
const RATING_TOLERANCE = 1e-8;

function goalChecks(subject: string, fit: ConvergedFit | RefusedFit, matches: readonly GoalMatch[]): Check[] {
  if (fit.kind !== "converged") return [notCompared(subject, "fit", refusalText(fit))];
  const said = verifyFit(matches, fit);
  const likelihood = 1e-9 + 1e-12 * Math.abs(fit.logLikelihood);
  const scale = Math.max(1, fit.totalWeight / 1000);
  const where = `${fit.n} matches`;
  const checks = [
    checkOf(
      subject,
      "log-likelihood summed match by match",
      1,
      said.logLikelihoodDifference,
      likelihood,
      where,
    ),
    checkOf(
      subject,
      "slopes by central differences",
      fit.parameters,
      said.largestSlope,
      SLOPE_TOLERANCE * scale,
      where,
    ),
  ];
  if (said.ratingDifference !== null)
    checks.push(
      checkOf(
        subject,
        "ratings by reweighted least squares",
        fit.parameters,
        said.ratingDifference,
        RATING_TOLERANCE,
        where,
      ),
    );
  return checks;
}

function checkOf(
  subject: string,
  check: string,
  checked: number,
  worst: number,
  tolerance: number,
  detail: string,
): Check {
  return { subject, check, checked, worst, tolerance, unit: "absolute", agreed: worst <= tolerance, detail };
}

/** Nothing to compare is no disagreement: a fit that was refused prices nothing either. */
export function notCompared(subject: string, check: string, detail: string): Check {
  return { subject, check, checked: 0, worst: 0, tolerance: 0, unit: "absolute", agreed: true, detail };
}

const DRAWS = 20_000;
const MOST_DEVIATION = 5;

/** Grids of the other distributions against play-outs of their stories, for some fixtures of the league. */
export function checkScoreGrids(
  matches: readonly GoalMatch[],
  fixtures: readonly Fixture[],
  { xi, asOf, ridge }: FitSettings,
  seed: number,
): Check[] {
  const likelihoods = [...SCORE_LIKELIHOODS, rueSalvesen(RUE_SALVESEN_GAMMA)];
  return likelihoods.map((likelihood, stream): Check => {
    const fit = fitScores(matches, { likelihood, xi, asOf, ridge });
    if (!("shapes" in fit)) return notCompared(likelihood.name, "grid", refusalText(fit));
    return worstOf(
      likelihood.name,
      fixtures.map((fixture, i) => playedOut(likelihood, fit, fixture, createRng(seed, 1000 * stream + i))),
    );
  });
}

interface FixturePlayed {
  readonly name: string;
  readonly deviation: number;
  readonly where: string;
}

function playedOut(
  likelihood: ScoreLikelihood,
  fit: ScoreFit,
  fixture: Fixture,
  rng: () => number,
): FixturePlayed | null {
  const ratingOf = (name: string) => fit.teams.find(({ team }) => team === name);
  const home = ratingOf(fixture.home.name);
  const away = ratingOf(fixture.away.name);
  if (!home || !away) return null;
  const lift = fixture.neutral ? 0 : fit.homeAdvantage;
  const homeLog = fit.intercept + lift + home.attack - away.defence;
  const awayLog = fit.intercept + away.attack - home.defence;
  const grid = likelihood.grids(fit.shapes.map(({ value }) => value))({ homeLog, awayLog, lift });
  if (!grid) return null;
  const shapes = {
    ...Object.fromEntries(fit.shapes.map(({ name, value }) => [name, value])),
    gamma: RUE_SALVESEN_GAMMA,
    lead: (home.attack + home.defence - away.attack - away.defence) / 2,
  };
  const played = { homeRate: Math.exp(homeLog), awayRate: Math.exp(awayLog), shapes };
  const worst = playOutGrid(likelihood.name, played, grid, DRAWS, rng);
  return worst && { name: `${home.team} - ${away.team}`, deviation: worst.deviation, where: worst.where };
}

function worstOf(subject: string, played: readonly (FixturePlayed | null)[]): Check {
  const known = played.flatMap((each) => (each ? [each] : []));
  const [worst] = [...known].sort((a, b) => b.deviation - a.deviation || compareText(a.name, b.name));
  const check = `grid against ${DRAWS} play-outs`;
  if (!worst) return notCompared(subject, check, "no fixture between clubs of the fit");
  const { deviation, where, name } = worst;
  return {
    subject,
    check,
    checked: known.length,
    worst: deviation,
    tolerance: MOST_DEVIATION,
    unit: "standard errors",
    agreed: deviation <= MOST_DEVIATION,
    detail: `${where} of ${name}`,
  };
}
