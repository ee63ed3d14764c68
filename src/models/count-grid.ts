import { LEAST_MAX_GOALS, type ScoreGrid, TAIL_MASS } from "./grid.js";

/** Largest grid that a fat tail may ask for. */
const MOST_GOALS = 400;

/** P(X = k) for k = 0 .. length - 1. */
export type FillCounts = (out: Float64Array) => void;

/** Probabilities of a count, ten goals or more, up to where less than half of 1e-12 is left; null when 400 do not do. */
export function countsToTail(fill: FillCounts): Float64Array | null {
  for (let length = LEAST_MAX_GOALS + 6; length <= MOST_GOALS; length *= 2) {
    const counts = new Float64Array(length);
    fill(counts);
    const reach = reachOf(counts);
    if (reach !== null) return counts.subarray(0, reach + 1);
  }
  return null;
}

/** First k of at least ten whose later probabilities, a falling tail of ratio r, come to less than half of 1e-12. */
function reachOf(counts: Float64Array): number | null {
  for (let k = LEAST_MAX_GOALS; k + 2 < counts.length; k++) {
    const next = counts[k + 1];
    const ratio = next > 0 ? counts[k + 2] / next : 0;
    if (ratio < 1 && next < (TAIL_MASS / 2) * (1 - ratio)) return k;
  }
  return null;
}

/** The grid of two independent counts. `tailMass` is what their truncated sums leave. */
export function independentGrid(home: FillCounts, away: FillCounts): ScoreGrid | null {
  const homeReach = countsToTail(home);
  const awayReach = countsToTail(away);
  if (!homeReach || !awayReach) return null;
  const maxGoals = Math.max(homeReach.length, awayReach.length) - 1;
  const cells = new Float64Array((maxGoals + 1) ** 2);
  const homeCounts = new Float64Array(maxGoals + 1);
  const awayCounts = new Float64Array(maxGoals + 1);
  home(homeCounts);
  away(awayCounts);
  for (let i = 0; i <= maxGoals; i++)
    for (let j = 0; j <= maxGoals; j++) cells[i * (maxGoals + 1) + j] = homeCounts[i] * awayCounts[j];
  return gridOfCells(maxGoals, cells);
}

/** A grid whose tail is what its cells leave of one, never below zero by rounding. */
export function gridOfCells(maxGoals: number, cells: Float64Array): ScoreGrid {
  let sum = 0;
  for (const cell of cells) sum += cell;
  return { maxGoals, cells, tailMass: Math.max(0, 1 - sum) };
}
