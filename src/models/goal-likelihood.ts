import type { PairSums } from "./pair-sums.js";

/**
 * The weighted Poisson or Dixon-Coles log-likelihood of pair sums, its exact gradient and its exact information.
 *
 *   log homeRate = homeAdvantage + attack[h] - defence[a]     (no home advantage on neutral ground)
 *   log awayRate =                 attack[a] - defence[h]
 *   log-likelihood = sum w [ log Pois(x; homeRate) + log Pois(y; awayRate) + log tau(x, y) ]
 *
 * The unknowns have no intercept: adding a constant to every attack and every defence changes nothing. That direction
 * is fixed in the information matrix, and the means are folded into the intercept when the fit is reported.
 * A ridge r adds -r/2 times the squared deviations of attack and of defence from their means.
 * Source   Dixon & Coles, Applied Statistics 46(2), 1997, section 4; Maher, Statistica Neerlandica 36(3), 1982.
 */
export interface GoalWork {
  readonly teams: number;
  /** 2 teams + 2: attack, defence, home advantage, rho. Also the cells in a row of `matrix`. */
  readonly order: number;
  readonly attackFactor: Float64Array;
  readonly defenceFactor: Float64Array;
  /** Rates of each pair at the parameters last evaluated. */
  readonly homeRate: Float64Array;
  readonly awayRate: Float64Array;
  readonly gradient: Float64Array;
  readonly step: Float64Array;
  readonly trial: Float64Array;
  readonly matrix: Float64Array;
}

export interface LikelihoodTerms {
  /** Precision of a normal prior on each attack and defence about their means, >= 0. */
  readonly ridge: number;
  /** Whether low scores depend on each other: Dixon-Coles, or plain Poisson when false. */
  readonly lowScores: boolean;
}

/** Room for fitting sums of this many teams and pairs. */
export function createWork(teams: number, pairs: number): GoalWork {
  const order = 2 * teams + 2;
  return {
    teams,
    order,
    attackFactor: new Float64Array(teams),
    defenceFactor: new Float64Array(teams),
    homeRate: new Float64Array(pairs),
    awayRate: new Float64Array(pairs),
    gradient: new Float64Array(order),
    step: new Float64Array(order),
    trial: new Float64Array(order),
    matrix: new Float64Array(order * order),
  };
}

/**
 * The penalised log-likelihood at `theta`, without the log-factorials; its gradient goes to `work.gradient`.
 *
 * Returns -Infinity when a score that was seen would have no chance (tau <= 0).
 */
export function evaluateGoals(
  work: GoalWork,
  sums: PairSums,
  theta: Float64Array,
  terms: LikelihoodTerms,
): number {
  let value = linearPart(work, sums, theta) - expectedPart(work, sums, theta);
  if (terms.lowScores) value += lowScorePart(work, sums, theta[work.order - 1]);
  if (terms.ridge > 0) value -= penalty(work, theta, terms.ridge);
  return value;
}

/** Goals scored times log rates: linear in the unknowns. Starts the gradient. */
function linearPart(work: GoalWork, sums: PairSums, theta: Float64Array): number {
  const { teams, gradient, attackFactor, defenceFactor } = work;
  const { goalsFor, goalsAgainst } = sums;
  let value = theta[2 * teams] * sums.homeGoals;
  for (let t = 0; t < teams; t++) {
    value += theta[t] * goalsFor[t] - theta[teams + t] * goalsAgainst[t];
    gradient[t] = goalsFor[t];
    gradient[teams + t] = -goalsAgainst[t];
    attackFactor[t] = Math.exp(theta[t]);
    defenceFactor[t] = Math.exp(-theta[teams + t]);
  }
  gradient[2 * teams] = sums.homeGoals;
  gradient[2 * teams + 1] = 0;
  return value;
}

/** Weighted expected goals of all pairs; one product a rate, no exponential. */
function expectedPart(work: GoalWork, sums: PairSums, theta: Float64Array): number {
  const { teams, gradient, attackFactor, defenceFactor, homeRate, awayRate } = work;
  const { home, away, neutral, weight } = sums;
  const lift = Math.exp(theta[2 * teams]);
  let total = 0;
  let lifted = 0;
  for (let p = 0; p < sums.pairs; p++) {
    const h = home[p];
    const a = away[p];
    const base = attackFactor[h] * defenceFactor[a];
    const lambda = neutral[p] === 1 ? base : lift * base;
    const mu = attackFactor[a] * defenceFactor[h];
    homeRate[p] = lambda;
    awayRate[p] = mu;
    const homeGoals = weight[p] * lambda;
    const awayGoals = weight[p] * mu;
    total += homeGoals + awayGoals;
    if (neutral[p] === 0) lifted += homeGoals;
    gradient[h] -= homeGoals;
    gradient[teams + a] += homeGoals;
    gradient[a] -= awayGoals;
    gradient[teams + h] += awayGoals;
  }
  gradient[2 * teams] -= lifted;
  return total;
}

/** Sum of weights times log tau, with what it adds to the gradient: the cross terms many codes leave out. */
function lowScorePart(work: GoalWork, sums: PairSums, rho: number): number {
  const { teams, gradient, homeRate, awayRate } = work;
  const { home, away, neutral, nilNil, nilOne, oneNil } = sums;
  let value = sums.oneOne > 0 ? sums.oneOne * Math.log(1 - rho) : 0;
  let byRho = -sums.oneOne / (1 - rho);
  let lifted = 0;
  let least = 1 - rho;
  for (let p = 0; p < sums.pairs; p++) {
    const w00 = nilNil[p];
    const w01 = nilOne[p];
    const w10 = oneNil[p];
    if (w00 + w01 + w10 === 0) continue;
    const lambda = homeRate[p];
    const mu = awayRate[p];
    let byHome = 0;
    let byAway = 0;
    if (w00 > 0) {
      const tau = 1 - lambda * mu * rho;
      least = Math.min(least, tau);
      const share = (w00 * lambda * mu) / tau;
      value += w00 * Math.log(tau);
      byHome -= share * rho;
      byAway -= share * rho;
      byRho -= share;
    }
    if (w01 > 0) {
      const tau = 1 + lambda * rho;
      least = Math.min(least, tau);
      const share = (w01 * lambda) / tau;
      value += w01 * Math.log(tau);
      byHome += share * rho;
      byRho += share;
    }
    if (w10 > 0) {
      const tau = 1 + mu * rho;
      least = Math.min(least, tau);
      const share = (w10 * mu) / tau;
      value += w10 * Math.log(tau);
      byAway += share * rho;
      byRho += share;
    }
    const h = home[p];
    const a = away[p];
    gradient[h] += byHome;
    gradient[teams + a] -= byHome;
    gradient[a] += byAway;
    gradient[teams + h] -= byAway;
    if (neutral[p] === 0) lifted += byHome;
  }
  gradient[2 * teams] += lifted;
  gradient[2 * teams + 1] += byRho;
  return least > 0 ? value : Number.NEGATIVE_INFINITY;
}

function penalty(work: GoalWork, theta: Float64Array, ridge: number): number {
  const { teams, gradient } = work;
  return (
    (ridge / 2) * (pull(theta, gradient, 0, teams, ridge) + pull(theta, gradient, teams, 2 * teams, ridge))
  );
}

/** Squared deviations from the mean over [from, to), with their pull on the gradient. */
function pull(theta: Float64Array, gradient: Float64Array, from: number, to: number, ridge: number): number {
  const mean = meanOf(theta, from, to);
  let squares = 0;
  for (let i = from; i < to; i++) {
    const deviation = theta[i] - mean;
    squares += deviation * deviation;
    gradient[i] -= ridge * deviation;
  }
  return squares;
}

/** Mean of `values` over [from, to). */
export function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum / (to - from);
}

/**
 * Fill the lower triangle of `work.matrix` with minus the exact second derivatives at the parameters last evaluated,
 * plus the gauge term that makes it positive definite: a multiple of n n', n = 1 on every attack and defence.
 */
export function fillInformation(
  work: GoalWork,
  sums: PairSums,
  theta: Float64Array,
  terms: LikelihoodTerms,
): void {
  startInformation(work, sums, terms.ridge);
  addPoissonInformation(work, sums);
  if (terms.lowScores) addLowScoreInformation(work, sums, theta[work.order - 1]);
  pinUnseen(work);
}

/** The gauge term, sized like an average diagonal entry, and the ridge about the means. */
function startInformation(work: GoalWork, sums: PairSums, ridge: number): void {
  const { teams, order, matrix } = work;
  const gauge = (sums.totalWeight + ridge) / (teams * teams);
  const centring = ridge / teams;
  for (let i = 0; i < 2 * teams; i++) {
    const row = i * order;
    const split = i < teams ? 0 : teams;
    for (let j = 0; j < split; j++) matrix[row + j] = gauge;
    for (let j = split; j <= i; j++) matrix[row + j] = gauge - centring;
    matrix[row + i] += ridge;
  }
  matrix.fill(0, 2 * teams * order);
}

/** Attack meets defence once per rate; attack with attack and defence with defence only on the diagonal. */
function addPoissonInformation(work: GoalWork, sums: PairSums): void {
  const { teams, order, matrix, homeRate, awayRate } = work;
  const { home, away, neutral, weight } = sums;
  const next = order + 1;
  const lift = 2 * teams * order;
  let lifted = 0;
  for (let p = 0; p < sums.pairs; p++) {
    const h = home[p];
    const a = away[p];
    const byHome = weight[p] * homeRate[p];
    const byAway = weight[p] * awayRate[p];
    matrix[h * next] += byHome;
    matrix[(teams + a) * next] += byHome;
    matrix[(teams + a) * order + h] -= byHome;
    matrix[a * next] += byAway;
    matrix[(teams + h) * next] += byAway;
    matrix[(teams + h) * order + a] -= byAway;
    if (neutral[p] === 0) {
      lifted += byHome;
      matrix[lift + h] += byHome;
      matrix[lift + teams + a] -= byHome;
    }
  }
  matrix[lift + 2 * teams] += lifted;
}

/** What log tau adds: curvature of both rates, their product (0-0 alone ties them) and the row of rho. */
function addLowScoreInformation(work: GoalWork, sums: PairSums, rho: number): void {
  const { homeRate, awayRate, order, matrix } = work;
  const { nilNil, nilOne, oneNil } = sums;
  let ofRho = sums.oneOne / ((1 - rho) * (1 - rho));
  for (let p = 0; p < sums.pairs; p++) {
    const w00 = nilNil[p];
    const w01 = nilOne[p];
    const w10 = oneNil[p];
    if (w00 + w01 + w10 === 0) continue;
    const lambda = homeRate[p];
    const mu = awayRate[p];
    const tau00 = 1 - lambda * mu * rho;
    const tau01 = 1 + lambda * rho;
    const tau10 = 1 + mu * rho;
    const c00 = (w00 * lambda * mu) / (tau00 * tau00);
    const c01 = (w01 * lambda) / (tau01 * tau01);
    const c10 = (w10 * mu) / (tau10 * tau10);
    ofRho += c00 * lambda * mu + c01 * lambda + c10 * mu;
    addPairCurvature(work, sums, p, rho * (c00 - c01), rho * (c00 - c10), rho * c00, c00 - c01, c00 - c10);
  }
  matrix[order * order - 1] += ofRho;
}

/** Minus the second derivatives of one pair by (home log rate, away log rate, rho), spread over the unknowns. */
function addPairCurvature(
  work: GoalWork,
  sums: PairSums,
  pair: number,
  homeHome: number,
  awayAway: number,
  homeAway: number,
  homeRho: number,
  awayRho: number,
): void {
  const { teams, order, matrix } = work;
  const h = sums.home[pair];
  const a = sums.away[pair];
  const rowH = (teams + h) * order;
  const rowA = (teams + a) * order;
  const lift = 2 * teams * order;
  const last = lift + order;
  matrix[h * order + h] += homeHome;
  matrix[rowA + teams + a] += homeHome;
  matrix[rowA + h] -= homeHome;
  matrix[a * order + a] += awayAway;
  matrix[rowH + teams + h] += awayAway;
  matrix[rowH + a] -= awayAway;
  matrix[h > a ? h * order + a : a * order + h] += homeAway;
  matrix[h > a ? rowH + teams + a : rowA + teams + h] += homeAway;
  matrix[rowH + h] -= homeAway;
  matrix[rowA + a] -= homeAway;
  matrix[last + h] += homeRho;
  matrix[last + teams + a] -= homeRho;
  matrix[last + a] += awayRho;
  matrix[last + teams + h] -= awayRho;
  if (sums.neutral[pair] === 1) return;
  matrix[lift + 2 * teams] += homeHome;
  matrix[lift + h] += homeHome;
  matrix[lift + teams + a] -= homeHome;
  matrix[lift + a] += homeAway;
  matrix[lift + teams + h] -= homeAway;
  matrix[last + 2 * teams] += homeRho;
}

/** An unknown that no match speaks of (home advantage where all ground is neutral, rho without low scores) stays put. */
function pinUnseen(work: GoalWork): void {
  const { teams, order, matrix } = work;
  for (let i = 2 * teams; i < order; i++) if (matrix[i * order + i] === 0) matrix[i * order + i] = 1;
}
