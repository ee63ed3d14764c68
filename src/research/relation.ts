import { MultivariateLinearRegression } from "ml-regression";
import { StatisticoError } from "../core/errors.js";
import { studentQuantile } from "../models/student-quantile.js";
import { type Frame, numbersOf } from "./frame.js";

/** "goalDifference ~ ratingDifference + homeAdvantage": what is explained, and by what. */
export interface Relation {
  readonly response: string;
  readonly predictors: readonly string[];
}

/** A coefficient with its doubt: standard error, and the 95 % interval by Student's t. */
export interface Coefficient {
  readonly name: string;
  readonly value: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

export type Fitted =
  | {
      readonly kind: "fitted";
      readonly n: number;
      /** Rows that lack a value. */
      readonly missing: number;
      /** The intercept first, then the predictors in their order. */
      readonly coefficients: readonly Coefficient[];
      readonly r2: number;
      readonly residualDeviation: number;
    }
  | { readonly kind: "too-few"; readonly n: number; readonly needed: number }
  /** `predictor` does not vary, or is a sum of multiples of those before it. */
  | { readonly kind: "collinear"; readonly predictor: string };

/** The rows a relation is fitted to: all that have every value. `x` is a row an observation. */
export interface Observations {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly missing: number;
}

const LEAST_FREEDOM = 4;

/** "y ~ a + b" to its parts. Throws StatisticoError for anything else. */
export function parseRelation(text: string): Relation {
  const [response, right, ...more] = text.split("~").map((part) => part.trim());
  const predictors = (right ?? "").split("+").map((part) => part.trim());
  const named = [response, ...predictors].every((name) => /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name));
  if (named && more.length === 0 && new Set([response, ...predictors]).size === predictors.length + 1)
    return { response, predictors };
  throw new StatisticoError(
    "usage",
    `a relation is like "y ~ a + b", was "${text}"`,
    `--regress "goalDifference ~ ratingDifference"`,
  );
}

/** The rows of a frame that have a number in every column of the relation. Throws as `numbersOf`. */
export function observationsOf(frame: Frame, { response, predictors }: Relation): Observations {
  const columns = [response, ...predictors].map((name) => numbersOf(frame, name));
  const whole = frame.rows.flatMap((_, i) => {
    const row = columns.map((column) => column[i]).filter((value) => value !== null);
    return row.length === columns.length ? [row] : [];
  });
  return {
    y: whole.map(([y]) => y),
    x: whole.map((row) => row.slice(1)),
    missing: frame.rows.length - whole.length,
  };
}

/**
 * Least squares with an intercept. Standard errors take the rows as independent with one spread.
 *
 * Source   ml-regression's MultivariateLinearRegression for coefficients and errors.
 */
export function fitRelation({ predictors }: Relation, { x, y, missing }: Observations): Fitted {
  const n = y.length;
  const freedom = n - predictors.length - 1;
  if (freedom < LEAST_FREEDOM) return { kind: "too-few", n, needed: predictors.length + 1 + LEAST_FREEDOM };
  const dependent = firstDependent(predictors.map((_, p) => x.map((row) => row[p])));
  if (dependent !== null) return { kind: "collinear", predictor: predictors[dependent] };
  const { weights, stdErrors, stdError } = new MultivariateLinearRegression(
    x,
    y.map((value) => [value]),
  );
  const t = studentQuantile(freedom);
  const coefficients = ["intercept", ...predictors].map((name, i) => {
    // The package puts the intercept last.
    const at = i === 0 ? predictors.length : i - 1;
    const [value, standardError] = [weights[at][0], stdErrors[at]];
    return { name, value, standardError, low: value - t * standardError, high: value + t * standardError };
  });
  const spread = squaresAround(y, y.reduce((sum, value) => sum + value, 0) / n);
  const r2 = spread === 0 ? 0 : 1 - (stdError ** 2 * freedom) / spread;
  return { kind: "fitted", n, missing, coefficients, r2, residualDeviation: stdError };
}

/** The first column of which nothing is left once those before it and the mean are taken out (Gram-Schmidt). */
function firstDependent(columns: readonly (readonly number[])[]): number | null {
  const basis: number[][] = [];
  for (const [place, column] of columns.entries()) {
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const scale = column.reduce((sum, value) => sum + value * value, 0);
    const left = basis.reduce(
      without,
      column.map((value) => value - mean),
    );
    const squares = squaresAround(left, 0);
    if (squares <= 1e-16 * scale || squares === 0) return place;
    basis.push(left.map((value) => value / Math.sqrt(squares)));
  }
  return null;
}

function without(column: readonly number[], unit: readonly number[]): number[] {
  const share = column.reduce((sum, value, i) => sum + value * unit[i], 0);
  return column.map((value, i) => value - share * unit[i]);
}

function squaresAround(values: readonly number[], centre: number): number {
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}
