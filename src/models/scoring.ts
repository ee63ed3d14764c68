import { invariant } from "../core/assert.js";

/**
 * Scoring rules of one forecast. All are proper, all are losses: smaller is better.
 *
 * `probabilities` sum to one; `outcome` is the index of what happened.
 */
export type ScoringRule = (probabilities: ArrayLike<number>, outcome: number) => number;

/**
 * Ranked probability score of ordered outcomes (home, draw, away), in [0, 1].
 *
 * Mean squared difference of the cumulative distributions, over the r - 1 places where they can differ.
 * Source   Epstein, Journal of Applied Meteorology 8, 1969; Constantinou & Fenton, JQAS 8(1), 2012.
 */
export function rankedProbabilityScore(probabilities: ArrayLike<number>, outcome: number): number {
  assertForecast(probabilities, outcome);
  let cumulative = 0;
  let sum = 0;
  for (let i = 0; i < probabilities.length - 1; i++) {
    cumulative += probabilities[i] - (i === outcome ? 1 : 0);
    sum += cumulative * cumulative;
  }
  return sum / (probabilities.length - 1);
}

/** Multi-class Brier score: sum of squared errors over the outcomes, in [0, 2]. Source: Brier, 1950. */
export function brierScore(probabilities: ArrayLike<number>, outcome: number): number {
  assertForecast(probabilities, outcome);
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) sum += (probabilities[i] - (i === outcome ? 1 : 0)) ** 2;
  return sum;
}

/** Logarithmic score in nats: -log p of what happened; Infinity for a forecast that called it impossible. */
export function logLoss(probabilities: ArrayLike<number>, outcome: number): number {
  assertForecast(probabilities, outcome);
  return -Math.log(probabilities[outcome]);
}

/** Ignorance score: the logarithmic score in bits. Source: Roulston & Smith, Monthly Weather Review 130, 2002. */
export function ignorance(probabilities: ArrayLike<number>, outcome: number): number {
  assertForecast(probabilities, outcome);
  return -Math.log2(probabilities[outcome]);
}

/** Mean of a rule over forecasts; null without any. */
export function meanScore(
  rule: ScoringRule,
  forecasts: readonly ArrayLike<number>[],
  outcomes: ArrayLike<number>,
): number | null {
  invariant(forecasts.length === outcomes.length, "every forecast needs an outcome");
  if (forecasts.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < forecasts.length; i++) sum += rule(forecasts[i], outcomes[i]);
  return sum / forecasts.length;
}

/**
 * Kullback-Leibler divergence of `q` from `p`, nats: what a bettor who believes q loses per bet in log growth to one
 * who knows p. Infinity when q calls impossible what p does not. Source: Kullback & Leibler, 1951.
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  invariant(p.length === q.length, `distributions must be equally long, were ${p.length} and ${q.length}`);
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) sum += p[i] * Math.log(p[i] / q[i]);
  return sum;
}

function assertForecast(probabilities: ArrayLike<number>, outcome: number): void {
  invariant(
    Number.isInteger(outcome) && outcome >= 0 && outcome < probabilities.length && probabilities.length > 1,
    `an outcome must be an index below ${probabilities.length}, was ${outcome}`,
  );
}
