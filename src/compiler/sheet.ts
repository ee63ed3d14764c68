import type { GoalRates } from "../domain/goals.js";
import { MARKETS, type QuarterLine } from "../domain/market.js";
import { scoreGrid } from "../models/dixon-coles-grid.js";
import type { ScoreGrid } from "../models/grid.js";
import { DEFAULT_HALF_SHARE } from "./half-share.js";
import { halfTimeGrid } from "./half-time.js";
import {
  asianHandicaps,
  asianTotals,
  HANDICAP_LINES,
  type HandicapTable,
  TOTAL_LINES,
  type TotalTable,
} from "./line-table.js";
import { expectedPoints, type RunnerTable } from "./match-odds.js";
import type { Score } from "./next-goal.js";
import { isLineMarket, type PricingView, priceTable, type TableMarket } from "./runner-pricers.js";

type HalfTimeMarket = Extract<TableMarket, `HALF_TIME${string}` | `FIRST_HALF${string}`>;

/** Every market of one grid, by the exchange's names; probabilities. In play the half-time markets are missing. */
export type MarketSheet = Readonly<Record<Exclude<TableMarket, HalfTimeMarket>, RunnerTable>> &
  Readonly<Partial<Record<HalfTimeMarket, RunnerTable>>> & {
    readonly ASIAN_HANDICAP: HandicapTable;
    readonly ALT_TOTAL_GOALS: TotalTable;
  };

/** What `statistico price` prints. */
export interface PriceSheet extends GoalRates {
  readonly tailMass: number;
  /** Share of goals taken to fall before half time. */
  readonly halfShare: number;
  readonly expectedPoints: { readonly home: number; readonly away: number };
  readonly markets: MarketSheet;
}

export interface SheetOptions {
  /** Most goals of a side among the listed correct scores; 4 by default, 3 is the exchange's market. */
  readonly scoreLimit?: number;
  readonly handicapLines?: readonly QuarterLine[];
  readonly totalLines?: readonly QuarterLine[];
  /** First half's share of goals. */
  readonly halfShare?: number;
  /** The score now, for a grid of final scores in play: half-time markets are left out then. */
  readonly now?: Score;
}

const DEFAULT_SCORE_LIMIT = 4;
const KICK_OFF: Score = { home: 0, away: 0 };

/**
 * From goal rates to every market: the `price --json` document.
 *
 * Throws InvariantError when a rate is not positive or `rho` makes a score negative (see `scoreGrid`).
 */
export function priceEverything(rates: GoalRates, options: SheetOptions = {}): PriceSheet {
  const grid = scoreGrid(rates);
  const { homeRate, awayRate, rho } = rates;
  return {
    homeRate,
    awayRate,
    rho,
    tailMass: grid.tailMass,
    halfShare: options.halfShare ?? DEFAULT_HALF_SHARE,
    expectedPoints: expectedPoints(grid),
    markets: priceGrid(grid, options),
  };
}

/** Every market of a score grid, whatever model or state of play the grid comes from. */
export function priceGrid(grid: ScoreGrid, options: SheetOptions = {}): MarketSheet {
  const view = pricingView(grid, options);
  const price = (market: TableMarket): RunnerTable => priceTable(view, market);
  const tables = Object.fromEntries(
    MARKETS.filter((market) => !isLineMarket(market))
      .filter((market) => options.now === undefined || !isHalfTime(market))
      .map((market) => [market, price(market)]),
  ) as Readonly<Record<TableMarket, RunnerTable>>;
  return {
    ...tables,
    ASIAN_HANDICAP: asianHandicaps(grid, options.handicapLines ?? HANDICAP_LINES),
    ALT_TOTAL_GOALS: asianTotals(grid, options.totalLines ?? TOTAL_LINES),
  };
}

/** A grid with what its markets need besides it. */
export function pricingView(grid: ScoreGrid, options: SheetOptions = {}): PricingView {
  const halfShare = options.halfShare ?? DEFAULT_HALF_SHARE;
  let halfTime: ScoreGrid | null = null;
  return {
    grid,
    halfShare,
    halfTime: () => {
      halfTime ??= halfTimeGrid(grid, halfShare);
      return halfTime;
    },
    scoreLimit: options.scoreLimit ?? DEFAULT_SCORE_LIMIT,
    now: options.now ?? KICK_OFF,
  };
}

function isHalfTime(market: TableMarket): market is HalfTimeMarket {
  return market.startsWith("HALF_TIME") || market.startsWith("FIRST_HALF");
}
