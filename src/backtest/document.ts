import { formatDay } from "../core/day.js";
import { roundTo } from "../core/number.js";
import { createRng } from "../core/rng.js";
import { compareText } from "../domain/fixture.js";
import { toDecimal } from "../domain/money.js";
import { calibrationBins } from "../models/scoring-calibration.js";
import { strategyDocument } from "../strategy/document.js";
import type { Outcome } from "../strategy/settlement.js";
import { commissionOf, type Strategy } from "../strategy/strategy.js";
import type { Bet } from "./bet.js";
import {
  DIGITS,
  type Estimate,
  edgeBand,
  edgeBandEnds,
  type Part,
  partsBy,
  priceBand,
  priceBandEnds,
  returnOnStakes,
  STREAM,
} from "./breakdown.js";
import { type ClosingSummary, closingSummary } from "./closing-value.js";
import { coverageOf } from "./coverage.js";
import type { Hash } from "./data-hash.js";
import { dailyReturns, equityCurve, type MatchDay, matchDays, sumOf } from "./match-day.js";
import { assumptionsOf, warningsOf } from "./plain-words.js";
import type { PreparedLeague } from "./prepared.js";
import { type EquityPoint, longestLosingRun, maxDrawdown } from "./statistics/drawdown.js";
import { luckPValue } from "./statistics/luck.js";
import { deflatedSharpe, returnMoments, type Trials } from "./statistics/sharpe.js";
import type { Walk } from "./walk.js";

/** What `backtest --json` prints, but for `elapsedMs`, which the caller's clock adds. Names are promises. */
export interface BacktestDocument {
  readonly schema: "statistico/backtest@1";
  readonly strategy: Readonly<Record<string, unknown>>;
  readonly strategyHash: string;
  readonly dataHash: string;
  readonly seed: number;
  readonly version: string;
  readonly trials: number;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly fixtures: number;
  readonly priced: number;
  readonly decisions: number;
  readonly bets: number;
  readonly won: number;
  readonly lost: number;
  /** Stakes that came back: void matches and pushes. */
  readonly void: number;
  readonly halfWon: number;
  readonly halfLost: number;
  readonly staked: number;
  readonly liability: number;
  readonly profit: number;
  readonly commission: number;
  readonly roi: Estimate;
  /** Bets that won, in whole or in half, among those whose stake did not just come back. */
  readonly hitRate: number | null;
  readonly averagePrice: number | null;
  readonly clv: ClosingSummary;
  readonly maxDrawdown: { readonly amount: number; readonly share: number; readonly days: number };
  readonly longestLosingRun: number;
  /** Annualised. */
  readonly sharpe: number | null;
  readonly deflatedSharpe: number | null;
  readonly pValue: number | null;
  readonly finalBank: number;
  readonly byLeague: readonly (Part & { readonly league: string })[];
  readonly bySeason: readonly (Part & { readonly season: number })[];
  readonly byMarket: readonly (Part & { readonly market: string })[];
  readonly byEdge: readonly (Part & { readonly from: number | null; readonly to: number | null })[];
  /** By the price taken. */
  readonly byPrice?: readonly (Part & { readonly from: number | null; readonly to: number | null })[];
  /** By the day of the match: "2021", "2021-08". */
  readonly byYear?: readonly (Part & { readonly year: string })[];
  readonly byMonth?: readonly (Part & { readonly month: string })[];
  /** Every priced runner, bet or not. */
  readonly calibration: readonly CalibrationRow[];
  /** How often a bet was not struck, by reason. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

export interface CalibrationRow {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly forecast: number | null;
  readonly observed: number | null;
  readonly low: number;
  readonly high: number;
}

export interface RunRecord {
  readonly seed: number;
  readonly version: string;
  readonly hash: Hash;
  readonly trials: Trials;
}

/** The figures of a walk. Money is exact; every other figure is rounded to six decimals. */
export function backtestDocument(
  leagues: readonly PreparedLeague[],
  strategy: Strategy,
  walk: Walk,
  { seed, version, hash, trials }: RunRecord,
): BacktestDocument {
  const { bets } = walk;
  const document = strategyDocument(strategy);
  const days = matchDays(bets);
  const profitMinor = sumOf(bets, (bet) => bet.profitMinor);
  const roi = returnOnStakes(bets, seed, STREAM.roi);
  const closing = closingSummary(bets, seed);
  const pValue = luckPValue(bets, averageRate(bets, strategy), profitMinor, createRng(seed, STREAM.luck));
  const finalBankMinor = strategy.bankMinor + profitMinor;
  const { sources, closing: closers, moment } = strategy.prices;
  const { markets } = strategy;
  const [quoted = [], closed = []] = coverageOf(walk.fixtures, walk.prices, [
    { moment: moment.kind, sources, markets },
    { moment: "close", sources: closers, markets },
  ]);
  return {
    schema: "statistico/backtest@1",
    strategy: document,
    strategyHash: hash(JSON.stringify(document)),
    dataHash: hash(leagues.map((league) => league.hash).join("\n")),
    seed,
    version,
    trials: trials.count,
    period: periodOf(walk),
    fixtures: walk.fixtures.length,
    priced: walk.priced,
    decisions: walk.slots,
    ...outcomeCounts(bets),
    staked: toDecimal(sumOf(bets, (bet) => bet.stakeMinor)),
    liability: toDecimal(sumOf(bets, (bet) => bet.liabilityMinor)),
    profit: toDecimal(profitMinor),
    commission: toDecimal(sumOf(bets, (bet) => bet.commissionMinor)),
    roi,
    hitRate: hitRateOf(bets),
    averagePrice: bets.length === 0 ? null : roundTo(sumOf(bets, ({ price }) => price) / bets.length, DIGITS),
    clv: closing,
    ...riskOf(strategy, days, bets, trials),
    pValue: pValue === null ? null : roundTo(pValue, DIGITS),
    finalBank: toDecimal(finalBankMinor),
    ...breakdowns(bets, seed),
    calibration: calibrationOf(walk),
    refusals: Object.fromEntries([...walk.refusals].sort(([a], [b]) => compareText(a, b))),
    assumptions: assumptionsOf(strategy),
    warnings: warningsOf({
      strategy,
      walk,
      roi,
      closing,
      pValue: pValue === null ? null : roundTo(pValue, 4),
      quoted,
      closed,
      finalBankMinor,
    }),
  };
}

/** Commission rate of the bets, by their stakes: where sources differ, luck is drawn at what they took on average. */
function averageRate(bets: readonly Bet[], strategy: Strategy): number {
  const staked = sumOf(bets, ({ stakeMinor }) => stakeMinor);
  if (staked === 0 || Object.keys(strategy.commissionBySource).length === 0) return strategy.commission;
  return sumOf(bets, ({ stakeMinor, source }) => stakeMinor * commissionOf(strategy, source)) / staked;
}

/** The bank day by day, the first point being the bank at the start. */
export function equityOf(strategy: Strategy, walk: Walk): EquityPoint[] {
  const days = matchDays(walk.bets);
  const start = walk.fixtures.reduce((first, { day }) => Math.min(first, day), days[0]?.day ?? 0);
  return [{ day: start, bankMinor: strategy.bankMinor }, ...equityCurve(strategy.bankMinor, days)];
}

function periodOf({ fixtures }: Walk): BacktestDocument["period"] {
  if (fixtures.length === 0) return { from: null, to: null };
  const days = fixtures.map(({ day }) => day);
  const first = days.reduce((least, day) => Math.min(least, day));
  const last = days.reduce((most, day) => Math.max(most, day));
  return { from: formatDay(first), to: formatDay(last) };
}

function outcomeCounts(
  bets: readonly Bet[],
): Pick<BacktestDocument, "bets" | "won" | "lost" | "void" | "halfWon" | "halfLost"> {
  const count = (...outcomes: readonly Outcome[]): number =>
    bets.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    bets: bets.length,
    won: count("won"),
    lost: count("lost"),
    void: count("void", "push"),
    halfWon: count("half-won"),
    halfLost: count("half-lost"),
  };
}

function hitRateOf(bets: readonly Bet[]): number | null {
  const { won, halfWon, lost, halfLost } = outcomeCounts(bets);
  const decided = won + halfWon + lost + halfLost;
  return decided === 0 ? null : roundTo((won + halfWon) / decided, DIGITS);
}

function riskOf(
  strategy: Strategy,
  days: readonly MatchDay[],
  bets: readonly Bet[],
  trials: Trials,
): Pick<BacktestDocument, "maxDrawdown" | "longestLosingRun" | "sharpe" | "deflatedSharpe"> {
  const fall = maxDrawdown(strategy.bankMinor, equityCurve(strategy.bankMinor, days));
  const moments = returnMoments(dailyReturns(strategy.bankMinor, days));
  const inMatchOrder = days.flatMap((day) => day.bets.map(({ profitMinor }) => profitMinor));
  return {
    maxDrawdown: { amount: toDecimal(fall.amountMinor), share: roundTo(fall.share, DIGITS), days: fall.days },
    longestLosingRun: bets.length === 0 ? 0 : longestLosingRun(inMatchOrder),
    sharpe: moments === null ? null : roundTo(moments.sharpe * Math.sqrt(daysAYear(days)), DIGITS),
    deflatedSharpe: moments === null ? null : roundTo(deflatedSharpe(moments, trials), DIGITS),
  };
}

const DAYS_OF_A_YEAR = 365.25;

/** Match days with bets in a year, taken over whole years at least. */
function daysAYear(days: readonly MatchDay[]): number {
  const span = days[days.length - 1].day - days[0].day + 1;
  return days.length / Math.max(1, span / DAYS_OF_A_YEAR);
}

function breakdowns(
  bets: readonly Bet[],
  seed: number,
): Pick<
  BacktestDocument,
  "byLeague" | "bySeason" | "byMarket" | "byEdge" | "byPrice" | "byYear" | "byMonth"
> {
  const ascending = (a: number, b: number): number => a - b;
  return {
    byLeague: partsBy(bets, (bet) => bet.fixture.league, compareText, seed).map(({ key, part }) => ({
      league: key,
      ...part,
    })),
    bySeason: partsBy(bets, (bet) => bet.fixture.season, ascending, seed).map(({ key, part }) => ({
      season: key,
      ...part,
    })),
    byMarket: partsBy(bets, (bet) => bet.market, compareText, seed).map(({ key, part }) => ({
      market: key,
      ...part,
    })),
    byEdge: partsBy(bets, (bet) => edgeBand(bet.edge), ascending, seed).map(({ key, part }) => ({
      ...edgeBandEnds(key),
      ...part,
    })),
    byPrice: partsBy(bets, (bet) => priceBand(bet.price), ascending, seed).map(({ key, part }) => ({
      ...priceBandEnds(key),
      ...part,
    })),
    byYear: partsBy(bets, (bet) => formatDay(bet.fixture.day).slice(0, 4), compareText, seed).map(
      ({ key, part }) => ({ year: key, ...part }),
    ),
    byMonth: partsBy(bets, (bet) => formatDay(bet.fixture.day).slice(0, 7), compareText, seed).map(
      ({ key, part }) => ({ month: key, ...part }),
    ),
  };
}

function calibrationOf({ runners }: Walk): CalibrationRow[] {
  const bins = calibrationBins(
    runners.map(({ probability }) => Math.min(1, probability)),
    runners.map(({ won }) => won),
  );
  return bins.map(({ low, high, n, meanForecast, rate, rateLow, rateHigh }) => ({
    from: roundTo(low, DIGITS),
    to: roundTo(high, DIGITS),
    count: n,
    forecast: meanForecast === null ? null : roundTo(meanForecast, DIGITS),
    observed: rate === null ? null : roundTo(rate, DIGITS),
    low: roundTo(rateLow, DIGITS),
    high: roundTo(rateHigh, DIGITS),
  }));
}
