import type { ScoreGrid } from "../models/grid.js";
import { probabilityOf } from "./distribution.js";
import type { RunnerTable } from "./match-odds.js";

type ScoreTest = (home: number, away: number) => boolean;

const bothScored: ScoreTest = (home, away) => home > 0 && away > 0;
const overTwo: ScoreTest = (home, away) => home + away > 2;

const RESULTS: readonly (readonly [string, ScoreTest])[] = [
  ["HOME", (home, away) => home > away],
  ["DRAW", (home, away) => home === away],
  ["AWAY", (home, away) => home < away],
];

/** BOTH_TEAMS_TO_SCORE. */
export function bothTeamsToScore(grid: ScoreGrid): RunnerTable {
  return yesNo(grid, bothScored);
}

export function homeWinToNil(grid: ScoreGrid): RunnerTable {
  return yesNo(grid, (home, away) => home > 0 && away === 0);
}

export function awayWinToNil(grid: ScoreGrid): RunnerTable {
  return yesNo(grid, (home, away) => away > 0 && home === 0);
}

/** The home side concedes nothing. */
export function homeCleanSheet(grid: ScoreGrid): RunnerTable {
  return yesNo(grid, (_, away) => away === 0);
}

export function awayCleanSheet(grid: ScoreGrid): RunnerTable {
  return yesNo(grid, (home) => home === 0);
}

/** MATCH_ODDS_AND_BTTS: HOME_YES, HOME_NO, ... */
export function resultAndBothScore(grid: ScoreGrid): RunnerTable {
  return resultAnd(grid, bothScored, ["YES", "NO"]);
}

/** MATCH_ODDS_AND_OU_25: HOME_OVER, HOME_UNDER, ... */
export function resultAndTotal(grid: ScoreGrid): RunnerTable {
  return resultAnd(grid, overTwo, ["OVER", "UNDER"]);
}

function yesNo(grid: ScoreGrid, holds: ScoreTest): RunnerTable {
  return { YES: probabilityOf(grid, holds), NO: probabilityOf(grid, (home, away) => !holds(home, away)) };
}

function resultAnd(grid: ScoreGrid, holds: ScoreTest, [yes, no]: readonly [string, string]): RunnerTable {
  const table: Record<string, number> = {};
  for (const [result, is] of RESULTS) {
    table[`${result}_${yes}`] = probabilityOf(grid, (h, a) => is(h, a) && holds(h, a));
    table[`${result}_${no}`] = probabilityOf(grid, (h, a) => is(h, a) && !holds(h, a));
  }
  return table;
}
