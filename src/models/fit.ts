import { invariant } from "../core/assert.js";
import { divergedTeams, searchRefusal, structuralRefusal } from "./fit-refusal.js";
import { reportFit } from "./fit-report.js";
import { type ConvergedFit, decayRate, type Fit, type FitOptions, rhoTask } from "./goal-fit.js";
import { collectMatches, type GoalMatch } from "./goal-match.js";
import { searchGoals } from "./goal-search.js";
import { startFromRates } from "./goal-start.js";
import { createWork, type GoalWork } from "./goal-work.js";
import { connectionOfWork } from "./islands.js";
import type { PairSums } from "./pair-sums.js";

export {
  type ConvergedFit,
  decayRate,
  type Fit,
  type FitOptions,
  type GoalModel,
  type RefusedFit,
  refusalText,
  type SeparatedTeam,
  type TeamRating,
} from "./goal-fit.js";

const ITERATION_LIMIT = 60;
/** Room of the last fit without errors, used again by the next: nothing of it leaves `fitSums`. */
let scratch: GoalWork | null = null;

/**
 * Fit attack, defence, home advantage (and rho) to matches by maximum likelihood.
 *
 *   log homeRate = intercept + homeAdvantage + attack[h] - defence[a]
 *   log awayRate = intercept + attack[a] - defence[h]
 *
 * Returns  a value for every honest failure: see `RefusedFit`.
 * Source   Maher (1982); Dixon & Coles, Applied Statistics 46(2), 1997.
 */
export function fitGoals(matches: readonly GoalMatch[], options: FitOptions): Fit {
  const xi = decayRate(options);
  const collected = collectMatches(matches, { xi, asOf: options.asOf ?? null });
  return collected.kind === "collected" ? fitSums(collected.sums, collected.teams, options) : collected;
}

/** Fit sums that are already weighted; `names` by team number. The options' decay is only reported. */
export function fitSums(sums: PairSums, names: readonly string[], options: FitOptions): Fit {
  const ridge = options.ridge ?? 0;
  invariant(ridge >= 0, "a ridge must not be negative");
  // Errors are worked out when they are asked for, from the work that found the optimum: it is theirs to keep.
  const work = createWork(sums, options.standardErrors === false ? scratch : null);
  if (options.standardErrors === false) scratch = work;
  const connection = connectionOfWork(work, sums);
  const refusal = ridge > 0 ? null : structuralRefusal(work, names, connection);
  if (refusal) return refusal;
  const theta = new Float64Array(work.order);
  if (!options.start || !startFromFit(theta, names, options.start)) {
    startFromRates(work, theta, sums.totalMatches);
    if (options.start) startFromFit(theta, names, options.start);
  }
  const iterationLimit = options.iterationLimit ?? ITERATION_LIMIT;
  const end = searchGoals(work, theta, { ridge, rho: rhoTask(options), iterationLimit });
  if (end.kind !== "converged" || divergedTeams(theta, names).length > 0)
    return searchRefusal(end, theta, names);
  return reportFit({ work, sums, theta, end, names, options, connection });
}

/** Ratings of an earlier fit for the teams it knows; false when it does not know all of them. */
function startFromFit(theta: Float64Array, names: readonly string[], start: ConvergedFit): boolean {
  const known = new Map(start.teams.map((rating) => [rating.team, rating]));
  let missing = 0;
  for (const [t, name] of names.entries()) {
    const rating = known.get(name);
    if (!rating) {
      missing++;
      continue;
    }
    theta[t] = start.intercept + rating.attack;
    theta[names.length + t] = rating.defence;
  }
  theta[2 * names.length] = start.homeAdvantage;
  theta[2 * names.length + 1] = start.rho;
  return missing === 0;
}
