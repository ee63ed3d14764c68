import { normalTwoSidedTail } from "../../models/scoring-interval.js";

/** Moments of a series of returns. `sharpe` is mean over standard deviation, a period of the series, not annualised. */
export interface ReturnMoments {
  readonly n: number;
  readonly mean: number;
  readonly deviation: number;
  readonly sharpe: number;
  readonly skewness: number;
  /** 3 for a normal series. */
  readonly kurtosis: number;
}

/** Null for fewer than two returns, or when they are all the same. */
export function returnMoments(returns: readonly number[]): ReturnMoments | null {
  const n = returns.length;
  if (n < 2) return null;
  const mean = returns.reduce((sum, each) => sum + each, 0) / n;
  const central = (power: number): number =>
    returns.reduce((sum, each) => sum + (each - mean) ** power, 0) / n;
  const variance = central(2);
  if (!(variance > 0)) return null;
  const deviation = Math.sqrt((variance * n) / (n - 1));
  return {
    n,
    mean,
    deviation,
    sharpe: mean / deviation,
    skewness: central(3) / variance ** 1.5,
    kurtosis: central(4) / variance ** 2,
  };
}

/** Configurations tried before the one that is shown. */
export interface Trials {
  readonly count: number;
  /** Variance of their Sharpe ratios per period; null takes 1 / (n - 1), that of n returns without any skill. */
  readonly sharpeVariance: number | null;
}

const EULER_MASCHERONI = 0.5772156649015329;

/**
 * Highest Sharpe ratio to be expected of `count` configurations none of which has skill; 0 for one.
 *
 * Source   Bailey & Lopez de Prado, "The Deflated Sharpe Ratio", Journal of Portfolio Management 40(5), 2014, eq. 1.
 */
export function expectedMaximumSharpe(count: number, sharpeVariance: number): number {
  if (count <= 1) return 0;
  const first = normalQuantile(1 - 1 / count);
  const second = normalQuantile(1 - 1 / (count * Math.E));
  return Math.sqrt(sharpeVariance) * ((1 - EULER_MASCHERONI) * first + EULER_MASCHERONI * second);
}

/**
 * Probability that the true Sharpe ratio is above what the best of so many trials would show by luck, for returns that
 * are neither normal nor many.
 *
 * Source   Bailey & Lopez de Prado (2014), eq. 2.
 */
export function deflatedSharpe(moments: ReturnMoments, { count, sharpeVariance }: Trials): number {
  const { n, sharpe, skewness, kurtosis } = moments;
  const threshold = expectedMaximumSharpe(count, sharpeVariance ?? 1 / (n - 1));
  const spread = Math.sqrt(Math.max(1e-12, 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe));
  return normalBelow(((sharpe - threshold) * Math.sqrt(n - 1)) / spread);
}

/** P(Z < z). */
export function normalBelow(z: number): number {
  const tail = normalTwoSidedTail(z) / 2;
  return z > 0 ? 1 - tail : tail;
}

/** z with P(Z < z) = p, by bisection to 1e-15; p in (0, 1). */
export function normalQuantile(p: number): number {
  let low = -40;
  let high = 40;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
