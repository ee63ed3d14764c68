import type { LikelihoodTerms } from "./goal-likelihood.js";
import type { GoalWork } from "./goal-work.js";
import { addLowScoreInformation } from "./low-scores.js";
import type { PairSums } from "./pair-sums.js";

/**
 * Fill the lower triangle of `work.matrix` with minus the exact second derivatives at the parameters last evaluated,
 * plus the gauge term that makes it positive definite: a multiple of n n', n = 1 on every attack and defence.
 */
export function fillInformation(
  work: GoalWork,
  sums: PairSums,
  theta: Float64Array,
  terms: LikelihoodTerms,
): void {
  startInformation(work, sums, terms.ridge);
  addPoissonInformation(work, sums);
  if (terms.lowScores) addLowScoreInformation(work, sums, theta[work.order - 1]);
  pinUnseen(work);
}

/** The gauge term, sized like an average diagonal entry, and the ridge about the means. */
function startInformation(work: GoalWork, sums: PairSums, ridge: number): void {
  const { teams, order, matrix } = work;
  const gauge = (sums.totalWeight + ridge) / (teams * teams);
  const centring = ridge / teams;
  for (let i = 0; i < 2 * teams; i++) {
    const row = i * order;
    const split = i < teams ? 0 : teams;
    for (let j = 0; j < split; j++) matrix[row + j] = gauge;
    for (let j = split; j <= i; j++) matrix[row + j] = gauge - centring;
    matrix[row + i] += ridge;
  }
  matrix.fill(0, 2 * teams * order);
}

/** Attack meets defence once per rate; attack with attack and defence with defence only on the diagonal. */
function addPoissonInformation(work: GoalWork, sums: PairSums): void {
  const { teams, order, matrix, homeRate, awayRate } = work;
  const { home, away, neutral, weight } = sums;
  const next = order + 1;
  const lift = 2 * teams * order;
  let lifted = 0;
  for (let p = 0; p < sums.pairs; p++) {
    const h = home[p];
    const a = away[p];
    const byHome = weight[p] * homeRate[p];
    const byAway = weight[p] * awayRate[p];
    matrix[h * next] += byHome;
    matrix[(teams + a) * next] += byHome;
    matrix[(teams + a) * order + h] -= byHome;
    matrix[a * next] += byAway;
    matrix[(teams + h) * next] += byAway;
    matrix[(teams + h) * order + a] -= byAway;
    if (neutral[p] === 0) {
      lifted += byHome;
      matrix[lift + h] += byHome;
      matrix[lift + teams + a] -= byHome;
    }
  }
  matrix[lift + 2 * teams] += lifted;
}

/** An unknown no match speaks of (home advantage where all ground is neutral, rho without low scores) stays put. */
function pinUnseen(work: GoalWork): void {
  const { teams, order, matrix } = work;
  for (let i = 2 * teams; i < order; i++) if (matrix[i * order + i] === 0) matrix[i * order + i] = 1;
}
