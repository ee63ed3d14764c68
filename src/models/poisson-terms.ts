import { scoreGrid } from "./dixon-coles-grid.js";
import type { ScoreGrid } from "./grid.js";
import { logFactorial } from "./log-factorial.js";
import { MAX_RATE } from "./poisson-pmf.js";
import type { MatchLogs, ScoreLikelihood } from "./score-likelihood.js";

/** Two independent Poisson counts: for fits with covariates or held ratings, which need every match. */
export const POISSON_SCORES: ScoreLikelihood = {
  name: "poisson",
  shapes: [],
  at: () => (homeGoals, awayGoals, logs, slopes) => {
    slopes[0] = homeGoals - Math.exp(logs.homeLog);
    slopes[1] = awayGoals - Math.exp(logs.awayLog);
    return logPoisson(homeGoals, logs.homeLog) + logPoisson(awayGoals, logs.awayLog);
  },
  grids: () => poissonGrid,
};

/** ln P(X = goals) for a Poisson count of this log rate. */
export function logPoisson(goals: number, logRate: number): number {
  return goals * logRate - Math.exp(logRate) - logFactorial(goals);
}

/** The grid of two independent Poisson counts; null beyond `MAX_RATE`. */
export function poissonGrid({ homeLog, awayLog }: MatchLogs): ScoreGrid | null {
  const homeRate = Math.exp(homeLog);
  const awayRate = Math.exp(awayLog);
  return Math.max(homeRate, awayRate) <= MAX_RATE ? scoreGrid({ homeRate, awayRate, rho: 0 }) : null;
}
