import type { PairSums } from "./pair-sums.js";

/**
 * Scratch space of one fit, so that no iteration allocates.
 *
 * Unknowns in order: attack, defence (each `teams` long), home advantage, rho.
 */
export interface GoalWork {
  readonly teams: number;
  /** 2 teams + 2. Also the cells in a row of `matrix`. */
  readonly order: number;
  readonly attackFactor: Float64Array;
  readonly defenceFactor: Float64Array;
  /** Rates of each pair at the parameters last evaluated. */
  readonly homeRate: Float64Array;
  readonly awayRate: Float64Array;
  /** Numbers of the pairs that saw 0-0, 0-1 and 1-0. */
  readonly nilNil: Int32Array;
  readonly nilOne: Int32Array;
  readonly oneNil: Int32Array;
  readonly gradient: Float64Array;
  readonly step: Float64Array;
  readonly trial: Float64Array;
  readonly matrix: Float64Array;
}

/** Room for fitting these sums as they stand: make it anew when matches were added. */
export function createWork(sums: PairSums): GoalWork {
  const { teams, pairs } = sums;
  const order = 2 * teams + 2;
  return {
    teams,
    order,
    attackFactor: new Float64Array(teams),
    defenceFactor: new Float64Array(teams),
    homeRate: new Float64Array(pairs),
    awayRate: new Float64Array(pairs),
    nilNil: pairsWith(sums.nilNil, pairs),
    nilOne: pairsWith(sums.nilOne, pairs),
    oneNil: pairsWith(sums.oneNil, pairs),
    gradient: new Float64Array(order),
    step: new Float64Array(order),
    trial: new Float64Array(order),
    matrix: new Float64Array(order * order),
  };
}

function pairsWith(weights: Float64Array, pairs: number): Int32Array {
  const found = new Int32Array(pairs);
  let count = 0;
  for (let p = 0; p < pairs; p++) if (weights[p] > 0) found[count++] = p;
  return found.subarray(0, count);
}
