import type { ScoreGrid } from "../models/grid.js";

/**
 * A distribution over consecutive whole numbers: `mass[k]` is the probability of `least + k`.
 *
 * The masses sum to one minus the tail of the grid they came from.
 */
export interface Distribution {
  readonly least: number;
  readonly mass: Float64Array;
}

/** Home goals less away goals. */
export function differenceDistribution(grid: ScoreGrid): Distribution {
  const most = grid.maxGoals;
  return { least: -most, mass: collect(grid, 2 * most + 1, (home, away) => home - away + most) };
}

/** Goals of both sides together. */
export function totalDistribution(grid: ScoreGrid): Distribution {
  return { least: 0, mass: collect(grid, 2 * grid.maxGoals + 1, (home, away) => home + away) };
}

export function homeGoalsDistribution(grid: ScoreGrid): Distribution {
  return { least: 0, mass: collect(grid, grid.maxGoals + 1, (home) => home) };
}

export function awayGoalsDistribution(grid: ScoreGrid): Distribution {
  return { least: 0, mass: collect(grid, grid.maxGoals + 1, (_, away) => away) };
}

/** Probability that the number is one `holds` accepts. */
export function massWhere({ least, mass }: Distribution, holds: (value: number) => boolean): number {
  let total = 0;
  for (let k = 0; k < mass.length; k++) if (holds(least + k)) total += mass[k];
  return total;
}

/** Probability of the scores `holds` accepts. */
export function probabilityOf(grid: ScoreGrid, holds: (home: number, away: number) => boolean): number {
  let total = 0;
  for (let i = 0, cell = 0; i <= grid.maxGoals; i++)
    for (let j = 0; j <= grid.maxGoals; j++, cell++) if (holds(i, j)) total += grid.cells[cell];
  return total;
}

function collect(grid: ScoreGrid, size: number, slot: (home: number, away: number) => number): Float64Array {
  const mass = new Float64Array(size);
  for (let i = 0, cell = 0; i <= grid.maxGoals; i++)
    for (let j = 0; j <= grid.maxGoals; j++, cell++) mass[slot(i, j)] += grid.cells[cell];
  return mass;
}
