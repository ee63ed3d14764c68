import type { GoalWork } from "./goal-work.js";

/** Rounds of attack and defence: a third brought a start no nearer than low scores move the optimum away again. */
const ROUNDS = 2;
/** Where rho usually lies; a search that starts there saves a factorisation. */
const USUAL_RHO = -0.04;

/**
 * Where a cold search starts: proportional fitting, each attack set so that expected goals equal goals scored, then
 * each defence so that they equal goals conceded, with the home advantage that the sums of goals suggest.
 *
 * A team without goals on one side is given a match's worth of them, so that every start is finite.
 * Source   Deming & Stephan, Annals of Mathematical Statistics 11(4), 1940.
 */
export function startFromRates(work: GoalWork, theta: Float64Array, matches: number): void {
  const { teams, attackFactor, defenceFactor } = work;
  const prior = work.totalWeight / matches;
  const lift = work.homeWeight > 0 ? (work.homeGoals + prior) / (work.awayGoals + prior) : 1;
  const exposure = fillExposure(work, lift);
  defenceFactor.fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < teams; i++)
      attackFactor[i] = goalsOr(prior, work.goalsFor[i]) / rowProduct(exposure, teams, i, defenceFactor);
    sumColumns(exposure, attackFactor, work.trial);
    for (let j = 0; j < teams; j++)
      defenceFactor[j] = goalsOr(prior, work.goalsAgainst[j]) / Math.max(work.trial[j], LEAST);
  }
  for (let t = 0; t < teams; t++) {
    theta[t] = Math.log(attackFactor[t]);
    theta[teams + t] = -Math.log(defenceFactor[t]);
  }
  theta[2 * teams] = Math.log(lift);
  theta[2 * teams + 1] = USUAL_RHO;
}

/** Keeps a team whose every match has aged away from a division by zero. */
const LEAST = 1e-300;

/** Goals expected of attack i against defence j were all factors 1, in the (still unused) matrix. */
function fillExposure(work: GoalWork, lift: number): Float64Array {
  const { teams, hosting, elsewhere } = work;
  const exposure = work.matrix.subarray(0, teams * teams);
  for (let cell = 0; cell < exposure.length; cell++) exposure[cell] = lift * hosting[cell] + elsewhere[cell];
  return exposure;
}

function goalsOr(prior: number, goals: number): number {
  return goals > 0 ? goals : prior;
}

function rowProduct(exposure: Float64Array, teams: number, row: number, factors: Float64Array): number {
  let sum = 0;
  for (let j = 0, cell = row * teams; j < teams; j++, cell++) sum += exposure[cell] * factors[j];
  return Math.max(sum, LEAST);
}

/** Expected goals by column of the given row factors, into `out`. */
function sumColumns(exposure: Float64Array, factors: Float64Array, out: Float64Array): void {
  const teams = factors.length;
  out.fill(0, 0, teams);
  for (let i = 0, cell = 0; i < teams; i++)
    for (let j = 0; j < teams; j++, cell++) out[j] += exposure[cell] * factors[i];
}
