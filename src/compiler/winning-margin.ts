import type { ScoreGrid } from "../models/grid.js";
import { differenceDistribution, massWhere } from "./distribution.js";
import type { RunnerTable } from "./match-odds.js";

const LISTED_MARGINS = [1, 2, 3] as const;
const OPEN_MARGIN = 4;

/** WINNING_MARGIN: HOME_BY_1, ..., HOME_BY_4_OR_MORE, the same for AWAY, and DRAW. */
export function winningMargin(grid: ScoreGrid): RunnerTable {
  const difference = differenceDistribution(grid);
  const table: Record<string, number> = { DRAW: massWhere(difference, (goals) => goals === 0) };
  for (const [side, sign] of [
    ["HOME", 1],
    ["AWAY", -1],
  ] as const) {
    for (const margin of LISTED_MARGINS)
      table[`${side}_BY_${margin}`] = massWhere(difference, (goals) => goals * sign === margin);
    table[`${side}_BY_${OPEN_MARGIN}_OR_MORE`] = massWhere(
      difference,
      (goals) => goals * sign >= OPEN_MARGIN,
    );
  }
  return table;
}
