import { pointsIn } from "./standing.js";

/**
 * Counts over some of the runs, teams in the order of the plan's table. Whole numbers all: tallies of separate blocks
 * add up to the same bits in any order.
 */
export interface SeasonTally {
  readonly runs: number;
  /** Row-major, team by position; a run adds `WHOLE` a team, shared where teams finish level. */
  readonly positions: Float64Array;
  readonly points: Float64Array;
  readonly pointsSquared: Float64Array;
}

/** Least common multiple of 1 to 24: a position can be shared among that many teams without a remainder. */
export const WHOLE = 5_354_228_880;

export function emptyTally(teams: number): SeasonTally {
  return {
    runs: 0,
    positions: new Float64Array(teams * teams),
    points: new Float64Array(teams),
    pointsSquared: new Float64Array(teams),
  };
}

/** The sum of two tallies of different blocks. */
export function addTallies(a: SeasonTally, b: SeasonTally): SeasonTally {
  return {
    runs: a.runs + b.runs,
    positions: a.positions.map((value, i) => value + b.positions[i]),
    points: a.points.map((value, i) => value + b.points[i]),
    pointsSquared: a.pointsSquared.map((value, i) => value + b.pointsSquared[i]),
  };
}

/**
 * Count one run, in place.
 *
 * Shape  `records` has the final record of each team; `order` any permutation of the rows, left ranked.
 */
export function countRun(tally: SeasonTally, records: Float64Array, order: Uint8Array): void {
  rank(records, order);
  countPositions(tally.positions, records, order);
  for (let row = 0; row < records.length; row++) {
    const points = pointsIn(records[row]);
    tally.points[row] += points;
    tally.pointsSquared[row] += points * points;
  }
}

/** Insertion sort, best first: for twenty teams nothing is faster. Level teams in any order: they share. */
function rank(records: Float64Array, order: Uint8Array): void {
  for (let i = 1; i < order.length; i++) {
    const row = order[i];
    let j = i;
    for (; j > 0 && records[order[j - 1]] < records[row]; j--) order[j] = order[j - 1];
    order[j] = row;
  }
}

function countPositions(positions: Float64Array, records: Float64Array, order: Uint8Array): void {
  const teams = order.length;
  for (let first = 0, next = 0; first < teams; first = next) {
    for (next = first + 1; next < teams && records[order[next]] === records[order[first]]; ) next++;
    // The floor only bites when more than 24 teams are level; it keeps the counts whole.
    const share = Math.floor(WHOLE / (next - first));
    for (let i = first; i < next; i++) {
      for (let place = first; place < next; place++) positions[order[i] * teams + place] += share;
    }
  }
}
