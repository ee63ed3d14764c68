import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import type { Fixture, Team } from "../domain/fixture.js";
import { BIVARIATE_POISSON, DIAGONAL_INFLATED_POISSON } from "./bivariate-poisson.js";
import { earlierEntrants } from "./entrants.js";
import { refusalText } from "./fit.js";
import type { Division, Forecast, Forecaster, Observation } from "./forecaster.js";
import type { GoalMatch } from "./goal-match.js";
import { expectedGoals } from "./grid.js";
import { NEGATIVE_BINOMIAL } from "./negative-binomial.js";
import { scoreDrawer } from "./score-doubt.js";
import { fitScores } from "./score-fit.js";
import type { ScoreLikelihood } from "./score-likelihood.js";
import type { ScoreFit } from "./score-model.js";
import { WEIBULL_COPULA } from "./weibull-copula.js";
import { ZERO_INFLATED_POISSON } from "./zero-inflated-poisson.js";

/** The score distributions a user can name. */
export const SCORE_LIKELIHOODS: readonly ScoreLikelihood[] = [
  NEGATIVE_BINOMIAL,
  ZERO_INFLATED_POISSON,
  BIVARIATE_POISSON,
  DIAGONAL_INFLATED_POISSON,
  WEIBULL_COPULA,
];

export interface ScoreForecasterParameters {
  /** Decay of weights a day. */
  readonly xi: number;
  /** Precision of a normal prior on attack and defence, > 0. */
  readonly ridge: number;
  /** Refit on days divisible by this, counted from 1970-01-01: the same days whatever was asked for. */
  readonly refitDays: number;
  /** Matches that have faded below this weight are left out: they cost as much as any other. */
  readonly leastWeight: number;
  readonly leastMatches: number;
}

export const SCORE_FORECASTER: ScoreForecasterParameters = {
  xi: 0.0018,
  ridge: 4,
  refitDays: 14,
  leastWeight: 0.02,
  leastMatches: 100,
};

/**
 * A forecaster through any score distribution. Its likelihood needs every match by itself, so it refits every two weeks
 * instead of every match day: a forecast rests on the matches before the last refit day, and on nothing later.
 */
export function scoreForecaster(
  division: Division,
  likelihood: ScoreLikelihood,
  parameters: Partial<ScoreForecasterParameters> = {},
): Forecaster {
  const settings = { ...SCORE_FORECASTER, ...parameters };
  invariant(
    settings.ridge > 0 && settings.refitDays >= 1,
    "a score forecaster needs a ridge and whole refit days",
  );
  const seen: DatedMatch[] = [];
  let fitted: Fitted | null = null;
  return {
    version: versionOf(likelihood, settings),
    observe: (matches: readonly Observation[]) => {
      for (const match of matches) seen.push(datedMatch(match, seen));
    },
    forecast: (fixture: Fixture, asOf: Day): Forecast => {
      invariant(
        (seen.at(-1)?.day ?? Number.NEGATIVE_INFINITY) < asOf,
        "a forecast must not follow a match of its own day",
      );
      const refitDay = asOf - (asOf % settings.refitDays);
      const known = countBefore(seen, refitDay);
      if (fitted?.day !== refitDay || fitted.known !== known)
        fitted = refit(seen, known, refitDay, likelihood, settings);
      return fitted.state.kind === "refused" ? fitted.state : forecastOf(division, fitted.state, fixture);
    },
  };
}

function versionOf(likelihood: ScoreLikelihood, settings: ScoreForecasterParameters): string {
  const { xi, ridge, refitDays, leastWeight, leastMatches } = settings;
  return `${likelihood.name} xi=${xi} ridge=${ridge} refit=${refitDays} weight=${leastWeight} least=${leastMatches}`;
}

interface DatedMatch extends GoalMatch {
  readonly day: Day;
}

interface Fitted {
  readonly day: Day;
  readonly known: number;
  readonly state:
    | { readonly kind: "fitted"; readonly fit: ScoreFit }
    | { readonly kind: "refused"; readonly reason: string };
}

function datedMatch({ fixture, result }: Observation, seen: readonly DatedMatch[]): DatedMatch {
  invariant(
    (seen.at(-1)?.day ?? fixture.day) <= fixture.day,
    "matches must be observed in the order of their days",
  );
  const { homeGoals, awayGoals } = result;
  const { day, neutral } = fixture;
  return { home: String(fixture.home.id), away: String(fixture.away.id), homeGoals, awayGoals, day, neutral };
}

/** Matches before a day; they are in the order of their days. */
function countBefore(seen: readonly DatedMatch[], day: Day): number {
  let count = seen.length;
  while (count > 0 && seen[count - 1].day >= day) count--;
  return count;
}

function refit(
  seen: readonly DatedMatch[],
  known: number,
  day: Day,
  likelihood: ScoreLikelihood,
  settings: ScoreForecasterParameters,
): Fitted {
  const { xi, ridge, leastMatches, leastWeight } = settings;
  if (known < leastMatches)
    return {
      day,
      known,
      state: { kind: "refused", reason: `${known} matches seen, ${leastMatches} needed` },
    };
  const used = seen.slice(0, known).filter((match) => Math.exp(-xi * (day - match.day)) >= leastWeight);
  const fit = fitScores(used, { likelihood, xi, ridge, asOf: day });
  const state =
    "shapes" in fit
      ? ({ kind: "fitted", fit } as const)
      : ({ kind: "refused", reason: refusalText(fit) } as const);
  return { day, known, state };
}

function forecastOf(division: Division, { fit }: { readonly fit: ScoreFit }, fixture: Fixture): Forecast {
  const home = clubOf(division, fit, fixture, fixture.home);
  const away = clubOf(division, fit, fixture, fixture.away);
  const lift = fixture.neutral ? 0 : fit.homeAdvantage;
  const homeLog = fit.intercept + lift + home.attack - away.defence;
  const awayLog = fit.intercept + away.attack - home.defence;
  const logs = { homeLog, awayLog, lift };
  const grid = fit.likelihood.grids(fit.shapes.map(({ value }) => value))(logs);
  if (!grid) return { kind: "refused", reason: "rates beyond what the distribution can be computed for" };
  const { homeRate, awayRate } = expectedGoals(grid);
  const notes = [
    ...home.notes,
    ...away.notes,
    ...fit.activeBounds.map((bound) => `${bound} bound is active`),
  ];
  // A club that the fit does not know has no covariance.
  const known = home.number !== null && away.number !== null;
  const pairing = { home: home.number ?? 0, away: away.number ?? 0, neutral: fixture.neutral };
  const draw = known ? scoreDrawer(fit, pairing, logs, grid) : undefined;
  return { kind: "forecast", homeRate, awayRate, rho: 0, grid: () => grid, notes, draw };
}

interface Club {
  /** Its place among the fit's teams; null for one that the fit does not know. */
  readonly number: number | null;
  readonly attack: number;
  readonly defence: number;
  readonly notes: readonly string[];
}

/** A club's ratings; one the fit does not know is placed at the mean of the clubs that entered before it. */
function clubOf(division: Division, fit: ScoreFit, fixture: Fixture, team: Team): Club {
  const ratingOf = (id: number) => fit.teams.find(({ team: name }) => name === String(id)) ?? null;
  const number = fit.teams.findIndex(({ team: name }) => name === String(team.id));
  if (number >= 0) return { ...fit.teams[number], number, notes: [] };
  const entrants = earlierEntrants(division, fixture.season, ratingOf);
  const mean = (of: (entrant: { attack: number; defence: number }) => number) =>
    entrants.reduce((sum, entrant) => sum + of(entrant), 0) / Math.max(entrants.length, 1);
  const placed =
    entrants.length > 0 ? `placed like ${entrants.length} earlier entrants` : "placed at the average";
  const notes = [`${team.name}: no match known at the last refit, ${placed}`];
  return {
    number: null,
    attack: mean(({ attack }) => attack),
    defence: mean(({ defence }) => defence),
    notes,
  };
}
