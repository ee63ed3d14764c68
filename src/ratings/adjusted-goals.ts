/** Whose goal, whose card. */
export type Side = "home" | "away";

export interface GoalEvent {
  readonly side: Side;
  /** Minute of play as published; a goal in added time carries the minute its half ends. */
  readonly minute: number;
}

export interface DismissalEvent {
  readonly side: Side;
  readonly minute: number;
  /** A second yellow card does not count, only a straight red. */
  readonly straight: boolean;
}

/** Goals of both sides, possibly fractional, to two decimals. */
export interface SideGoals {
  readonly home: number;
  readonly away: number;
}

const LATE_MINUTE = 70;
const RED_DISCOUNT = 0.75;
/** Values are fractions with small denominators: none lies this close below a hundredth without being on it. */
const TRUNCATION_GUARD = 1e-9;

/**
 * Goals weighed by what they were worth: a late goal that only widens a lead counts less, and so does one against
 * ten men; one scored by ten men counts more.
 *
 * Each goal is worth 1; divided by the scorer's lead d after it when past the 70th minute and d >= 2; times 0.75 when
 * the opponent had a straight red card in an earlier minute; divided by 0.75 when the scorer's side had one.
 *
 * `goals`  in any order of minutes; goals of the same minute in the order they fell.
 * Returns  the sum of each side, truncated to two decimals.
 * Source   the original system's ratings, `docs/ratings.md`, adjusted goals.
 */
export function adjustedGoals(goals: readonly GoalEvent[], dismissals: readonly DismissalEvent[]): SideGoals {
  const score = { home: 0, away: 0 };
  const worth = { home: 0, away: 0 };
  for (const goal of inMinuteOrder(goals)) {
    const opponent = goal.side === "home" ? "away" : "home";
    score[goal.side] += 1;
    worth[goal.side] += goalWorth(goal, score[goal.side] - score[opponent], dismissals);
  }
  return { home: truncate2(worth.home), away: truncate2(worth.away) };
}

function goalWorth(goal: GoalEvent, lead: number, dismissals: readonly DismissalEvent[]): number {
  let worth = 1;
  if (goal.minute > LATE_MINUTE && lead >= 2) worth /= lead;
  const reds = dismissals.filter((red) => red.straight && red.minute < goal.minute);
  if (reds.some((red) => red.side !== goal.side)) worth *= RED_DISCOUNT;
  if (reds.some((red) => red.side === goal.side)) worth /= RED_DISCOUNT;
  return worth;
}

function inMinuteOrder(goals: readonly GoalEvent[]): GoalEvent[] {
  return goals
    .map((goal, index) => ({ goal, index }))
    .sort((a, b) => a.goal.minute - b.goal.minute || a.index - b.index)
    .map(({ goal }) => goal);
}

function truncate2(value: number): number {
  return Math.trunc(value * 100 + TRUNCATION_GUARD) / 100;
}
