import { invariant } from "../core/assert.js";
import type { ScoreGrid } from "../models/grid.js";
import { probabilityOf } from "./distribution.js";
import type { RunnerTable } from "./match-odds.js";

/** The exchange lists scores up to 3-3 and settles the rest as "any other". */
export const EXCHANGE_SCORE_LIMIT = 3;

const HALF_TIME_SCORE_LIMIT = 2;

/**
 * CORRECT_SCORE: every score with at most `limit` goals a side, and ANY_OTHER_HOME_WIN, ANY_OTHER_AWAY_WIN and
 * ANY_OTHER_DRAW for the rest. What "any other" holds depends on `limit`: compare it only with a market of that limit.
 */
export function correctScores(grid: ScoreGrid, limit: number): RunnerTable {
  const beyond = (home: number, away: number): boolean => home > limit || away > limit;
  return {
    ...listedScores(grid, limit),
    ANY_OTHER_HOME_WIN: probabilityOf(grid, (home, away) => beyond(home, away) && home > away),
    ANY_OTHER_AWAY_WIN: probabilityOf(grid, (home, away) => beyond(home, away) && home < away),
    ANY_OTHER_DRAW: probabilityOf(grid, (home, away) => beyond(home, away) && home === away),
  };
}

/** HALF_TIME_SCORE of a half-time grid: scores up to 2-2 and ANY_UNQUOTED, as the exchange lists them. */
export function halfTimeScores(halfTime: ScoreGrid): RunnerTable {
  const limit = HALF_TIME_SCORE_LIMIT;
  const rest = probabilityOf(halfTime, (home, away) => home > limit || away > limit);
  return { ...listedScores(halfTime, limit), ANY_UNQUOTED: rest };
}

function listedScores(grid: ScoreGrid, limit: number): RunnerTable {
  invariant(
    Number.isInteger(limit) && limit >= 0 && limit <= grid.maxGoals,
    `a score limit must lie on the grid, was ${limit}`,
  );
  const table: Record<string, number> = {};
  for (let i = 0; i <= limit; i++)
    for (let j = 0; j <= limit; j++) table[`${i}-${j}`] = grid.cells[i * (grid.maxGoals + 1) + j];
  return table;
}
