import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { ScoreGrid } from "../models/grid.js";
import { type Outcome, settleRunner } from "../strategy/settlement.js";
import type { Chance, OutcomeShares } from "../strategy/view.js";

const KINDS: readonly Outcome[] = ["won", "half-won", "push", "half-lost", "lost"];

/** Prices selections from score grids with the very table that settles them. */
export interface GridPricer {
  chance(grid: ScoreGrid, market: Market, runner: Runner, line: QuarterLine): Chance;
}

/** A pricer that settles each selection at each score once and keeps the answers: grids come by the thousand. */
export function gridPricer(): GridPricer {
  const tables = new Map<string, Uint8Array>();
  return {
    chance(grid, market, runner, line) {
      const key = `${market} ${runner} ${line} ${grid.maxGoals}`;
      let table = tables.get(key);
      if (!table) {
        table = outcomeTable(market, runner, line, grid.maxGoals);
        tables.set(key, table);
      }
      return { shares: sharesOf(grid, table), low: null, high: null };
    },
  };
}

/** Index into KINDS for each cell of a grid. */
function outcomeTable(market: Market, runner: Runner, line: QuarterLine, maxGoals: number): Uint8Array {
  const side = maxGoals + 1;
  const table = new Uint8Array(side * side);
  for (let home = 0; home < side; home++)
    for (let away = 0; away < side; away++)
      table[home * side + away] = KINDS.indexOf(settleRunner(market, runner, line, home, away));
  return table;
}

/** Divided by the mass on the grid, so that the five add up to 1: the tail beyond it is below 1e-12. */
function sharesOf({ cells }: ScoreGrid, table: Uint8Array): OutcomeShares {
  const sums = new Float64Array(KINDS.length);
  let mass = 0;
  for (let i = 0; i < cells.length; i++) {
    sums[table[i]] += cells[i];
    mass += cells[i];
  }
  const [win, halfWin, push, halfLoss, loss] = sums.map((sum) => sum / mass);
  return { win, halfWin, push, halfLoss, loss };
}
