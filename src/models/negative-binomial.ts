import { type FillCounts, independentGrid } from "./count-grid.js";
import { logFactorial } from "./log-factorial.js";
import { MAX_RATE } from "./poisson-pmf.js";
import type { ScoreLikelihood } from "./score-likelihood.js";

/**
 * Two independent negative binomial counts of one dispersion: variance = mean + dispersion x mean^2.
 *
 * Written in the dispersion, not in its inverse, so that Poisson is the reachable end 0 of the range instead of a far
 * away optimum: football is often no more dispersed than that, and the fit then says that the bound is active.
 * Source   Cameron & Trivedi, Regression Analysis of Count Data, 2nd edition, section 3.3 (NB2).
 */
export const NEGATIVE_BINOMIAL: ScoreLikelihood = {
  name: "negative-binomial",
  shapes: [{ name: "dispersion", start: 0.05, low: 0, high: 5 }],
  at: ([dispersion]) => {
    const home = new Float64Array(2);
    const away = new Float64Array(2);
    return (homeGoals, awayGoals, logs, slopes) => {
      const value =
        logNegativeBinomial(homeGoals, logs.homeLog, dispersion, home) +
        logNegativeBinomial(awayGoals, logs.awayLog, dispersion, away);
      slopes[0] = home[0];
      slopes[1] = away[0];
      slopes[3] = home[1] + away[1];
      return value;
    };
  },
  grids:
    ([dispersion]) =>
    (logs) => {
      const rates = [Math.exp(logs.homeLog), Math.exp(logs.awayLog)];
      if (Math.max(...rates) > MAX_RATE) return null;
      return independentGrid(
        negativeBinomialCounts(rates[0], dispersion),
        negativeBinomialCounts(rates[1], dispersion),
      );
    },
};

/**
 * ln P(X = goals), mean e^logRate; `slopes` receives the derivatives by logRate and dispersion.
 *
 * ln P = sum_{j < x} ln(1 + a j) - (x + 1/a) ln(1 + a m) + x ln m - ln x!, with its limit where a m is small.
 */
function logNegativeBinomial(
  goals: number,
  logRate: number,
  dispersion: number,
  slopes: Float64Array,
): number {
  const mean = Math.exp(logRate);
  const am = dispersion * mean;
  let rising = 0;
  let risingSlope = 0;
  for (let j = 1; j < goals; j++) {
    rising += Math.log1p(dispersion * j);
    risingSlope += j / (1 + dispersion * j);
  }
  slopes[0] = (goals - mean) / (1 + am);
  slopes[1] = risingSlope - (goals * mean) / (1 + am) + mean * mean * excess(am);
  const perMean = am < 1e-8 ? 1 - am / 2 : Math.log1p(am) / am;
  return rising - goals * Math.log1p(am) - mean * perMean + goals * logRate - logFactorial(goals);
}

/** (ln(1 + z) - z / (1 + z)) / z^2: 1/2 - 2z/3 + 3z^2/4 - ... near zero, where the quotient would lose its digits. */
function excess(z: number): number {
  if (z > 1e-2) return (Math.log1p(z) - z / (1 + z)) / (z * z);
  let sum = 0;
  for (let k = 8; k >= 0; k--) sum = (k + 1) / (k + 2) - z * sum;
  return sum;
}

/** P(0) = (1 + a m)^(-1/a); P(k) = P(k - 1) (m / k) (1 + a (k - 1)) / (1 + a m). */
function negativeBinomialCounts(mean: number, dispersion: number): FillCounts {
  return (out) => {
    const am = dispersion * mean;
    let p = am < 1e-8 ? Math.exp(-mean * (1 - am / 2)) : Math.exp((-mean * Math.log1p(am)) / am);
    for (let k = 0; k < out.length; k++) {
      out[k] = p;
      p *= (mean * (1 + dispersion * k)) / ((k + 1) * (1 + am));
    }
  };
}
