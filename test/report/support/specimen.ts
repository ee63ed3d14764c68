import { dayOf } from "../../../src/core/day.js";
import type {
  BacktestDocument,
  BacktestReport,
  ReportBetRow,
  ReportPart,
} from "../../../src/report/html/backtest-report.js";

export const part: ReportPart = {
  bets: 2,
  profit: 5,
  roi: { value: 0.25, low: -0.5, high: 1 },
  clv: { mean: 0.03 },
};

export const document: BacktestDocument = {
  strategy: { name: "value-1x2", description: "plain words" },
  strategyHash: "aa",
  dataHash: "bb",
  seed: 7,
  version: "0.1.0",
  trials: 3,
  period: { from: "2022-08-12", to: "2023-05-06" },
  fixtures: 422,
  priced: 400,
  bets: 2,
  won: 1,
  lost: 1,
  void: 0,
  halfWon: 0,
  halfLost: 0,
  staked: 20,
  profit: 5,
  commission: 0.3,
  roi: part.roi,
  hitRate: 0.5,
  averagePrice: 2.4,
  clv: { mean: 0.03, low: 0.01, high: 0.05, beatShare: 0.5, coverage: 1 },
  maxDrawdown: { amount: 10, share: 0.01, days: 7 },
  longestLosingRun: 1,
  sharpe: 0.4,
  deflatedSharpe: 0.6,
  pValue: 0.31,
  finalBank: 1005,
  byLeague: [{ ...part, league: "SIM1" }],
  bySeason: [{ ...part, season: 2022 }],
  byMarket: [{ ...part, market: "MATCH_ODDS" }],
  byEdge: [{ ...part, from: 0.025, to: null }],
  calibration: [
    { from: 0.4, to: 0.5, count: 2, forecast: 0.45, observed: 0.5, low: 0.1, high: 0.9 },
    { from: 0.5, to: 0.6, count: 0, forecast: null, observed: null, low: 0, high: 1 },
  ],
  assumptions: ["early prices"],
  warnings: ["few bets"],
};

export function bet(home: string, profit: string): ReportBetRow {
  return {
    date: "2022-09-03",
    league: "SIM1",
    home,
    away: "Jade Gorge",
    market: "MATCH_ODDS",
    runner: "HOME",
    line: null,
    side: "BACK",
    source: "B365",
    price: 2.5,
    edge: 0.05,
    stake: "10.00",
    profit,
    clv: 0.03,
  };
}

export function report(home = "Amber Fen"): BacktestReport {
  return {
    document,
    bets: [bet(home, "15.00"), bet(home, "-10.00")],
    equity: [
      { day: dayOf(2022, 8, 12), bankMinor: 100_000 },
      { day: dayOf(2022, 9, 3), bankMinor: 101_500 },
      { day: dayOf(2022, 9, 10), bankMinor: 100_500 },
    ],
  };
}

/** The tags of a page with the names of their attributes: what a name in the data must not be able to change. */
export function skeleton(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-zA-Z!][^\s>]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, tag, attributes]) => `${tag} ${attributes.replace(/="[^"]*"/g, "").trim()}`,
  );
}
