import type { GoalWork } from "./goal-work.js";
import type { PairSums } from "./pair-sums.js";

/**
 * The part of the Dixon-Coles log-likelihood that is due to tau: sum of weights times log tau.
 *
 * It ties attack and defence to rho (d log tau / d rate is not zero): leaving that out of the gradient, as is often
 * done, gives Poisson ratings with a rho put on top. Rates must have been evaluated.
 * Returns  the value; -Infinity when a score that was seen has tau <= 0. Adds its slope to `work.gradient`.
 */
export function lowScorePart(work: GoalWork, sums: PairSums, rho: number): number {
  if (!(rho < 1) && sums.oneOne > 0) return Number.NEGATIVE_INFINITY;
  const oneOne = sums.oneOne > 0 ? sums.oneOne * Math.log(1 - rho) : 0;
  work.gradient[work.order - 1] -= sums.oneOne / (1 - rho);
  return oneOne + nilNilPart(work, sums, rho) + nilOnePart(work, sums, rho) + oneNilPart(work, sums, rho);
}

/** 0-0: tau = 1 - homeRate awayRate rho. Moves both log rates alike. */
function nilNilPart(work: GoalWork, sums: PairSums, rho: number): number {
  const { teams, gradient, homeRate, awayRate, nilNil } = work;
  const { home, away, neutral, nilNil: seen } = sums;
  let value = 0;
  let slope = 0;
  let lifted = 0;
  for (let i = 0; i < nilNil.length; i++) {
    const p = nilNil[i];
    const product = homeRate[p] * awayRate[p];
    const tau = 1 - product * rho;
    if (!(tau > 0)) return Number.NEGATIVE_INFINITY;
    const weight = seen[p];
    const share = (weight * product) / tau;
    const pull = share * rho;
    value += weight * Math.log(tau);
    slope += share;
    gradient[home[p]] -= pull;
    gradient[away[p]] -= pull;
    gradient[teams + home[p]] += pull;
    gradient[teams + away[p]] += pull;
    if (neutral[p] === 0) lifted += pull;
  }
  gradient[2 * teams] -= lifted;
  gradient[2 * teams + 1] -= slope;
  return value;
}

/** 0-1: tau = 1 + homeRate rho. Moves the home side's log rate. */
function nilOnePart(work: GoalWork, sums: PairSums, rho: number): number {
  const { teams, gradient, homeRate, nilOne } = work;
  const { home, away, neutral, nilOne: seen } = sums;
  let value = 0;
  let slope = 0;
  let lifted = 0;
  for (let i = 0; i < nilOne.length; i++) {
    const p = nilOne[i];
    const tau = 1 + homeRate[p] * rho;
    if (!(tau > 0)) return Number.NEGATIVE_INFINITY;
    const weight = seen[p];
    const share = (weight * homeRate[p]) / tau;
    const pull = share * rho;
    value += weight * Math.log(tau);
    slope += share;
    gradient[home[p]] += pull;
    gradient[teams + away[p]] -= pull;
    if (neutral[p] === 0) lifted += pull;
  }
  gradient[2 * teams] += lifted;
  gradient[2 * teams + 1] += slope;
  return value;
}

/** 1-0: tau = 1 + awayRate rho. Moves the away side's log rate. */
function oneNilPart(work: GoalWork, sums: PairSums, rho: number): number {
  const { teams, gradient, awayRate, oneNil } = work;
  const { home, away, oneNil: seen } = sums;
  let value = 0;
  let slope = 0;
  for (let i = 0; i < oneNil.length; i++) {
    const p = oneNil[i];
    const tau = 1 + awayRate[p] * rho;
    if (!(tau > 0)) return Number.NEGATIVE_INFINITY;
    const weight = seen[p];
    const share = (weight * awayRate[p]) / tau;
    value += weight * Math.log(tau);
    slope += share;
    gradient[away[p]] += share * rho;
    gradient[teams + home[p]] -= share * rho;
  }
  gradient[2 * teams + 1] += slope;
  return value;
}

/** Add minus the second derivatives of `lowScorePart` to the lower triangle of `work.matrix`. */
export function addLowScoreInformation(work: GoalWork, sums: PairSums, rho: number): void {
  work.matrix[work.order * work.order - 1] += sums.oneOne / ((1 - rho) * (1 - rho));
  addNilNil(work, sums, rho);
  addNilOne(work, sums, rho);
  addOneNil(work, sums, rho);
}

/** 0-0 alone bends along both log rates at once, so it alone links attack with attack and defence with defence. */
function addNilNil(work: GoalWork, sums: PairSums, rho: number): void {
  const { teams, order, matrix, homeRate, awayRate, nilNil } = work;
  const { home, away, neutral, nilNil: seen } = sums;
  const lift = 2 * teams * order;
  const last = lift + order;
  for (let i = 0; i < nilNil.length; i++) {
    const p = nilNil[i];
    const h = home[p];
    const a = away[p];
    const rowH = (teams + h) * order;
    const rowA = (teams + a) * order;
    const product = homeRate[p] * awayRate[p];
    const tau = 1 - product * rho;
    const slope = (seen[p] * product) / (tau * tau);
    const bend = slope * rho;
    matrix[h * order + h] += bend;
    matrix[a * order + a] += bend;
    matrix[h > a ? h * order + a : a * order + h] += bend;
    matrix[rowH + teams + h] += bend;
    matrix[rowA + teams + a] += bend;
    matrix[h > a ? rowH + teams + a : rowA + teams + h] += bend;
    matrix[rowA + h] -= bend;
    matrix[rowH + a] -= bend;
    matrix[rowH + h] -= bend;
    matrix[rowA + a] -= bend;
    matrix[last + h] += slope;
    matrix[last + a] += slope;
    matrix[last + teams + h] -= slope;
    matrix[last + teams + a] -= slope;
    matrix[last + 2 * teams + 1] += slope * product;
    if (neutral[p] === 1) continue;
    matrix[lift + h] += bend;
    matrix[lift + a] += bend;
    matrix[lift + teams + h] -= bend;
    matrix[lift + teams + a] -= bend;
    matrix[lift + 2 * teams] += bend;
    matrix[last + 2 * teams] += slope;
  }
}

function addNilOne(work: GoalWork, sums: PairSums, rho: number): void {
  const { teams, order, matrix, homeRate, nilOne } = work;
  const { home, away, neutral, nilOne: seen } = sums;
  const lift = 2 * teams * order;
  const last = lift + order;
  for (let i = 0; i < nilOne.length; i++) {
    const p = nilOne[i];
    const h = home[p];
    const a = away[p];
    const tau = 1 + homeRate[p] * rho;
    const slope = (seen[p] * homeRate[p]) / (tau * tau);
    const bend = slope * rho;
    matrix[h * order + h] -= bend;
    matrix[(teams + a) * order + teams + a] -= bend;
    matrix[(teams + a) * order + h] += bend;
    matrix[last + h] -= slope;
    matrix[last + teams + a] += slope;
    matrix[last + 2 * teams + 1] += slope * homeRate[p];
    if (neutral[p] === 1) continue;
    matrix[lift + h] -= bend;
    matrix[lift + teams + a] += bend;
    matrix[lift + 2 * teams] -= bend;
    matrix[last + 2 * teams] -= slope;
  }
}

function addOneNil(work: GoalWork, sums: PairSums, rho: number): void {
  const { teams, order, matrix, awayRate, oneNil } = work;
  const { home, away, oneNil: seen } = sums;
  const last = (order - 1) * order;
  for (let i = 0; i < oneNil.length; i++) {
    const p = oneNil[i];
    const h = home[p];
    const a = away[p];
    const tau = 1 + awayRate[p] * rho;
    const slope = (seen[p] * awayRate[p]) / (tau * tau);
    const bend = slope * rho;
    matrix[a * order + a] -= bend;
    matrix[(teams + h) * order + teams + h] -= bend;
    matrix[(teams + h) * order + a] += bend;
    matrix[last + a] -= slope;
    matrix[last + teams + h] += slope;
    matrix[last + 2 * teams + 1] += slope * awayRate[p];
  }
}
