import { factorise, inverseOfFactored } from "./cholesky.js";
import { fillInformation } from "./goal-information.js";
import type { LikelihoodTerms } from "./goal-likelihood.js";
import type { GoalWork } from "./goal-work.js";

/** Wald standard errors of centred ratings. */
export interface RatingErrors {
  readonly attack: Float64Array;
  readonly defence: Float64Array;
  readonly homeAdvantage: number;
  readonly rho: number;
}

/**
 * Covariance of the unknowns at the optimum last evaluated: the inverse of the exact information, the gauge fixed.
 *
 * Shape    row-major, (2 teams + 2)^2: attack, defence, home advantage, rho; teams in `order`. Row and column of rho
 *          are zero when it was not estimated. Null when the information is not positive definite.
 * Under decaying weights it treats a weight as so much of an independent match: errors of a weighted fit are those of
 * its effective information, without allowance for ratings that move.
 */
export function covarianceOf(
  work: GoalWork,
  theta: Float64Array,
  terms: LikelihoodTerms,
  freeRho: boolean,
  order: readonly number[],
): Float64Array | null {
  const size = freeRho ? work.order : work.order - 1;
  fillInformation(work, theta, terms);
  if (!factorise(work.matrix, work.order, size)) return null;
  return rearranged(inverseOfFactored(work.matrix, work.order, size), size, work.order, order);
}

/** The inverse with teams in their reported order, widened by a zero row and column where rho was held. */
function rearranged(
  inverse: Float64Array,
  size: number,
  full: number,
  order: readonly number[],
): Float64Array {
  const teams = order.length;
  const from = Array.from({ length: size }, (_, i) => placeOf(i, teams, order));
  const covariance = new Float64Array(full * full);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) covariance[i * full + j] = inverse[from[i] * size + from[j]];
  return covariance;
}

function placeOf(i: number, teams: number, order: readonly number[]): number {
  if (i >= 2 * teams) return i;
  return i < teams ? order[i] : teams + order[i - teams];
}

/** Errors of the ratings less their means, in the covariance's order of teams; NaN without a covariance. */
export function ratingErrors(covariance: Float64Array | null, teams: number): RatingErrors {
  if (!covariance) {
    const none = new Float64Array(teams).fill(Number.NaN);
    return { attack: none, defence: none, homeAdvantage: Number.NaN, rho: Number.NaN };
  }
  const full = 2 * teams + 2;
  return {
    attack: centredErrors(covariance, full, 0, teams),
    defence: centredErrors(covariance, full, teams, teams),
    homeAdvantage: Math.sqrt(covariance[2 * teams * full + 2 * teams]),
    rho: Math.sqrt(covariance[full * full - 1]),
  };
}

/** Errors of centred ratings in a covariance of any layout; a block with pinned ratings is not centred. */
export function ratingErrorsFrom(
  covariance: Float64Array,
  full: number,
  attack: number,
  defence: number,
  teams: number,
  pinned: Uint8Array,
): Pick<RatingErrors, "attack" | "defence"> {
  const block = (from: number) => {
    if (!pinned.subarray(from, from + teams).includes(1)) return centredErrors(covariance, full, from, teams);
    return Float64Array.from({ length: teams }, (_, t) =>
      pinned[from + t] ? 0 : Math.sqrt(Math.max(0, covariance[(from + t) * (full + 1)])),
    );
  };
  return { attack: block(attack), defence: block(defence) };
}

/** var(x_t - mean x) = V_tt - 2 mean_j V_tj + mean_jk V_jk, over one block of teams. */
function centredErrors(covariance: Float64Array, full: number, from: number, teams: number): Float64Array {
  const rowMeans = new Float64Array(teams);
  let all = 0;
  for (let t = 0; t < teams; t++) {
    const row = (from + t) * full + from;
    for (let j = 0; j < teams; j++) rowMeans[t] += covariance[row + j] / teams;
    all += rowMeans[t] / teams;
  }
  return rowMeans.map((mean, t) =>
    Math.sqrt(Math.max(0, covariance[(from + t) * (full + 1)] - 2 * mean + all)),
  );
}
