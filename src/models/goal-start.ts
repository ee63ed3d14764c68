import type { GoalWork } from "./goal-work.js";
import type { PairSums } from "./pair-sums.js";

/** Sweeps of attack, then defence: with these a balanced league is within a hundredth of its Poisson optimum. */
const SWEEPS = 2;
/** Where rho usually lies; a search that starts there saves a factorisation. */
const USUAL_RHO = -0.04;

/**
 * Where a cold search starts: proportional fitting, each attack set so that expected goals equal goals scored, then
 * each defence likewise. Smoothed by one match of average goals, so that a team without goals has a finite start.
 *
 * Source   Deming & Stephan, Annals of Mathematical Statistics 11(4), 1940.
 */
export function startFromRates(work: GoalWork, sums: PairSums, theta: Float64Array): void {
  const { teams, attackFactor, defenceFactor } = work;
  const prior = sums.totalWeight / sums.totalMatches;
  const priorGoals = prior * Math.max(totalGoals(sums) / (2 * sums.totalWeight), 1e-3);
  const lift = sums.homeWeight > 0 ? (sums.homeGoals + prior) / (sums.awayGoals + prior) : 1;
  const { home, away, goalsFor, goalsAgainst } = sums;
  const attack = { goals: goalsFor, own: home, opponent: away, lift, priorGoals, priorExposure: prior };
  const defence = {
    goals: goalsAgainst,
    own: away,
    opponent: home,
    lift,
    priorGoals,
    priorExposure: priorGoals,
  };
  defenceFactor.fill(1);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    scaleSide(work, sums, attack, attackFactor, defenceFactor);
    scaleSide(work, sums, defence, defenceFactor, attackFactor);
  }
  for (let t = 0; t < teams; t++) {
    theta[t] = Math.log(attackFactor[t]);
    theta[teams + t] = -Math.log(defenceFactor[t]);
  }
  theta[2 * teams] = Math.log(lift);
  theta[2 * teams + 1] = USUAL_RHO;
}

/** One side of the proportional fitting. `own`: the teams whose factor meets the home side's goals. */
interface Side {
  readonly goals: Float64Array;
  readonly own: Int32Array;
  readonly opponent: Int32Array;
  readonly lift: number;
  readonly priorGoals: number;
  readonly priorExposure: number;
}

/** Set each factor to goals over what the factors of its opponents would make of 1. */
function scaleSide(
  work: GoalWork,
  sums: PairSums,
  side: Side,
  factors: Float64Array,
  opposite: Float64Array,
): void {
  const { own, opponent, lift } = side;
  const exposure = work.step;
  exposure.fill(side.priorExposure, 0, work.teams);
  for (let p = 0; p < sums.pairs; p++) {
    const weight = sums.weight[p];
    exposure[own[p]] += (sums.neutral[p] === 1 ? weight : lift * weight) * opposite[opponent[p]];
    exposure[opponent[p]] += weight * opposite[own[p]];
  }
  for (let t = 0; t < work.teams; t++) factors[t] = (side.goals[t] + side.priorGoals) / exposure[t];
}

function totalGoals(sums: PairSums): number {
  let goals = 0;
  for (let t = 0; t < sums.teams; t++) goals += sums.goalsFor[t];
  return goals;
}
