import type { Instant } from "../core/clock.js";
import { type Day, dayOfInstant } from "../core/day.js";
import type { Minor } from "../domain/money.js";
import type { Account } from "../strategy/view.js";
import type { Bet } from "./bet.js";

/** The money of a backtest through time: bets come in settled, but their money moves only when it was known. */
export interface Ledger {
  /** Pay out everything settled by `asOf`. Instants must not go backwards. */
  settleUntil(asOf: Instant): void;
  /** Strike bets now; their risk is open until they are settled. */
  strike(bets: readonly Bet[], asOf: Instant): void;
  /** What a decision at `asOf` may know of the money. */
  account(asOf: Instant): Account;
}

export function openLedger(bankMinor: Minor): Ledger {
  let bank = bankMinor;
  let open = 0;
  const pending: Bet[] = [];
  const risk = new Map<Day, Minor>();
  const settled = new Map<Day, Minor>();

  function settle(bet: Bet): void {
    bank += bet.profitMinor;
    open -= bet.liabilityMinor;
    add(settled, dayOfInstant(bet.settledAt), bet.profitMinor);
  }

  return {
    settleUntil(asOf) {
      const due = pending.filter((bet) => bet.settledAt <= asOf);
      if (due.length === 0) return;
      const rest = pending.filter((bet) => bet.settledAt > asOf);
      pending.splice(0, pending.length, ...rest);
      for (const bet of due) settle(bet);
    },
    strike(bets, asOf) {
      for (const bet of bets) {
        open += bet.liabilityMinor;
        add(risk, dayOfInstant(asOf), bet.liabilityMinor);
        pending.push(bet);
      }
    },
    account(asOf) {
      const day = dayOfInstant(asOf);
      return {
        bankMinor: bank,
        openMinor: open,
        dayRiskMinor: risk.get(day) ?? 0,
        dayLossMinor: Math.max(0, -(settled.get(day) ?? 0)),
      };
    },
  };
}

function add(amounts: Map<Day, Minor>, day: Day, minor: Minor): void {
  amounts.set(day, (amounts.get(day) ?? 0) + minor);
}
