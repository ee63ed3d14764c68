import type { Day } from "../../core/day.js";
import { roundTo } from "../../core/number.js";
import { createRng } from "../../core/rng.js";
import type { Fixture } from "../../domain/fixture.js";
import { type Minor, toDecimal } from "../../domain/money.js";
import type { Season } from "../../domain/season.js";
import { DIGITS, type Estimate, estimate, STREAM } from "../breakdown.js";
import { type DaySum, dailyReturns, equityCurve } from "../match-day.js";
import { maxDrawdown } from "../statistics/drawdown.js";
import { ratioInterval } from "../statistics/ratio-interval.js";
import { type ReturnMoments, returnMoments } from "../statistics/sharpe.js";
import type { Tally } from "./tally.js";

/** The match days of a sweep's period: what all its configurations are compared on. */
export interface DayAxis {
  readonly days: readonly Day[];
  /** Season of each day: of the last league that began one, where leagues overlap. */
  readonly seasons: readonly Season[];
}

/** What became of one configuration. */
export interface Trial {
  readonly bets: number;
  readonly won: number;
  readonly staked: number;
  readonly profit: number;
  /** Its interval is null until `withInterval` has made one. */
  readonly roi: Estimate;
  readonly clv: { readonly mean: number | null; readonly coverage: number | null };
  readonly maxDrawdown: number;
  readonly finalBank: number;
  /** Of its match-day returns on the bank; null with fewer than two. */
  readonly moments: ReturnMoments | null;
  /** On the axis, a day without bets being 0. */
  readonly dayProfitMinor: Float64Array;
  readonly dayStakedMinor: Float64Array;
}

export function dayAxisOf({ fixtures }: { readonly fixtures: readonly Fixture[] }): DayAxis {
  const seasons = new Map<Day, Season>();
  for (const { day, season } of fixtures) seasons.set(day, Math.max(season, seasons.get(day) ?? season));
  const days = [...seasons.keys()].sort((a, b) => a - b);
  return { days, seasons: days.map((day) => seasons.get(day) ?? 0) };
}

/** The figures of a configuration, all but the interval, which costs more than the bets themselves. */
export function trialOf(tally: Tally, bankMinor: Minor, { days }: Pick<DayAxis, "days">): Trial {
  const { bets, won, judged, closingValue, dayProfitMinor, dayStakedMinor } = tally;
  const betting = bettingDays(tally, days);
  const profitMinor = dayProfitMinor.reduce((sum, each) => sum + each, 0);
  const stakedMinor = dayStakedMinor.reduce((sum, each) => sum + each, 0);
  return {
    bets,
    won,
    staked: toDecimal(stakedMinor),
    profit: toDecimal(profitMinor),
    roi: {
      value: stakedMinor === 0 ? null : roundTo(profitMinor / stakedMinor, DIGITS),
      low: null,
      high: null,
    },
    clv: {
      mean: judged === 0 ? null : roundTo(closingValue / judged, DIGITS),
      coverage: bets === 0 ? null : roundTo(judged / bets, DIGITS),
    },
    maxDrawdown: toDecimal(maxDrawdown(bankMinor, equityCurve(bankMinor, betting)).amountMinor),
    finalBank: toDecimal(bankMinor + profitMinor),
    moments: returnMoments(dailyReturns(bankMinor, betting)),
    dayProfitMinor,
    dayStakedMinor,
  };
}

/** The same trial with the interval of its return, as a backtest of the configuration has it. */
export function withInterval<T extends Omit<Trial, "moments">>(trial: T, seed: number): T {
  const { value } = trial.roi;
  if (value === null) return trial;
  const clusters = Array.from(trial.dayStakedMinor, (bottom, at) => ({
    top: trial.dayProfitMinor[at],
    bottom,
  }));
  const interval = ratioInterval(
    clusters.filter(({ bottom }) => bottom > 0),
    createRng(seed, STREAM.roi),
  );
  return { ...trial, roi: estimate(value, interval) };
}

/** Days with bets, ascending. */
function bettingDays(
  { dayProfitMinor, dayStakedMinor }: Pick<Tally, "dayProfitMinor" | "dayStakedMinor">,
  days: readonly Day[],
): DaySum[] {
  return days.flatMap((day, at) =>
    dayStakedMinor[at] > 0 ? [{ day, stakedMinor: dayStakedMinor[at], profitMinor: dayProfitMinor[at] }] : [],
  );
}
