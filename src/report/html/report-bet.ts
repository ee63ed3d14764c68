import { invariant } from "../../core/assert.js";
import { type Day, parseIsoDay } from "../../core/day.js";
import type { ReportBetRow } from "./backtest-report.js";

/** A settled bet as the tear sheet reads it from a row of the bets file. */
export interface ReportBet {
  readonly day: Day;
  readonly league: string;
  readonly home: string;
  readonly away: string;
  readonly market: string;
  readonly runner: string;
  readonly line: string;
  readonly side: string;
  readonly source: string;
  readonly price: number;
  readonly edge: number;
  readonly stake: number;
  readonly profit: number;
  readonly clv: number | null;
}

/** Throws InvariantError for a row without a day or with a number that is none. */
export function reportBet(row: ReportBetRow): ReportBet {
  const day = parseIsoDay(String(row.date).slice(0, 10));
  invariant(day !== null, `the date of a bet must be ISO, was ${row.date}`);
  return {
    day,
    league: textOf(row, "league"),
    home: textOf(row, "home"),
    away: textOf(row, "away"),
    market: textOf(row, "market"),
    runner: textOf(row, "runner"),
    line: textOf(row, "line"),
    side: textOf(row, "side"),
    source: textOf(row, "source"),
    price: numberOf(row, "price"),
    edge: numberOf(row, "edge"),
    stake: numberOf(row, "stake"),
    profit: numberOf(row, "profit"),
    clv: row.clv === null || row.clv === undefined || row.clv === "" ? null : numberOf(row, "clv"),
  };
}

function textOf(row: ReportBetRow, key: string): string {
  return String(row[key] ?? "");
}

function numberOf(row: ReportBetRow, key: string): number {
  const value = Number(row[key] ?? Number.NaN);
  invariant(Number.isFinite(value), `${key} of a bet must be a number, was ${row[key]}`);
  return value;
}
