import { factorise, inverseOfFactored, solveFactored } from "../models/cholesky.js";

/** Counts and what they are explained by: `covariates` is row-major, `width` a row, the first one the constant 1. */
export interface RegressionRows {
  readonly width: number;
  readonly counts: ArrayLike<number>;
  readonly covariates: ArrayLike<number>;
}

export interface RegressionFit {
  readonly kind: "converged" | "singular" | "limit";
  /** On the log scale. Only to be used when converged. */
  readonly coefficients: Float64Array;
  /** Wald covariance of the coefficients, row-major: the inverse information. Null unless converged. */
  readonly covariance: Float64Array | null;
  readonly iterations: number;
  /** Largest slope of the log-likelihood a row. */
  readonly gradientNorm: number;
}

const ITERATION_LIMIT = 50;
const HALVINGS = 30;
/** Of the largest slope a row: covariates are of the order of 1. */
const TOLERANCE = 1e-11;

/**
 * Poisson regression with log link, by Newton's method, which is iteratively reweighted least squares here.
 *
 * Starts at the mean count, always: the same rows give the same bytes. A step that lowers the likelihood is halved.
 * `rows`   how many of the rows to use, from the first.
 * Kinds    "converged"; "singular": covariates depend on each other; "limit": no convergence in 50 iterations.
 * Source   McCullagh & Nelder, Generalized Linear Models, 2nd edition, section 2.5.
 */
export function poissonRegression(data: RegressionRows, rows = data.counts.length): RegressionFit {
  const { width } = data;
  const coefficients = new Float64Array(width);
  coefficients[0] = Math.log(Math.max(meanOf(data.counts, rows), 1e-6));
  const gradient = new Float64Array(width);
  const information = new Float64Array(width * width);
  let value = accumulate(data, rows, coefficients, gradient, information);
  for (let iterations = 0; ; iterations++) {
    const gradientNorm = largest(gradient) / rows;
    const end = { coefficients, covariance: null, iterations, gradientNorm };
    // Before convergence is looked at: an optimum that is not the only one is no answer.
    if (!factorise(information, width, width)) return { kind: "singular", ...end };
    if (gradientNorm <= TOLERANCE)
      return { kind: "converged", ...end, covariance: inverseOfFactored(information, width, width) };
    if (iterations === ITERATION_LIMIT) return { kind: "limit", ...end };
    const step = gradient.slice();
    solveFactored(information, width, width, step);
    coefficients.set(halvedStep(data, rows, coefficients, step, value));
    value = accumulate(data, rows, coefficients, gradient, information);
  }
}

/** The rate that coefficients give a row of covariates, a mean count. */
export function rateOf(coefficients: ArrayLike<number>, covariates: ArrayLike<number>, from = 0): number {
  let predictor = 0;
  for (let k = 0; k < coefficients.length; k++) predictor += coefficients[k] * covariates[from + k];
  return Math.exp(predictor);
}

/** Fill gradient and information (negative Hessian, lower triangle); returns the log-likelihood less log-factorials. */
function accumulate(
  { width, counts, covariates }: RegressionRows,
  rows: number,
  coefficients: Float64Array,
  gradient: Float64Array,
  information: Float64Array,
): number {
  gradient.fill(0);
  information.fill(0);
  let value = 0;
  for (let row = 0, from = 0; row < rows; row++, from += width) {
    const rate = rateOf(coefficients, covariates, from);
    value += counts[row] * Math.log(rate) - rate;
    for (let i = 0; i < width; i++) {
      const x = covariates[from + i];
      gradient[i] += (counts[row] - rate) * x;
      for (let j = 0; j <= i; j++) information[i * width + j] += rate * x * covariates[from + j];
    }
  }
  return value;
}

/** The coefficients after the longest of the steps 1, 1/2, 1/4, ... that does not lower the likelihood. */
function halvedStep(
  data: RegressionRows,
  rows: number,
  coefficients: Float64Array,
  step: Float64Array,
  value: number,
): Float64Array {
  // Rounding of a sum of this many terms: near the optimum a full step may seem to lose that much.
  const slack = 1e-12 * (1 + Math.abs(value));
  let share = 1;
  for (let halving = 0; halving < HALVINGS; halving++, share /= 2) {
    const next = coefficients.map((coefficient, k) => coefficient + share * step[k]);
    if (likelihood(data, rows, next) >= value - slack) return next;
  }
  return coefficients;
}

function likelihood({ width, counts, covariates }: RegressionRows, rows: number, at: Float64Array): number {
  let value = 0;
  for (let row = 0; row < rows; row++) {
    const rate = rateOf(at, covariates, row * width);
    value += counts[row] * Math.log(rate) - rate;
  }
  return value;
}

function meanOf(counts: ArrayLike<number>, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += counts[row];
  return sum / rows;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
