import type { ScoreGrid } from "../models/grid.js";
import type { ClosedForms } from "./closed-forms.js";

/**
 * Differences, totals and scores added up cell by cell: what `verifySheet` holds a sheet against when the grid's
 * distribution has no closed form. It checks the markets, not the grid; see `faultOfGrid` and `statistico verify`.
 */
export function gridSums({ cells, maxGoals }: ScoreGrid): ClosedForms {
  const width = maxGoals + 1;
  const differences = new Float64Array(2 * maxGoals + 1);
  const totals = new Float64Array(2 * maxGoals + 1);
  let homeNone = 0;
  let awayNone = 0;
  for (const [cell, p] of cells.entries()) {
    const home = Math.floor(cell / width);
    const away = cell % width;
    if (home === 0) homeNone += p;
    if (away === 0) awayNone += p;
    differences[home - away + maxGoals] += p;
    totals[home + away] += p;
  }
  return {
    difference: (d) => differences[d + maxGoals] ?? 0,
    total: (k) => totals[k] ?? 0,
    score: (home, away) => (Math.max(home, away) <= maxGoals ? cells[home * width + away] : 0),
    homeNone,
    awayNone,
    reach: 2 * maxGoals,
  };
}

const WHOLE_TOLERANCE = 1e-9;

/** What is wrong with a grid by itself, in words; null when it is a distribution. */
export function faultOfGrid({ cells, maxGoals, tailMass }: ScoreGrid): string | null {
  if (cells.length !== (maxGoals + 1) ** 2) return `${cells.length} cells for ${maxGoals} goals`;
  let sum = tailMass;
  for (const p of cells) {
    if (!(p >= 0)) return `a cell of ${p}`;
    sum += p;
  }
  return Math.abs(sum - 1) <= WHOLE_TOLERANCE ? null : `cells that sum to ${sum}`;
}
