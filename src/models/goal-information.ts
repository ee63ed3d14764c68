import type { LikelihoodTerms } from "./goal-likelihood.js";
import type { GoalWork } from "./goal-work.js";
import { addLowScoreInformation } from "./low-scores.js";

/**
 * Fill the lower triangle of `work.matrix` with minus the exact second derivatives at the parameters last evaluated,
 * plus the gauge term that makes it positive definite: a multiple of n n', n = 1 on every attack and defence.
 */
export function fillInformation(work: GoalWork, theta: Float64Array, terms: LikelihoodTerms): void {
  const { teams } = work;
  // Sized like an average diagonal entry.
  const gauge = (work.totalWeight + terms.ridge) / (teams * teams);
  fillTeamBlock(work, 0, work.expectedFor, gauge, terms.ridge);
  fillTeamBlock(work, teams, work.expectedAgainst, gauge, terms.ridge);
  fillMeetings(work, gauge);
  if (terms.lowScores) addLowScoreInformation(work, theta[work.order - 1]);
  pinUnseen(work);
}

/** Attack with attack, or defence with defence: expected goals on the diagonal, the gauge, the ridge about the mean. */
function fillTeamBlock(
  work: GoalWork,
  from: number,
  expected: Float64Array,
  gauge: number,
  ridge: number,
): void {
  const { teams, order, matrix } = work;
  const beside = gauge - ridge / teams;
  for (let t = 0; t < teams; t++) {
    const row = (from + t) * order + from;
    matrix.fill(beside, row, row + t);
    matrix[row + t] = beside + ridge + expected[t];
  }
}

/** Attack meets defence in the expected goals of the one against the other; the home advantage meets both at home. */
function fillMeetings(work: GoalWork, gauge: number): void {
  const { teams, order, matrix, hosting, elsewhere, attackFactor, defenceFactor, expectedAtHome } = work;
  const lift = work.lift[0];
  const liftRow = 2 * teams * order;
  matrix.fill(0, liftRow);
  let lifted = 0;
  for (let i = 0, cell = 0; i < teams; i++) {
    const attack = attackFactor[i];
    for (let j = 0, to = teams * order + i; j < teams; j++, cell++, to += order) {
      const rate = attack * defenceFactor[j];
      const atHome = rate * lift * hosting[cell];
      matrix[to] = gauge - atHome - rate * elsewhere[cell];
      matrix[liftRow + teams + j] -= atHome;
    }
    matrix[liftRow + i] = expectedAtHome[i];
    lifted += expectedAtHome[i];
  }
  matrix[liftRow + 2 * teams] = lifted;
}

/** An unknown no match speaks of (home advantage where all ground is neutral, rho without low scores) stays put. */
function pinUnseen(work: GoalWork): void {
  const { teams, order, matrix } = work;
  for (let i = 2 * teams; i < order; i++) if (matrix[i * order + i] === 0) matrix[i * order + i] = 1;
}
