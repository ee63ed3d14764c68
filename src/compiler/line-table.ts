import type { QuarterLine } from "../domain/market.js";
import type { ScoreGrid } from "../models/grid.js";
import { differenceDistribution, totalDistribution } from "./distribution.js";
import { type FiveWay, fiveWay, formatLine } from "./five-way.js";

/** Both sides of each handicap. The key is the home side's line in goals: at "-0.75" the away side has +0.75. */
export type HandicapTable = Readonly<Record<string, { readonly home: FiveWay; readonly away: FiveWay }>>;

/** Both sides of each total, by its line in goals. */
export type TotalTable = Readonly<Record<string, { readonly over: FiveWay; readonly under: FiveWay }>>;

/** -4 to +4 goals by quarters: the 33 lines of the exchange. */
export const HANDICAP_LINES: readonly QuarterLine[] = Array.from({ length: 33 }, (_, k) => k - 16);

/** 0.5 to 6.5 goals by quarters. */
export const TOTAL_LINES: readonly QuarterLine[] = Array.from({ length: 25 }, (_, k) => k + 2);

/** ASIAN_HANDICAP. */
export function asianHandicaps(grid: ScoreGrid, lines: readonly QuarterLine[]): HandicapTable {
  const difference = differenceDistribution(grid);
  const table: Record<string, { home: FiveWay; away: FiveWay }> = {};
  for (const line of lines)
    table[formatLine(line)] = { home: fiveWay(difference, line, 1), away: fiveWay(difference, line, -1) };
  return table;
}

/** ALT_TOTAL_GOALS. */
export function asianTotals(grid: ScoreGrid, lines: readonly QuarterLine[]): TotalTable {
  const total = totalDistribution(grid);
  const table: Record<string, { over: FiveWay; under: FiveWay }> = {};
  for (const line of lines)
    table[formatLine(line)] = { over: fiveWay(total, -line, 1), under: fiveWay(total, -line, -1) };
  return table;
}
