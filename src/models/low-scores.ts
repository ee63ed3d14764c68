import type { GoalWork } from "./goal-work.js";
import { logOnePlus } from "./log-one-plus.js";

/**
 * The part of the Dixon-Coles log-likelihood that is due to tau: sum of weights times log tau.
 *
 * It ties attack and defence to rho (d log tau / d rate is not zero): leaving that out of the gradient, as is often
 * done, gives Poisson ratings with a rho put on top. Factors and lift must have been evaluated.
 * Returns  the value; -Infinity when a score that was seen has tau <= 0. Adds its slope to `work.gradient`.
 */
export function lowScorePart(work: GoalWork, rho: number): number {
  const { oneOne } = work;
  if (!(rho < 1) && oneOne > 0) return Number.NEGATIVE_INFINITY;
  work.gradient[work.order - 1] -= oneOne / (1 - rho);
  return (oneOne > 0 ? oneOne * logOnePlus(-rho) : 0) + nilNilPart(work, rho) + oneGoalPart(work, rho);
}

/** 0-0: tau = 1 - homeRate awayRate rho. Moves both log rates alike, and so each team's attack as it does its defence. */
function nilNilPart(work: GoalWork, rho: number): number {
  const { teams, gradient, attackFactor, defenceFactor, openness } = work;
  const { length, attack: home, defence: away, atHome, weight } = work.nilNil;
  const rise = work.lift[0] - 1;
  let value = 0;
  let slope = 0;
  let lifted = 0;
  openness.fill(0, 0, teams);
  for (let i = 0; i < length; i++) {
    const h = home[i];
    const a = away[i];
    const rates = attackFactor[h] * defenceFactor[a] * attackFactor[a] * defenceFactor[h];
    const product = rates * (1 + rise * atHome[i]);
    const excess = -product * rho;
    const tau = 1 + excess;
    if (!(tau > 0)) return Number.NEGATIVE_INFINITY;
    const share = (weight[i] * product) / tau;
    const pull = share * rho;
    value += weight[i] * logOnePlus(excess);
    slope += share;
    openness[h] += pull;
    openness[a] += pull;
    lifted += pull * atHome[i];
  }
  for (let t = 0; t < teams; t++) {
    gradient[t] -= openness[t];
    gradient[teams + t] += openness[t];
  }
  gradient[2 * teams] -= lifted;
  gradient[2 * teams + 1] -= slope;
  return value;
}

/** 0-1 and 1-0: tau = 1 + rate rho, with the rate of the side that scored none. Moves that log rate. */
function oneGoalPart(work: GoalWork, rho: number): number {
  const { teams, gradient, attackFactor, defenceFactor } = work;
  const { length, attack, defence, atHome, weight } = work.oneGoal;
  const rise = work.lift[0] - 1;
  let value = 0;
  let slope = 0;
  let lifted = 0;
  for (let i = 0; i < length; i++) {
    const base = attackFactor[attack[i]] * defenceFactor[defence[i]];
    const rate = base * (1 + rise * atHome[i]);
    const excess = rate * rho;
    const tau = 1 + excess;
    if (!(tau > 0)) return Number.NEGATIVE_INFINITY;
    const share = (weight[i] * rate) / tau;
    const pull = share * rho;
    value += weight[i] * logOnePlus(excess);
    slope += share;
    gradient[attack[i]] += pull;
    gradient[teams + defence[i]] -= pull;
    lifted += pull * atHome[i];
  }
  gradient[2 * teams] += lifted;
  gradient[2 * teams + 1] += slope;
  return value;
}

/** Add minus the second derivatives of `lowScorePart` to the lower triangle of `work.matrix`. */
export function addLowScoreInformation(work: GoalWork, rho: number): void {
  work.matrix[work.order * work.order - 1] += work.oneOne / ((1 - rho) * (1 - rho));
  addNilNil(work, rho);
  addOneGoal(work, rho);
}

/** 0-0 alone bends along both log rates at once, so it alone links attack with attack and defence with defence. */
function addNilNil(work: GoalWork, rho: number): void {
  const { teams, order, matrix, attackFactor, defenceFactor, openness } = work;
  const { length, attack: home, defence: away, atHome, weight } = work.nilNil;
  const rise = work.lift[0] - 1;
  const corner = 2 * teams * (order + 1);
  openness.fill(0);
  for (let i = 0; i < length; i++) {
    const h = home[i];
    const a = away[i];
    const high = Math.max(h, a);
    const low = Math.min(h, a);
    const rates = attackFactor[h] * defenceFactor[a] * attackFactor[a] * defenceFactor[h];
    const product = rates * (1 + rise * atHome[i]);
    const tau = 1 - product * rho;
    const slope = (weight[i] * product) / (tau * tau);
    const bend = slope * rho;
    matrix[high * order + low] += bend;
    matrix[(teams + high) * order + teams + low] += bend;
    matrix[(teams + a) * order + h] -= bend;
    matrix[(teams + h) * order + a] -= bend;
    openness[h] += bend;
    openness[a] += bend;
    openness[teams + h] += slope;
    openness[teams + a] += slope;
    openness[2 * teams + h] += bend * atHome[i];
    openness[2 * teams + a] += bend * atHome[i];
    matrix[corner] += bend * atHome[i];
    matrix[corner + order] += slope * atHome[i];
    matrix[corner + order + 1] += slope * product;
  }
  addOpenness(work);
}

/** What `addNilNil` found by team: bends, slopes towards rho, bends towards the home advantage. */
function addOpenness({ teams, order, matrix, openness }: GoalWork): void {
  const lift = 2 * teams * order;
  const last = lift + order;
  for (let t = 0; t < teams; t++) {
    const bend = openness[t];
    const slope = openness[teams + t];
    const lifted = openness[2 * teams + t];
    matrix[t * order + t] += bend;
    matrix[(teams + t) * (order + 1)] += bend;
    matrix[(teams + t) * order + t] -= bend;
    matrix[last + t] += slope;
    matrix[last + teams + t] -= slope;
    matrix[lift + t] += lifted;
    matrix[lift + teams + t] -= lifted;
  }
}

function addOneGoal(work: GoalWork, rho: number): void {
  const { teams, order, matrix, attackFactor, defenceFactor } = work;
  const { length, attack, defence, atHome, weight } = work.oneGoal;
  const rise = work.lift[0] - 1;
  const lift = 2 * teams * order;
  const last = lift + order;
  for (let i = 0; i < length; i++) {
    const scorer = attack[i];
    const row = (teams + defence[i]) * order;
    const base = attackFactor[scorer] * defenceFactor[defence[i]];
    const rate = base * (1 + rise * atHome[i]);
    const tau = 1 + rate * rho;
    const slope = (weight[i] * rate) / (tau * tau);
    const bend = slope * rho;
    matrix[scorer * order + scorer] -= bend;
    matrix[row + teams + defence[i]] -= bend;
    matrix[row + scorer] += bend;
    matrix[last + scorer] -= slope;
    matrix[last + teams + defence[i]] += slope;
    matrix[last + 2 * teams + 1] += slope * rate;
    const lifted = bend * atHome[i];
    matrix[lift + scorer] -= lifted;
    matrix[lift + teams + defence[i]] += lifted;
    matrix[lift + 2 * teams] -= lifted;
    matrix[last + 2 * teams] -= slope * atHome[i];
  }
}
