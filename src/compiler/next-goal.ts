import type { ScoreGrid } from "../models/grid.js";
import type { RunnerTable } from "./match-odds.js";

/** Goals so far. */
export interface Score {
  readonly home: number;
  readonly away: number;
}

/**
 * NEXT_GOAL: HOME, AWAY or NO_GOAL, from a grid of final scores, given the score now.
 *
 * When goal times are independent given the final score, each of the goals still to come is as likely as another to
 * be the next: with m to come for the home side and n for the away side, the next is the home side's with m / (m + n).
 */
export function nextGoal(grid: ScoreGrid, now: Score): RunnerTable {
  let home = 0;
  let away = 0;
  for (let i = now.home; i <= grid.maxGoals; i++)
    for (let j = now.away; j <= grid.maxGoals; j++) {
      const toCome = i - now.home + (j - now.away);
      if (toCome === 0) continue;
      const p = grid.cells[i * (grid.maxGoals + 1) + j];
      home += (p * (i - now.home)) / toCome;
      away += (p * (j - now.away)) / toCome;
    }
  return { HOME: home, AWAY: away, NO_GOAL: grid.cells[now.home * (grid.maxGoals + 1) + now.away] };
}
