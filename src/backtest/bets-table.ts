import { formatLine } from "../compiler/five-way.js";
import { formatDay, formatInstant } from "../core/day.js";
import { roundTo } from "../core/number.js";
import { toDecimal } from "../domain/money.js";
import type { Bet } from "./bet.js";

/** Columns of the audit file, in order. Names are promises. */
export const BET_COLUMNS = [
  "fixture",
  "date",
  "league",
  "season",
  "home",
  "away",
  "market",
  "runner",
  "line",
  "side",
  "asOf",
  "price",
  "source",
  "probability",
  "edge",
  "stake",
  "liability",
  "result",
  "profit",
  "commission",
  "closingPrice",
  "closingFairProbability",
  "clv",
  "modelVersion",
  "because",
  "score",
  "closingSource",
  "settledAt",
  "firstProfit",
  "correctedAt",
] as const;

/** One bet as it goes into a file. Money and lines are text with fixed decimals; null is an empty cell. */
export type BetRow = Readonly<Record<(typeof BET_COLUMNS)[number], string | number | null>>;

/** A row a bet, in the order in which they were struck: everything needed to settle it again by hand. */
export function betsRows({ bets }: { readonly bets: readonly Bet[] }): BetRow[] {
  return bets.map(betRow);
}

function betRow(bet: Bet): BetRow {
  const { fixture, result, closing } = bet;
  return {
    fixture: fixture.id,
    date: formatDay(fixture.day),
    league: fixture.league,
    season: fixture.season,
    home: fixture.home.name,
    away: fixture.away.name,
    market: bet.market,
    runner: bet.runner,
    line: hasLine(bet) ? formatLine(bet.line) : null,
    side: bet.side,
    asOf: formatInstant(bet.asOf),
    price: bet.price,
    source: bet.source,
    probability: roundTo(bet.probability, 8),
    edge: roundTo(bet.edge, 8),
    stake: money(bet.stakeMinor),
    liability: money(bet.liabilityMinor),
    result: bet.outcome,
    profit: money(bet.profitMinor),
    commission: money(bet.commissionMinor),
    closingPrice: closing?.price ?? null,
    closingFairProbability: closing === null ? null : roundTo(closing.fairProbability, 8),
    clv: bet.closingLineValue === null ? null : roundTo(bet.closingLineValue, 8),
    modelVersion: bet.modelVersion,
    because: bet.because,
    score: result === null ? null : `${result.homeGoals}-${result.awayGoals}`,
    closingSource: closing?.source ?? null,
    settledAt: formatInstant(bet.settledAt),
    ...correctionOf(bet),
  };
}

/** What the bet was settled for before its result was corrected, and when that was last known; empty where it was not. */
function correctionOf({ corrections, profitMinor }: Bet): Pick<BetRow, "firstProfit" | "correctedAt"> {
  const last = corrections.at(-1);
  if (!last) return { firstProfit: null, correctedAt: null };
  const moved = corrections.reduce((sum, { changeMinor }) => sum + changeMinor, 0);
  return { firstProfit: money(profitMinor - moved), correctedAt: formatInstant(last.knownAt) };
}

function hasLine({ market }: Bet): boolean {
  return market === "ASIAN_HANDICAP" || market === "ALT_TOTAL_GOALS";
}

function money(minor: number): string {
  return toDecimal(minor).toFixed(2);
}
