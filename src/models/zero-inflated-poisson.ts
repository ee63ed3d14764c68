import { type FillCounts, independentGrid } from "./count-grid.js";
import { fillPoissonPmf, MAX_RATE } from "./poisson-pmf.js";
import { logPoisson } from "./poisson-terms.js";
import type { ScoreLikelihood } from "./score-likelihood.js";

/**
 * Two independent Poisson counts, each nil with an extra probability z: P(0) = z + (1 - z) e^-m, else (1 - z) Pois(k).
 *
 * The rate m is that of a side that is not held to nil: its expected goals are (1 - z) m. z = 0 is Poisson, the
 * reachable end of the range.
 * Source   Lambert, Technometrics 34(1), 1992.
 */
export const ZERO_INFLATED_POISSON: ScoreLikelihood = {
  name: "zero-inflated-poisson",
  shapes: [{ name: "zeroInflation", start: 0.02, low: 0, high: 0.9 }],
  at: ([zero]) => {
    const home = new Float64Array(2);
    const away = new Float64Array(2);
    return (homeGoals, awayGoals, logs, slopes) => {
      const value =
        logInflated(homeGoals, logs.homeLog, zero, home) + logInflated(awayGoals, logs.awayLog, zero, away);
      slopes[0] = home[0];
      slopes[1] = away[0];
      slopes[3] = home[1] + away[1];
      return value;
    };
  },
  grids:
    ([zero]) =>
    (logs) => {
      const rates = [Math.exp(logs.homeLog), Math.exp(logs.awayLog)];
      if (Math.max(...rates) > MAX_RATE) return null;
      return independentGrid(inflatedCounts(rates[0], zero), inflatedCounts(rates[1], zero));
    },
};

function logInflated(goals: number, logRate: number, zero: number, slopes: Float64Array): number {
  const rate = Math.exp(logRate);
  if (goals > 0) {
    slopes[0] = goals - rate;
    slopes[1] = -1 / (1 - zero);
    return Math.log1p(-zero) + logPoisson(goals, logRate);
  }
  const none = Math.exp(-rate);
  const p = zero + (1 - zero) * none;
  slopes[0] = (-(1 - zero) * none * rate) / p;
  slopes[1] = (1 - none) / p;
  return Math.log(p);
}

function inflatedCounts(rate: number, zero: number): FillCounts {
  return (out) => {
    fillPoissonPmf(out, rate);
    for (let k = 0; k < out.length; k++) out[k] *= 1 - zero;
    out[0] += zero;
  };
}
