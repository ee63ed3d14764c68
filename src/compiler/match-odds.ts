import type { Runner } from "../domain/market.js";
import type { ScoreGrid } from "../models/grid.js";

/** Probability of each runner of a market. */
export type RunnerTable = Readonly<Record<Runner, number>>;

/** MATCH_ODDS, or HALF_TIME of a half-time grid. */
export function matchOdds(grid: ScoreGrid): {
  readonly HOME: number;
  readonly DRAW: number;
  readonly AWAY: number;
} {
  const width = grid.maxGoals + 1;
  let [home, draw, away] = [0, 0, 0];
  for (let i = 0, cell = 0; i < width; i++) {
    for (let j = 0; j < i; j++, cell++) home += grid.cells[cell];
    draw += grid.cells[cell++];
    for (let j = i + 1; j < width; j++, cell++) away += grid.cells[cell];
  }
  return { HOME: home, DRAW: draw, AWAY: away };
}

/** DOUBLE_CHANCE: two of three results win, so the runners sum to 2. */
export function doubleChance(grid: ScoreGrid): RunnerTable {
  const { HOME, DRAW, AWAY } = matchOdds(grid);
  return { HOME_OR_DRAW: HOME + DRAW, DRAW_OR_AWAY: DRAW + AWAY, HOME_OR_AWAY: HOME + AWAY };
}

/** DRAW_NO_BET: given that the match is not drawn, for a draw returns the stake. */
export function drawNoBet(grid: ScoreGrid): RunnerTable {
  const { HOME, AWAY } = matchOdds(grid);
  return { HOME: HOME / (HOME + AWAY), AWAY: AWAY / (HOME + AWAY) };
}

/** Mean league points of each side, three for a win: no market, but a forecast people read. */
export function expectedPoints(grid: ScoreGrid): { readonly home: number; readonly away: number } {
  const { HOME, DRAW, AWAY } = matchOdds(grid);
  return { home: 3 * HOME + DRAW, away: 3 * AWAY + DRAW };
}
