/** What two independent Poisson counts say about who is ahead, with the slopes that Newton needs. */
export interface GoalDifference {
  /** P(home > away) - P(home < away). */
  readonly lead: number;
  /** P(home = away). */
  readonly level: number;
  /** P(home = away + 1). */
  readonly oneUp: number;
  /** P(away = home + 1). */
  readonly oneDown: number;
}

const NEGLIGIBLE = 1e-17;

/**
 * The distribution of the goal difference near zero, by direct summation until the terms fall under 1e-17.
 *
 * Units    expected goals, both > 0.
 * Source   Skellam (1946). d P(X = k)/d rate = P(X = k - 1) - P(X = k) gives the slopes used by the callers:
 *          d lead/d homeRate = level + oneDown, d lead/d awayRate = -(level + oneUp),
 *          d level/d homeRate = oneDown - level, d level/d awayRate = oneUp - level.
 */
export function goalDifference(homeRate: number, awayRate: number): GoalDifference {
  let home = Math.exp(-homeRate);
  let away = Math.exp(-awayRate);
  let homeBefore = 0;
  let awayBefore = 0;
  let awayFewer = 0;
  let ahead = 0;
  let level = 0;
  let oneUp = 0;
  let oneDown = 0;
  const mode = Math.max(homeRate, awayRate);
  for (let goals = 0; goals <= mode || home > NEGLIGIBLE || away > NEGLIGIBLE; ) {
    ahead += home * awayFewer;
    level += home * away;
    oneUp += home * awayBefore;
    oneDown += away * homeBefore;
    awayFewer += away;
    homeBefore = home;
    awayBefore = away;
    goals++;
    const share = 1 / goals;
    home *= homeRate * share;
    away *= awayRate * share;
  }
  return { lead: 2 * ahead + level - 1, level, oneUp, oneDown };
}
