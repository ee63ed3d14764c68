import type { Day } from "../core/day.js";
import type { Minor } from "../domain/money.js";
import type { Bet } from "./bet.js";
import type { EquityPoint } from "./statistics/drawdown.js";

/** The money of one match day. */
export interface DaySum {
  readonly day: Day;
  readonly stakedMinor: Minor;
  readonly profitMinor: Minor;
}

/** All bets on matches of one day: the cluster of every interval. */
export interface MatchDay extends DaySum {
  readonly bets: readonly Bet[];
}

/** Bets by the day of their match, ascending. */
export function matchDays(bets: readonly Bet[]): MatchDay[] {
  const days = new Map<Day, Bet[]>();
  for (const bet of bets) {
    const day = days.get(bet.fixture.day);
    if (day) day.push(bet);
    else days.set(bet.fixture.day, [bet]);
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, own]) => ({
      day,
      bets: own,
      stakedMinor: sumOf(own, (bet) => bet.stakeMinor),
      profitMinor: sumOf(own, (bet) => bet.profitMinor),
    }));
}

/** The bank at the end of each match day. */
export function equityCurve(bankMinor: Minor, days: readonly DaySum[]): EquityPoint[] {
  let bank = bankMinor;
  return days.map(({ day, profitMinor }) => {
    bank += profitMinor;
    return { day, bankMinor: bank };
  });
}

/** Profit of each match day over the bank it began with; nothing once the bank is gone. */
export function dailyReturns(bankMinor: Minor, days: readonly DaySum[]): number[] {
  let bank = bankMinor;
  return days.map(({ profitMinor }) => {
    const before = bank;
    bank += profitMinor;
    return before > 0 ? profitMinor / before : 0;
  });
}

export function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
