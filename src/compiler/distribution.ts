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
export function differenceDistribution({ maxGoals, cells }: ScoreGrid): Distribution {
  const mass = new Float64Array(2 * maxGoals + 1);
  for (let i = 0, cell = 0; i <= maxGoals; i++)
    for (let j = 0; j <= maxGoals; j++, cell++) mass[i - j + maxGoals] += cells[cell];
  return { least: -maxGoals, mass };
}

/** Goals of both sides together. */
export function totalDistribution({ maxGoals, cells }: ScoreGrid): Distribution {
  const mass = new Float64Array(2 * maxGoals + 1);
  for (let i = 0, cell = 0; i <= maxGoals; i++)
    for (let j = 0; j <= maxGoals; j++, cell++) mass[i + j] += cells[cell];
  return { least: 0, mass };
}

export function homeGoalsDistribution({ maxGoals, cells }: ScoreGrid): Distribution {
  const mass = new Float64Array(maxGoals + 1);
  for (let i = 0, cell = 0; i <= maxGoals; i++)
    for (let j = 0; j <= maxGoals; j++, cell++) mass[i] += cells[cell];
  return { least: 0, mass };
}

export function awayGoalsDistribution({ maxGoals, cells }: ScoreGrid): Distribution {
  const mass = new Float64Array(maxGoals + 1);
  for (let i = 0, cell = 0; i <= maxGoals; i++)
    for (let j = 0; j <= maxGoals; j++, cell++) mass[j] += cells[cell];
  return { least: 0, mass };
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
