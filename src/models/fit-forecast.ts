import { type BoundedRates, boundedRates } from "./bounded-rates.js";
import { scoreGrid } from "./dixon-coles-grid.js";
import type { ConvergedFit } from "./goal-fit.js";
import { MAX_RATE } from "./poisson-pmf.js";

/** What a fit says of a fixture's headline markets, each with its standard error and interval. */
export interface ForecastInterval {
  readonly kind: "interval";
  readonly rates: BoundedRates;
  readonly home: IntervalEstimate;
  readonly draw: IntervalEstimate;
  readonly away: IntervalEstimate;
  /** Three goals or more. */
  readonly over25: IntervalEstimate;
  readonly bothScore: IntervalEstimate;
}

export interface IntervalEstimate {
  readonly probability: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/** `too-many-goals`: a rate beyond `MAX_RATE`, as a handful of matches can give; nothing is priced from it. */
export type NoInterval =
  | { readonly kind: "too-many-goals" }
  | { readonly kind: "unknown-team"; readonly team: string }
  | { readonly kind: "no-covariance" };

export interface Pairing {
  readonly home: string;
  readonly away: string;
  /** True when neither side plays at home. */
  readonly neutral?: boolean | undefined;
}

/** Expected goals of two teams of the fit; null when it does not know one of them or expects over `MAX_RATE` goals. */
export function fitRates(fit: ConvergedFit, pairing: Pairing): BoundedRates | null {
  const home = fit.teams.find(({ team }) => team === pairing.home);
  const away = fit.teams.find(({ team }) => team === pairing.away);
  if (!home || !away) return null;
  const lift = pairing.neutral ? 0 : fit.homeAdvantage;
  const homeRate = Math.exp(fit.intercept + lift + home.attack - away.defence);
  const awayRate = Math.exp(fit.intercept + away.attack - home.defence);
  return Math.max(homeRate, awayRate) <= MAX_RATE ? boundedRates(homeRate, awayRate, fit.rho) : null;
}

/**
 * Probabilities with the doubt that comes from estimated parameters, by the delta method on the log-odds scale.
 *
 * The gradient by (log homeRate, log awayRate, rho) is exact; the interval is the 95% Wald interval of the log odds,
 * so that it stays inside (0, 1). It covers the estimate's error, not that ratings move or that the model is wrong.
 * Source   Casella & Berger, Statistical Inference, 2nd edition, section 5.5.4.
 */
export function forecastInterval(
  fit: ConvergedFit,
  pairing: Pairing,
  z = 1.959963984540054,
): ForecastInterval | NoInterval {
  const rates = fitRates(fit, pairing);
  if (!rates) return noRates(fit, pairing);
  if (!fit.covariance) return { kind: "no-covariance" };
  const spread = rateCovariance(fit, fit.covariance, pairing);
  const estimate = (counts: (home: number, away: number) => boolean) =>
    intervalOf(sensitivity(rates, counts), spread, z);
  return {
    kind: "interval",
    rates,
    home: estimate((i, j) => i > j),
    draw: estimate((i, j) => i === j),
    away: estimate((i, j) => i < j),
    over25: estimate((i, j) => i + j > 2),
    bothScore: estimate((i, j) => i > 0 && j > 0),
  };
}

function noRates(fit: ConvergedFit, pairing: Pairing): NoInterval {
  const unknown = [pairing.home, pairing.away].find((name) => !fit.teams.some(({ team }) => team === name));
  return unknown === undefined ? { kind: "too-many-goals" } : { kind: "unknown-team", team: unknown };
}

interface Sensitivity {
  readonly probability: number;
  /** Slopes by log homeRate, log awayRate and rho. */
  readonly slopes: readonly [number, number, number];
}

/** Probability of an event and its exact slopes, from the cells and the derivative of each. */
function sensitivity(rates: BoundedRates, counts: (home: number, away: number) => boolean): Sensitivity {
  const { homeRate, awayRate, rho } = rates;
  const { cells, maxGoals } = scoreGrid(rates);
  const product = scoreGrid({ homeRate, awayRate, rho: 0 }).cells;
  let probability = 0;
  let byHome = 0;
  let byAway = 0;
  let byRho = 0;
  for (let i = 0; i <= maxGoals; i++) {
    for (let j = 0; j <= maxGoals; j++) {
      if (!counts(i, j)) continue;
      const at = i * (maxGoals + 1) + j;
      const tau = i < 2 && j < 2 ? tauSlopes(i, j, homeRate, awayRate, rho) : NO_SLOPES;
      probability += cells[at];
      byHome += cells[at] * (i - homeRate) + product[at] * tau[0];
      byAway += cells[at] * (j - awayRate) + product[at] * tau[1];
      byRho += product[at] * tau[2];
    }
  }
  return { probability, slopes: [byHome, byAway, byRho] };
}

const NO_SLOPES = [0, 0, 0] as const;

/** Derivatives of tau by log homeRate, log awayRate and rho. */
function tauSlopes(
  i: number,
  j: number,
  home: number,
  away: number,
  rho: number,
): readonly [number, number, number] {
  if (i === 1) return j === 1 ? [0, 0, -1] : [0, away * rho, away];
  return j === 1 ? [home * rho, 0, home] : [-home * away * rho, -home * away * rho, -home * away];
}

function intervalOf(
  { probability: p, slopes }: Sensitivity,
  spread: readonly number[][],
  z: number,
): IntervalEstimate {
  let variance = 0;
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) variance += slopes[i] * slopes[j] * spread[i][j];
  const standardError = Math.sqrt(Math.max(0, variance));
  const logOdds = Math.log(p / (1 - p));
  const reach = (z * standardError) / (p * (1 - p));
  return { probability: p, standardError, low: logistic(logOdds - reach), high: logistic(logOdds + reach) };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Covariance of (log homeRate, log awayRate, rho): contrasts of the fit's covariance, free of its gauge. */
function rateCovariance(fit: ConvergedFit, covariance: Float64Array, pairing: Pairing): number[][] {
  const teams = fit.teams.length;
  const full = 2 * teams + 2;
  const h = fit.teams.findIndex(({ team }) => team === pairing.home);
  const a = fit.teams.findIndex(({ team }) => team === pairing.away);
  const home: [number, number][] = [
    [h, 1],
    [teams + a, -1],
    [2 * teams, pairing.neutral ? 0 : 1],
  ];
  const away: [number, number][] = [
    [a, 1],
    [teams + h, -1],
  ];
  const contrasts = [home, away, [[full - 1, 1] as [number, number]]];
  return contrasts.map((left) =>
    contrasts.map((right) => {
      let sum = 0;
      for (const [i, u] of left) for (const [j, v] of right) sum += u * v * covariance[i * full + j];
      return sum;
    }),
  );
}
