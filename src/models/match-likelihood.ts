import { lowScoreFactor } from "./dixon-coles-grid.js";
import type { ConvergedFit } from "./goal-fit.js";
import type { GoalMatch } from "./goal-match.js";
import { logFactorial } from "./log-factorial.js";

/** Parameters of a goal model by name, as a reader of the paper would write them. */
export interface NamedParameters {
  readonly intercept: number;
  readonly homeAdvantage: number;
  readonly rho: number;
  readonly attack: ReadonlyMap<string, number>;
  readonly defence: ReadonlyMap<string, number>;
}

/** The parameters of a fit by name. */
export function namedParameters(fit: ConvergedFit): NamedParameters {
  const { intercept, homeAdvantage, rho } = fit;
  return {
    intercept,
    homeAdvantage,
    rho,
    attack: new Map(fit.teams.map(({ team, attack }) => [team, attack])),
    defence: new Map(fit.teams.map(({ team, defence }) => [team, defence])),
  };
}

/**
 * The weighted log-likelihood, match by match, straight from the formula: the naive form of `evaluateGoals`.
 *
 * Log-factorials are included where every count of goals is whole. -Infinity or NaN where tau is not positive.
 */
export function matchLogLikelihood(matches: readonly GoalMatch[], parameters: NamedParameters): number {
  const whole = matches.every((m) => Number.isInteger(m.homeGoals) && Number.isInteger(m.awayGoals));
  let sum = 0;
  for (const match of matches) {
    const weight = match.weight ?? 1;
    if (weight === 0) continue;
    const homeLog = sideLogRate(parameters, match.home, match.away, !match.neutral);
    const awayLog = sideLogRate(parameters, match.away, match.home, false);
    const rates = { homeRate: Math.exp(homeLog), awayRate: Math.exp(awayLog), rho: parameters.rho };
    let term = match.homeGoals * homeLog - rates.homeRate + match.awayGoals * awayLog - rates.awayRate;
    if (isLowScore(match)) term += Math.log(lowScoreFactor(match.homeGoals, match.awayGoals, rates));
    if (whole) term -= logFactorial(match.homeGoals) + logFactorial(match.awayGoals);
    sum += weight * term;
  }
  return sum;
}

function sideLogRate(parameters: NamedParameters, scorer: string, opponent: string, atHome: boolean): number {
  const attack = parameters.attack.get(scorer) ?? Number.NaN;
  const defence = parameters.defence.get(opponent) ?? Number.NaN;
  return parameters.intercept + (atHome ? parameters.homeAdvantage : 0) + attack - defence;
}

function isLowScore({ homeGoals, awayGoals }: GoalMatch): boolean {
  return (homeGoals === 0 || homeGoals === 1) && (awayGoals === 0 || awayGoals === 1);
}
