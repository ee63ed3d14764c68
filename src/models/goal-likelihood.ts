import { expectGoals } from "./expected-goals.js";
import type { GoalWork } from "./goal-work.js";
import { lowScorePart } from "./low-scores.js";

export interface LikelihoodTerms {
  /** Precision of a normal prior on each attack and defence about their means, >= 0. */
  readonly ridge: number;
  /** Whether low scores depend on each other: Dixon-Coles, or plain Poisson when false. */
  readonly lowScores: boolean;
}

/**
 * The weighted Poisson or Dixon-Coles log-likelihood of the matches laid out in `work` at `theta`, and its exact gradient.
 *
 *   log homeRate = homeAdvantage + attack[h] - defence[a]     (no home advantage on neutral ground)
 *   log awayRate =                 attack[a] - defence[h]
 *   log-likelihood = sum w [ log Pois(x; homeRate) + log Pois(y; awayRate) + log tau(x, y) ]
 *
 * The unknowns have no intercept: adding a constant to every attack and every defence changes nothing. That direction
 * is fixed in the information matrix, and the means are folded into the intercept when the fit is reported.
 * A ridge r takes off r/2 times the squared deviations of attack and of defence from their means.
 * Returns  the value without log-factorials; -Infinity when a score that was seen would have no chance (tau <= 0).
 *          The gradient goes to `work.gradient`.
 * Source   Dixon & Coles, Applied Statistics 46(2), 1997, section 4; Maher, Statistica Neerlandica 36(3), 1982.
 */
export function evaluateGoals(work: GoalWork, theta: Float64Array, terms: LikelihoodTerms): number {
  let value = linearPart(work, theta) - expectedPart(work);
  if (terms.lowScores) value += lowScorePart(work, theta[work.order - 1]);
  if (terms.ridge > 0) value -= penalty(work, theta, terms.ridge);
  return value;
}

/** Goals scored times log rates: linear in the unknowns. Starts the gradient. */
function linearPart(work: GoalWork, theta: Float64Array): number {
  const { teams, gradient, attackFactor, defenceFactor, goalsFor, goalsAgainst } = work;
  let value = theta[2 * teams] * work.homeGoals;
  for (let t = 0; t < teams; t++) {
    value += theta[t] * goalsFor[t] - theta[teams + t] * goalsAgainst[t];
    gradient[t] = goalsFor[t];
    gradient[teams + t] = -goalsAgainst[t];
    attackFactor[t] = Math.exp(theta[t]);
    defenceFactor[t] = Math.exp(-theta[teams + t]);
  }
  work.lift[0] = Math.exp(theta[2 * teams]);
  gradient[2 * teams] = work.homeGoals;
  gradient[2 * teams + 1] = 0;
  return value;
}

/** Weighted expected goals, by team and in all: two squares times two vectors. */
function expectedPart(work: GoalWork): number {
  const { teams, gradient, expectedFor, expectedAgainst, expectedAtHome } = work;
  expectGoals(work);
  let total = 0;
  let lifted = 0;
  for (let t = 0; t < teams; t++) {
    total += expectedFor[t];
    lifted += expectedAtHome[t];
    gradient[t] -= expectedFor[t];
    gradient[teams + t] += expectedAgainst[t];
  }
  gradient[2 * teams] -= lifted;
  return total;
}

function penalty(work: GoalWork, theta: Float64Array, ridge: number): number {
  const { teams, gradient } = work;
  return (
    (ridge / 2) * (pull(theta, gradient, 0, teams, ridge) + pull(theta, gradient, teams, 2 * teams, ridge))
  );
}

/** Squared deviations from the mean over [from, to), with their pull on the gradient. */
function pull(theta: Float64Array, gradient: Float64Array, from: number, to: number, ridge: number): number {
  const mean = meanOf(theta, from, to);
  let squares = 0;
  for (let i = from; i < to; i++) {
    const deviation = theta[i] - mean;
    squares += deviation * deviation;
    gradient[i] -= ridge * deviation;
  }
  return squares;
}

/** Mean of `values` over [from, to). */
export function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum / (to - from);
}
