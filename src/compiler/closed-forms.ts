import type { GoalRates } from "../domain/goals.js";
import type { QuarterLine } from "../domain/market.js";

/**
 * Probabilities of Dixon-Coles rates without a score grid: the independent path of `verifySheet`.
 *
 * Goals of both sides are Poisson with the summed rate, their difference is Skellam, and all four tau corrections
 * have the same size delta = rho homeRate awayRate exp(-homeRate - awayRate): less on 0-0 and 1-1, more on 1-0 and 0-1.
 * Source   Skellam, JRSS 109, 1946; Dixon & Coles, Applied Statistics 46(2), 1997.
 */
export interface ClosedForms {
  /** P(home goals - away goals = d). */
  readonly difference: (d: number) => number;
  /** P(home goals + away goals = k). */
  readonly total: (k: number) => number;
  readonly score: (home: number, away: number) => number;
  /** P(home goals = 0) and P(away goals = 0). */
  readonly homeNone: number;
  readonly awayNone: number;
  /** Furthest difference and total with a probability worth adding. */
  readonly reach: number;
}

/** Beyond the mean by this many standard deviations and this many goals no Poisson mass above 1e-15 is left. */
const REACH_DEVIATIONS = 9;
const REACH_GOALS = 30;

export function closedForms({ homeRate, awayRate, rho }: GoalRates): ClosedForms {
  const both = homeRate + awayRate;
  const delta = rho * homeRate * awayRate * Math.exp(-both);
  const differenceShift = (d: number): number => (d === 0 ? -2 * delta : Math.abs(d) === 1 ? delta : 0);
  const totalShift = (k: number): number => (k === 1 ? 2 * delta : k === 0 || k === 2 ? -delta : 0);
  const scoreShift = (home: number, away: number): number =>
    home > 1 || away > 1 ? 0 : home === away ? -delta : delta;
  const reach = Math.ceil(both + REACH_DEVIATIONS * Math.sqrt(both) + REACH_GOALS);
  const differences = Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const d = i - reach;
    return skellam(d, homeRate, awayRate) + differenceShift(d);
  });
  const totals = Array.from({ length: reach + 1 }, (_, k) => poisson(k, both) + totalShift(k));
  return {
    difference: (d) => differences[d + reach] ?? 0,
    total: (k) => totals[k] ?? 0,
    score: (home, away) => poisson(home, homeRate) * poisson(away, awayRate) + scoreShift(home, away),
    // tau leaves each side's own goals Poisson.
    homeNone: Math.exp(-homeRate),
    awayNone: Math.exp(-awayRate),
    reach,
  };
}

/** Sum of a probability over whole numbers from `low` to `high`. */
export function sumOver(probability: (k: number) => number, low: number, high: number): number {
  let sum = 0;
  for (let k = low; k <= high; k++) sum += probability(k);
  return sum;
}

/** Share of a line that ends in each of five ways, by halves of the stake on the two neighbouring half-goal steps. */
export function lineWays(
  probability: (k: number) => number,
  reach: number,
  line: QuarterLine,
): readonly [number, number, number, number, number] {
  const ways: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  const [low, high] = [Math.floor(line / 2) / 2, Math.ceil(line / 2) / 2];
  for (let k = -reach; k <= reach; k++) {
    const won = Math.sign(k + low) + Math.sign(k + high);
    ways[2 - won] += probability(k);
  }
  return ways;
}

/** P(D = d) of the difference of two Poissons, by its power series: all terms positive. */
function skellam(d: number, homeRate: number, awayRate: number): number {
  const k = Math.abs(d);
  const leading = d >= 0 ? homeRate : awayRate;
  const trailing = d >= 0 ? awayRate : homeRate;
  let term = poisson(k, leading) * Math.exp(-trailing);
  let sum = 0;
  for (let j = 1; sum + term > sum; j++) {
    sum += term;
    term *= (homeRate * awayRate) / (j * (j + k));
  }
  return sum;
}

function poisson(k: number, rate: number): number {
  if (k < 0) return 0;
  let p = Math.exp(-rate);
  for (let j = 1; j <= k; j++) p *= rate / j;
  return p;
}
