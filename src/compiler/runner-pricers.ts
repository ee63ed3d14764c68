import type { Market } from "../domain/market.js";
import type { ScoreGrid } from "../models/grid.js";
import {
  awayCleanSheet,
  awayWinToNil,
  bothTeamsToScore,
  homeCleanSheet,
  homeWinToNil,
  resultAndBothScore,
  resultAndTotal,
} from "./both-score.js";
import { correctScores, halfTimeScores } from "./correct-score.js";
import { awayGoalsDistribution, homeGoalsDistribution, totalDistribution } from "./distribution.js";
import { exactTotals, goalBands, oddOrEven, overUnder } from "./goal-total.js";
import { halfTimeFullTime } from "./half-time.js";
import { doubleChance, drawNoBet, matchOdds, type RunnerTable } from "./match-odds.js";
import { nextGoal, type Score } from "./next-goal.js";
import { winningMargin } from "./winning-margin.js";

/** Markets whose runners carry a line and end five ways. */
export type LineMarket = "ASIAN_HANDICAP" | "ALT_TOTAL_GOALS";
/** Markets that are a plain table of runners. */
export type TableMarket = Exclude<Market, LineMarket>;

/** What a table of runners is priced from. */
export interface PricingView {
  readonly grid: ScoreGrid;
  readonly halfShare: number;
  /** Half-time scores; made when a market asks for them. */
  readonly halfTime: () => ScoreGrid;
  readonly scoreLimit: number;
  readonly now: Score;
}

type GridPricer = (grid: ScoreGrid) => RunnerTable;
type Pricer = (view: PricingView) => RunnerTable;

const full =
  (price: GridPricer): Pricer =>
  ({ grid }) =>
    price(grid);
const half =
  (price: GridPricer): Pricer =>
  ({ halfTime }) =>
    price(halfTime());

const PRICERS: Readonly<Record<TableMarket, Pricer>> = {
  MATCH_ODDS: full(matchOdds),
  DOUBLE_CHANCE: full(doubleChance),
  DRAW_NO_BET: full(drawNoBet),
  BOTH_TEAMS_TO_SCORE: full(bothTeamsToScore),
  OVER_UNDER_05: full((grid) => overUnder(totalDistribution(grid), 0.5)),
  OVER_UNDER_15: full((grid) => overUnder(totalDistribution(grid), 1.5)),
  OVER_UNDER_25: full((grid) => overUnder(totalDistribution(grid), 2.5)),
  OVER_UNDER_35: full((grid) => overUnder(totalDistribution(grid), 3.5)),
  OVER_UNDER_45: full((grid) => overUnder(totalDistribution(grid), 4.5)),
  OVER_UNDER_55: full((grid) => overUnder(totalDistribution(grid), 5.5)),
  OVER_UNDER_65: full((grid) => overUnder(totalDistribution(grid), 6.5)),
  OVER_UNDER_75: full((grid) => overUnder(totalDistribution(grid), 7.5)),
  OVER_UNDER_85: full((grid) => overUnder(totalDistribution(grid), 8.5)),
  CORRECT_SCORE: ({ grid, scoreLimit }) => correctScores(grid, scoreLimit),
  ODD_OR_EVEN: full(oddOrEven),
  TOTAL_GOALS: full(exactTotals),
  GOAL_BANDS: full(goalBands),
  WINNING_MARGIN: full(winningMargin),
  MATCH_ODDS_AND_BTTS: full(resultAndBothScore),
  MATCH_ODDS_AND_OU_25: full(resultAndTotal),
  TEAM_A_OVER_UNDER_05: full((grid) => overUnder(homeGoalsDistribution(grid), 0.5)),
  TEAM_A_OVER_UNDER_15: full((grid) => overUnder(homeGoalsDistribution(grid), 1.5)),
  TEAM_A_OVER_UNDER_25: full((grid) => overUnder(homeGoalsDistribution(grid), 2.5)),
  TEAM_A_OVER_UNDER_35: full((grid) => overUnder(homeGoalsDistribution(grid), 3.5)),
  TEAM_B_OVER_UNDER_05: full((grid) => overUnder(awayGoalsDistribution(grid), 0.5)),
  TEAM_B_OVER_UNDER_15: full((grid) => overUnder(awayGoalsDistribution(grid), 1.5)),
  TEAM_B_OVER_UNDER_25: full((grid) => overUnder(awayGoalsDistribution(grid), 2.5)),
  TEAM_B_OVER_UNDER_35: full((grid) => overUnder(awayGoalsDistribution(grid), 3.5)),
  TEAM_A_WIN_TO_NIL: full(homeWinToNil),
  TEAM_B_WIN_TO_NIL: full(awayWinToNil),
  TEAM_A_CLEAN_SHEET: full(homeCleanSheet),
  TEAM_B_CLEAN_SHEET: full(awayCleanSheet),
  NEXT_GOAL: ({ grid, now }) => nextGoal(grid, now),
  HALF_TIME: half(matchOdds),
  HALF_TIME_SCORE: half(halfTimeScores),
  HALF_TIME_FULL_TIME: ({ grid, halfShare }) => halfTimeFullTime(grid, halfShare),
  FIRST_HALF_GOALS_05: half((grid) => overUnder(totalDistribution(grid), 0.5)),
  FIRST_HALF_GOALS_15: half((grid) => overUnder(totalDistribution(grid), 1.5)),
  FIRST_HALF_GOALS_25: half((grid) => overUnder(totalDistribution(grid), 2.5)),
};

/** The runners of one market, in the exchange's order where it has one. */
export function priceTable(view: PricingView, market: TableMarket): RunnerTable {
  return PRICERS[market](view);
}

export function isLineMarket(market: Market): market is LineMarket {
  return market === "ASIAN_HANDICAP" || market === "ALT_TOTAL_GOALS";
}
