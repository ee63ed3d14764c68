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

/** Money that moves at an instant: what a settlement or a correction pays, and the risk it frees. */
interface Payment {
  readonly at: Instant;
  readonly minor: Minor;
  readonly freedMinor: Minor;
}

export function openLedger(bankMinor: Minor): Ledger {
  let bank = bankMinor;
  let open = 0;
  let pending: Payment[] = [];
  let next = Number.POSITIVE_INFINITY;
  const risk = new Map<Day, Minor>();
  const settled = new Map<Day, Minor>();

  function pay({ at, minor, freedMinor }: Payment): void {
    bank += minor;
    open -= freedMinor;
    add(settled, dayOfInstant(at), minor);
  }

  return {
    settleUntil(asOf) {
      if (next > asOf) return;
      for (const payment of pending) if (payment.at <= asOf) pay(payment);
      pending = pending.filter(({ at }) => at > asOf);
      next = pending.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
    },
    strike(bets, asOf) {
      for (const bet of bets) {
        open += bet.liabilityMinor;
        add(risk, dayOfInstant(asOf), bet.liabilityMinor);
        const payments = paymentsOf(bet);
        pending.push(...payments);
        next = payments.reduce((least, { at }) => Math.min(least, at), next);
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

/** Of the first settlement, then of each correction. */
function paymentsOf({ profitMinor, liabilityMinor, settledAt, corrections }: Bet): Payment[] {
  const later = corrections.reduce((sum, { changeMinor }) => sum + changeMinor, 0);
  return [
    { at: settledAt, minor: profitMinor - later, freedMinor: liabilityMinor },
    ...corrections.map(({ knownAt, changeMinor }) => ({ at: knownAt, minor: changeMinor, freedMinor: 0 })),
  ];
}

function add(amounts: Map<Day, Minor>, day: Day, minor: Minor): void {
  amounts.set(day, (amounts.get(day) ?? 0) + minor);
}
