import { digamma, logGamma } from "./gamma.js";

/** Terms of the series; enough for rate^(1/shape) up to `MOST_SCALE`. */
const TERMS = 90;
/** The series alternates: beyond this its terms outgrow what double precision can take back. */
const MOST_SCALE = 12;

/**
 * Series coefficients of a Weibull count of one shape: P(X = x) = sum_{j >= x} (-1)^(x+j) rate^j coefficients[x][j].
 *
 * The count of events in unit time whose waiting times are Weibull with this shape; shape 1 is Poisson. Above 1 the
 * count is less dispersed than Poisson, below 1 more.
 * Source   McShane, Adrian, Bradlow & Fader, J. Business & Economic Statistics 26(3), 2008, equation 11.
 */
export interface WeibullTable {
  readonly shape: number;
  readonly mostGoals: number;
  /** (mostGoals + 1) rows of TERMS: coefficients, and their derivatives by the shape. */
  readonly coefficients: Float64Array;
  readonly slopes: Float64Array;
}

/** The table of counts up to `mostGoals` for one shape. All terms of the recursion are positive. */
export function weibullTable(shape: number, mostGoals: number): WeibullTable {
  const ratio = new Float64Array(TERMS);
  const ratioSlope = new Float64Array(TERMS);
  const inverse = new Float64Array(TERMS);
  for (let j = 0; j < TERMS; j++) {
    ratio[j] = Math.exp(logGamma(shape * j + 1) - logGamma(j + 1));
    ratioSlope[j] = ratio[j] * j * digamma(shape * j + 1);
    inverse[j] = Math.exp(-logGamma(shape * j + 1));
  }
  const alpha = new Float64Array((mostGoals + 1) * TERMS);
  const alphaSlope = new Float64Array((mostGoals + 1) * TERMS);
  alpha.set(ratio);
  alphaSlope.set(ratioSlope);
  for (let x = 0; x < mostGoals; x++) convolve(alpha, alphaSlope, ratio, ratioSlope, x);
  const coefficients = alpha.map((value, at) => value * inverse[at % TERMS]);
  const slopes = alphaSlope.map((value, at) => {
    const j = at % TERMS;
    return (value - alpha[at] * j * digamma(shape * j + 1)) * inverse[j];
  });
  return { shape, mostGoals, coefficients, slopes };
}

/** Row x + 1 from row x: alpha_j = sum_{m = x}^{j - 1} alpha_m Gamma(shape (j - m) + 1) / (j - m)!. */
function convolve(
  alpha: Float64Array,
  alphaSlope: Float64Array,
  ratio: Float64Array,
  ratioSlope: Float64Array,
  x: number,
): void {
  const from = x * TERMS;
  const to = from + TERMS;
  for (let j = x + 1; j < TERMS; j++) {
    for (let m = x; m < j; m++) {
      alpha[to + j] += alpha[from + m] * ratio[j - m];
      alphaSlope[to + j] += alphaSlope[from + m] * ratio[j - m] + alpha[from + m] * ratioSlope[j - m];
    }
  }
}

/** Whether the series can be summed at this rate. */
export function weibullReaches(rate: number, shape: number): boolean {
  return rate ** (1 / shape) <= MOST_SCALE;
}

/**
 * P(X = x), with its derivatives by ln rate and by the shape, into `out` at 0, 1 and 2.
 *
 * Absolute error below 1e-10 where `weibullReaches` says so.
 */
export function weibullPmf(table: WeibullTable, x: number, rate: number, out: Float64Array): void {
  const row = x * TERMS;
  let power = rate ** x;
  let sign = 1;
  let p = 0;
  let byLog = 0;
  let byShape = 0;
  for (let j = x; j < TERMS; j++) {
    const term = sign * power * table.coefficients[row + j];
    p += term;
    byLog += j * term;
    byShape += sign * power * table.slopes[row + j];
    power *= rate;
    sign = -sign;
  }
  out[0] = p;
  out[1] = byLog;
  out[2] = byShape;
}
