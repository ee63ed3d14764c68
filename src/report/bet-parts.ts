import { dateOf, weekday } from "../core/day.js";
import { compareText } from "../domain/fixture.js";
import type { ReportPart } from "./html/backtest-report.js";
import type { ReportBet } from "./html/report-bet.js";
import { priceBand, priceBandName } from "./price-band.js";
import { type RatioTerm, ratioByDay } from "./ratio.js";

/** Bets that share a name: a band of prices, a year, a weekday, a bookmaker. */
export interface NamedPart extends ReportPart {
  readonly name: string;
}

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export function partsByPrice(bets: readonly ReportBet[]): NamedPart[] {
  return parts(bets, ({ price }) => priceBand(price), priceBandName);
}

export function partsByYear(bets: readonly ReportBet[]): NamedPart[] {
  return parts(bets, ({ day }) => dateOf(day).year, String);
}

/** Monday first. */
export function partsByWeekday(bets: readonly ReportBet[]): NamedPart[] {
  return parts(
    bets,
    ({ day }) => (weekday(day) + 6) % 7,
    (place) => WEEKDAYS[(place + 1) % 7],
  );
}

/** By the source whose price was taken, in order of its code. */
export function partsByBookmaker(bets: readonly ReportBet[]): NamedPart[] {
  const codes = [...new Set(bets.map(({ source }) => source))].sort(compareText);
  return parts(
    bets,
    ({ source }) => codes.indexOf(source),
    (place) => codes[place],
  );
}

/** What a bet adds to a return: profit over stake. */
export function returnTerm({ day, profit, stake }: ReportBet): RatioTerm {
  return { day, top: profit, bottom: stake };
}

/** What the bets with a closing price add to a mean closing line value. */
export function closingTerms(bets: readonly ReportBet[]): RatioTerm[] {
  return bets.flatMap(({ day, clv }) => (clv === null ? [] : [{ day, top: clv, bottom: 1 }]));
}

function parts(
  bets: readonly ReportBet[],
  keyOf: (bet: ReportBet) => number,
  nameOf: (key: number) => string,
): NamedPart[] {
  const groups = new Map<number, ReportBet[]>();
  for (const bet of bets) {
    const group = groups.get(keyOf(bet));
    if (group) group.push(bet);
    else groups.set(keyOf(bet), [bet]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([key, own]) => part(nameOf(key), own));
}

function part(name: string, bets: readonly ReportBet[]): NamedPart {
  return {
    name,
    bets: bets.length,
    profit: bets.reduce((sum, { profit }) => sum + profit, 0),
    roi: ratioByDay(bets.map(returnTerm)),
    clv: { mean: ratioByDay(closingTerms(bets)).value },
  };
}
