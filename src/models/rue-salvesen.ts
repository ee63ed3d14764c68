import { logPoisson, poissonGrid } from "./poisson-terms.js";
import type { MatchLogs, ScoreLikelihood } from "./score-likelihood.js";

/**
 * Poisson counts with Rue & Salvesen's psychological effect: the stronger side underestimates the weaker one.
 *
 *   delta = (attack_h + defence_h - attack_a - defence_a) / 2
 *   log homeRate - gamma delta,   log awayRate + gamma delta
 *
 * `gamma` is given, never estimated: with free ratings it is only another way to write the same model (attack and
 * defence mixed by [[1 - gamma/2, -gamma/2], [-gamma/2, 1 - gamma/2]] give the same rates), so that the likelihood is
 * flat in it. Only a ridge, which pulls on the ratings themselves, gives it a meaning in the forecast.
 * Source   Rue & Salvesen, The Statistician 49(3), 2000, section 2.1.
 */
export function rueSalvesen(gamma: number): ScoreLikelihood {
  return {
    name: `rue-salvesen gamma=${gamma}`,
    shapes: [],
    at: () => (homeGoals, awayGoals, logs, slopes) => {
      const { homeLog, awayLog } = adjusted(logs, gamma);
      const homeSlope = homeGoals - Math.exp(homeLog);
      const awaySlope = awayGoals - Math.exp(awayLog);
      // delta = (homeLog - lift - awayLog) / 2: the intercept cancels.
      const byDelta = gamma * (awaySlope - homeSlope);
      slopes[0] = homeSlope + byDelta / 2;
      slopes[1] = awaySlope - byDelta / 2;
      slopes[2] = -byDelta / 2;
      return logPoisson(homeGoals, homeLog) + logPoisson(awayGoals, awayLog);
    },
    grids: () => (logs) => poissonGrid(adjusted(logs, gamma)),
  };
}

function adjusted(logs: MatchLogs, gamma: number): MatchLogs {
  const shift = (gamma * (logs.homeLog - logs.lift - logs.awayLog)) / 2;
  return { homeLog: logs.homeLog - shift, awayLog: logs.awayLog + shift, lift: logs.lift };
}
