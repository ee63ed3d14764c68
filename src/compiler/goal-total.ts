import type { ScoreGrid } from "../models/grid.js";
import { type Distribution, massWhere, totalDistribution } from "./distribution.js";
import type { RunnerTable } from "./match-odds.js";

const MOST_LISTED_TOTAL = 6;
const BANDS = [
  [0, 1],
  [2, 3],
  [4, 6],
] as const;

/** OVER and UNDER of a half line in goals, of both sides together or of one. */
export function overUnder(goals: Distribution, line: number): RunnerTable {
  return {
    OVER: massWhere(goals, (value) => value > line),
    UNDER: massWhere(goals, (value) => value < line),
  };
}

/** ODD_OR_EVEN: no goals is even. */
export function oddOrEven(grid: ScoreGrid): RunnerTable {
  const total = totalDistribution(grid);
  return {
    ODD: massWhere(total, (goals) => goals % 2 === 1),
    EVEN: massWhere(total, (goals) => goals % 2 === 0),
  };
}

/** TOTAL_GOALS: exactly 0, 1, ..., 6, and 7_OR_MORE. */
export function exactTotals(grid: ScoreGrid): RunnerTable {
  const total = totalDistribution(grid);
  const table: Record<string, number> = {};
  for (let goals = 0; goals <= MOST_LISTED_TOTAL; goals++) table[String(goals)] = total.mass[goals];
  table[`${MOST_LISTED_TOTAL + 1}_OR_MORE`] = massWhere(total, (goals) => goals > MOST_LISTED_TOTAL);
  return table;
}

/** GOAL_BANDS: 0-1, 2-3, 4-6, and 7_OR_MORE. */
export function goalBands(grid: ScoreGrid): RunnerTable {
  const total = totalDistribution(grid);
  const table: Record<string, number> = {};
  for (const [low, high] of BANDS)
    table[`${low}-${high}`] = massWhere(total, (goals) => goals >= low && goals <= high);
  table["7_OR_MORE"] = massWhere(total, (goals) => goals >= 7);
  return table;
}
