import type { GoalWork } from "./goal-work.js";

/**
 * Fill `expectedFor`, `expectedAgainst` and `expectedAtHome` of `work` from its factors and lift.
 *
 *   expectedFor[i]     = attackFactor[i]  sum_j (lift hosting[i, j] + elsewhere[i, j]) defenceFactor[j]
 *   expectedAgainst[j] = defenceFactor[j] sum_i (lift hosting[i, j] + elsewhere[i, j]) attackFactor[i]
 *   expectedAtHome[i]  = attackFactor[i]  sum_j  lift hosting[i, j]                    defenceFactor[j]
 *
 * Units    weighted goals. One pass over the squares serves rows and columns.
 */
export function expectGoals(work: GoalWork): void {
  const { teams, hosting, elsewhere, attackFactor, defenceFactor } = work;
  const { expectedFor, expectedAgainst, expectedAtHome } = work;
  const lift = work.lift[0];
  expectedAgainst.fill(0);
  for (let i = 0, row = 0; i < teams; i++, row += teams) {
    const attack = attackFactor[i];
    let atHome = 0;
    let away = 0;
    for (let j = 0; j < teams; j++) {
      const defence = defenceFactor[j];
      const hosted = lift * hosting[row + j];
      const other = elsewhere[row + j];
      atHome += hosted * defence;
      away += other * defence;
      expectedAgainst[j] += attack * (hosted + other);
    }
    expectedAtHome[i] = attack * atHome;
    expectedFor[i] = attack * (atHome + away);
  }
  for (let j = 0; j < teams; j++) expectedAgainst[j] *= defenceFactor[j];
}
