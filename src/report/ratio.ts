import type { Day } from "../core/day.js";
import type { Estimate } from "./html/backtest-report.js";

/** What one bet adds to a ratio of sums: its profit over its stake, say. */
export interface RatioTerm {
  readonly day: Day;
  readonly top: number;
  readonly bottom: number;
}

// With fewer days the spread itself is hardly known, and a straight line is a poor picture of a ratio.
const LEAST_DAYS = 20;
const NORMAL_95 = 1.959963984540054;

/**
 * sum(top) / sum(bottom) with a 95 % interval that takes the bets of a match day as one draw.
 *
 * By linearisation: the ratio errs by the mean of top - ratio x bottom, whose spread over days is seen. No interval
 * with fewer than 20 days; no value where the bottom sums to nothing.
 * Source   Cochran, Sampling Techniques, 1977, section 6.3; clusters as in section 9A.
 */
export function ratioByDay(terms: readonly RatioTerm[]): Estimate {
  const value = ratioOf(terms);
  return value === null ? NOTHING : withInterval(value, [...errorsByDay(terms, value).values()]);
}

/**
 * The ratio of `second` less that of `first`, its interval as above: what both have in common on a day cancels, so that
 * two runs which strike mostly the same bets are told apart by the others.
 */
export function ratioDifference(first: readonly RatioTerm[], second: readonly RatioTerm[]): Estimate {
  const [a, b] = [ratioOf(first), ratioOf(second)];
  if (a === null || b === null) return NOTHING;
  const errors = errorsByDay(second, b);
  for (const [day, error] of errorsByDay(first, a)) errors.set(day, (errors.get(day) ?? 0) - error);
  return withInterval(b - a, [...errors.values()]);
}

/** sum(second) - sum(first) over the days on which either has a bet, with its 95 % interval. */
export function sumDifference(first: readonly RatioTerm[], second: readonly RatioTerm[]): Estimate {
  const days = new Map<Day, number>();
  const add = (sign: number) => (term: RatioTerm) =>
    days.set(term.day, (days.get(term.day) ?? 0) + sign * term.top);
  first.forEach(add(-1));
  second.forEach(add(1));
  const values = [...days.values()];
  const value = values.reduce((sum, one) => sum + one, 0);
  return withInterval(
    value,
    values.map((one) => one - value / values.length),
  );
}

const NOTHING: Estimate = { value: null, low: null, high: null };

function ratioOf(terms: readonly RatioTerm[]): number | null {
  const bottom = terms.reduce((sum, term) => sum + term.bottom, 0);
  return bottom > 0 ? terms.reduce((sum, term) => sum + term.top, 0) / bottom : null;
}

/** What each day adds to the error of the ratio; the sum over days is 0. */
function errorsByDay(terms: readonly RatioTerm[], ratio: number): Map<Day, number> {
  const bottom = terms.reduce((sum, term) => sum + term.bottom, 0);
  const days = new Map<Day, number>();
  for (const term of terms)
    days.set(term.day, (days.get(term.day) ?? 0) + (term.top - ratio * term.bottom) / bottom);
  return days;
}

function withInterval(value: number, errors: readonly number[]): Estimate {
  const n = errors.length;
  if (n < LEAST_DAYS) return { value, low: null, high: null };
  const spread = Math.sqrt((n / (n - 1)) * errors.reduce((sum, error) => sum + error * error, 0));
  return { value, low: value - NORMAL_95 * spread, high: value + NORMAL_95 * spread };
}
