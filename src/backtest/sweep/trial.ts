import type { Day } from "../../core/day.js";
import { roundTo } from "../../core/number.js";
import { toDecimal } from "../../domain/money.js";
import type { Season } from "../../domain/season.js";
import type { Strategy } from "../../strategy/strategy.js";
import type { Bet } from "../bet.js";
import { DIGITS, type Estimate, returnOnStakes, STREAM } from "../breakdown.js";
import { dailyReturns, equityCurve, matchDays, sumOf } from "../match-day.js";
import { closingBooksIn, play } from "../play.js";
import type { Scene } from "../sights.js";
import { maxDrawdown } from "../statistics/drawdown.js";
import { type ReturnMoments, returnMoments } from "../statistics/sharpe.js";
import { type EdgeTable, edgeTable, edgeTableKey, openSlots } from "./open-slots.js";

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

export function dayAxisOf({ fixtures }: Pick<Scene, "fixtures">): DayAxis {
  const seasons = new Map<Day, Season>();
  for (const { day, season } of fixtures) seasons.set(day, Math.max(season, seasons.get(day) ?? season));
  const days = [...seasons.keys()].sort((a, b) => a - b);
  return { days, seasons: days.map((day) => seasons.get(day) ?? 0) };
}

/** A bench on which configurations that share a scene are tried. */
export interface TrialBench {
  try(strategy: Strategy): Trial;
}

export function trialBench(scene: Scene, seed: number): TrialBench {
  const axis = new Map(dayAxisOf(scene).days.map((day, index) => [day, index]));
  const tables = new Map<string, EdgeTable>();
  const closings = new Map<string, ReturnType<typeof closingBooksIn>>();
  const remember = <T>(known: Map<string, T>, key: string, make: () => T): T => {
    const value = known.get(key) ?? make();
    known.set(key, value);
    return value;
  };
  return {
    try(strategy) {
      const table = remember(tables, edgeTableKey(strategy), () => edgeTable(strategy, scene.slots));
      const judged = JSON.stringify([strategy.prices.closing, strategy.prices.maxOverround]);
      const closingOf = remember(closings, judged, () => closingBooksIn(scene.prices, strategy.prices));
      const { bets } = play(strategy, openSlots(strategy, scene.slots, table), {
        closingOf,
        pricesOf: (fixtureId) => scene.prices.get(fixtureId) ?? [],
      });
      return trialOf(strategy, bets, axis, seed);
    },
  };
}

function trialOf(
  strategy: Strategy,
  bets: readonly Bet[],
  axis: ReadonlyMap<Day, number>,
  seed: number,
): Trial {
  const days = matchDays(bets);
  const profitMinor = sumOf(bets, (bet) => bet.profitMinor);
  const dayProfitMinor = new Float64Array(axis.size);
  const dayStakedMinor = new Float64Array(axis.size);
  for (const { day, profitMinor: profit, stakedMinor: staked } of days) {
    const at = axis.get(day) ?? 0;
    dayProfitMinor[at] = profit;
    dayStakedMinor[at] = staked;
  }
  return {
    bets: bets.length,
    won: bets.filter(({ outcome }) => outcome === "won").length,
    staked: toDecimal(sumOf(bets, (bet) => bet.stakeMinor)),
    profit: toDecimal(profitMinor),
    roi: returnOnStakes(bets, seed, STREAM.roi),
    clv: closingMean(bets),
    maxDrawdown: toDecimal(
      maxDrawdown(strategy.bankMinor, equityCurve(strategy.bankMinor, days)).amountMinor,
    ),
    finalBank: toDecimal(strategy.bankMinor + profitMinor),
    moments: returnMoments(dailyReturns(strategy.bankMinor, days)),
    dayProfitMinor,
    dayStakedMinor,
  };
}

function closingMean(bets: readonly Bet[]): Trial["clv"] {
  const judged = bets.flatMap(({ closingLineValue }) => closingLineValue ?? []);
  return {
    mean: judged.length === 0 ? null : roundTo(sumOf(judged, (value) => value) / judged.length, DIGITS),
    coverage: bets.length === 0 ? null : roundTo(judged.length / bets.length, DIGITS),
  };
}
