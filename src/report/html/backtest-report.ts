import type { Day } from "../../core/day.js";
import type { Minor } from "../../domain/money.js";

/** A number with its 95 % interval; null where there is nothing to estimate from. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Bets of one league, season, market or band of edges. */
export interface ReportPart {
  readonly bets: number;
  readonly profit: number;
  readonly roi: Estimate;
  readonly clv: { readonly mean: number | null };
}

/** Forecasts between `from` and `to`: their average, and how often they came true with its 95 % interval. */
export interface ReportCalibration {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly forecast: number | null;
  readonly observed: number | null;
  readonly low: number;
  readonly high: number;
}

/** The `statistico/backtest@1` document as far as a page shows it. Money is decimal, shares are 0 to 1. */
export interface BacktestDocument {
  /** The strategy as it was written: its `name` and `description` are shown. */
  readonly strategy: Readonly<Record<string, unknown>>;
  readonly strategyHash: string;
  readonly dataHash: string;
  readonly seed: number;
  readonly version: string;
  /** Strategies tried before this one was shown, this one included. */
  readonly trials: number;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly fixtures: number;
  readonly priced: number;
  readonly bets: number;
  readonly won: number;
  readonly lost: number;
  readonly void: number;
  readonly halfWon: number;
  readonly halfLost: number;
  readonly staked: number;
  readonly profit: number;
  readonly commission: number;
  readonly roi: Estimate;
  readonly hitRate: number | null;
  readonly averagePrice: number | null;
  readonly clv: {
    readonly mean: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly beatShare: number | null;
    readonly coverage: number | null;
  };
  readonly maxDrawdown: { readonly amount: number; readonly share: number | null; readonly days: number };
  readonly longestLosingRun: number;
  readonly sharpe: number | null;
  readonly deflatedSharpe: number | null;
  readonly pValue: number | null;
  readonly finalBank: number;
  readonly byLeague: readonly (ReportPart & { readonly league: string })[];
  readonly bySeason: readonly (ReportPart & { readonly season: number })[];
  readonly byMarket: readonly (ReportPart & { readonly market: string })[];
  readonly byEdge: readonly (ReportPart & { readonly from: number | null; readonly to: number | null })[];
  readonly calibration: readonly ReportCalibration[];
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

/** The bank after the bets of a day are settled; the first point is the bank before any. */
export interface ReportEquity {
  readonly day: Day;
  readonly bankMinor: Minor;
}

/** A row of the file that `--bets` writes: money may be text with two decimals. */
export type ReportBetRow = Readonly<Record<string, string | number | null>>;

/** What the tear sheet is made of. `bets` and `equity` in order of time; `equity` holds the start at least. */
export interface BacktestReport {
  readonly document: BacktestDocument;
  readonly bets: readonly ReportBetRow[];
  readonly equity: readonly ReportEquity[];
}
