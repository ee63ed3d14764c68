import { factorise } from "./cholesky.js";
import { type ConvergedFit, decayRate, type FitOptions, fitSums, type RefusedFit } from "./fit.js";
import { fillInformation } from "./goal-information.js";
import { evaluateGoals } from "./goal-likelihood.js";
import { collectMatches, type GoalMatch } from "./goal-match.js";
import { createWork } from "./goal-work.js";
import type { PairSums } from "./pair-sums.js";

/** A fit whose shrinkage was learnt from the matches themselves. */
export interface HierarchicalFit {
  readonly kind: "shrunk";
  readonly fit: ConvergedFit;
  /** Precision of the normal distribution that attacks, and defences, are taken to come from. */
  readonly ridge: number;
  /** Its standard deviation: 1 / sqrt(ridge). */
  readonly spread: number;
  /** Laplace's approximation to the log marginal likelihood at `ridge`, up to a constant of the data. */
  readonly logMarginal: number;
  /** True when the marginal likelihood still rises at an end of the range that was searched. */
  readonly atEnd: boolean;
}

/** Spreads of e^-4.6 = 0.01 to e^0.7 = 2 on the log-rate scale: from all teams alike to rates that differ by e^4. */
const RIDGE_RANGE = [Math.log(0.25), Math.log(10_000)] as const;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Thirty sections narrow the range to six digits of the ridge. */
const SECTIONS = 30;

/**
 * Attack and defence as draws from normal distributions whose spread is estimated: partial pooling.
 *
 * For a given precision r the ratings are the ridge fit; r maximises Laplace's approximation to the marginal likelihood
 *   log-likelihood - penalty + (teams - 1) ln r - 1/2 ln det(information + r).
 * `options.ridge` is not read.
 * Source   Gelman et al., Bayesian Data Analysis, 3rd edition, sections 5.4 and 13.3; Baio & Blangiardo, Journal of
 *          Applied Statistics 37(2), 2010, for the model.
 */
export function fitHierarchical(
  matches: readonly GoalMatch[],
  options: FitOptions,
): HierarchicalFit | RefusedFit {
  const collected = collectMatches(matches, { xi: decayRate(options), asOf: options.asOf ?? null });
  if (collected.kind !== "collected") return collected;
  const { sums, teams } = collected;
  const at = (logRidge: number) => marginalAt(sums, teams, { ...options, ridge: Math.exp(logRidge) });
  const logRidge = maximiseBetween(RIDGE_RANGE[0], RIDGE_RANGE[1], (x) => at(x).logMarginal);
  const ridge = Math.exp(logRidge);
  const { logMarginal } = at(logRidge);
  const fit = fitSums(sums, teams, { ...options, ridge });
  if (fit.kind !== "converged") return fit;
  const atEnd = Math.min(logRidge - RIDGE_RANGE[0], RIDGE_RANGE[1] - logRidge) < 1e-3;
  return { kind: "shrunk", fit, ridge, spread: 1 / Math.sqrt(ridge), logMarginal, atEnd };
}

/** Laplace's log marginal likelihood; -Infinity where there is no fit. */
function marginalAt(sums: PairSums, names: readonly string[], options: FitOptions): { logMarginal: number } {
  const ridge = options.ridge ?? 0;
  const fit = fitSums(sums, names, { ...options, standardErrors: false });
  if (fit.kind !== "converged") return { logMarginal: Number.NEGATIVE_INFINITY };
  const work = createWork(sums);
  const theta = thetaOf(fit, names, work.order);
  const terms = { ridge, lowScores: options.model === "dixon-coles" };
  const value = evaluateGoals(work, theta, terms) - (sums.wholeGoals ? sums.logFactorials : 0);
  fillInformation(work, theta, terms);
  const free = options.model === "dixon-coles" && options.rho === undefined && fit.activeBounds.length === 0;
  const size = free ? work.order : work.order - 1;
  if (!factorise(work.matrix, work.order, size)) return { logMarginal: Number.NEGATIVE_INFINITY };
  // The gauge direction is left alone by likelihood and ridge alike: its share of the determinant is (weight + r) 2/T.
  let logDeterminant = -Math.log(work.totalWeight + ridge);
  for (let i = 0; i < size; i++) logDeterminant += 2 * Math.log(work.matrix[i * work.order + i]);
  return { logMarginal: value + (names.length - 1) * Math.log(ridge) - logDeterminant / 2 };
}

function thetaOf(fit: ConvergedFit, names: readonly string[], order: number): Float64Array {
  const theta = new Float64Array(order);
  const ratings = new Map(fit.teams.map((rating) => [rating.team, rating]));
  for (const [t, name] of names.entries()) {
    theta[t] = fit.intercept + (ratings.get(name)?.attack ?? 0);
    theta[names.length + t] = ratings.get(name)?.defence ?? 0;
  }
  theta[2 * names.length] = fit.homeAdvantage;
  theta[2 * names.length + 1] = fit.rho;
  return theta;
}

/** Golden-section search for the maximum of a function with one hill. Source: Kiefer, Proc. AMS 4(3), 1953. */
function maximiseBetween(low: number, high: number, value: (x: number) => number): number {
  let [a, b] = [low, high];
  let [left, right] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [atLeft, atRight] = [value(left), value(right)];
  for (let section = 0; section < SECTIONS; section++) {
    if (atLeft > atRight) {
      [b, right, atRight] = [right, left, atLeft];
      left = b - GOLDEN * (b - a);
      atLeft = value(left);
    } else {
      [a, left, atLeft] = [left, right, atRight];
      right = a + GOLDEN * (b - a);
      atRight = value(right);
    }
  }
  return (a + b) / 2;
}
