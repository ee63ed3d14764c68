import type { Instant } from "../core/clock.js";
import { dayOfInstant } from "../core/day.js";
import type { Minor } from "../domain/money.js";
import type { Account } from "../strategy/view.js";
import type { Bet } from "./bet.js";
import { openRiskMinor } from "./exposure.js";
import { dayRiskMinor } from "./usage.js";

/** A strategy's money as its bets have made it: what `decide` stakes from. */
export function strategyAccount(
  bets: Iterable<Bet>,
  strategy: string,
  bankMinor: Minor,
  now: Instant,
): Account {
  const today = dayOfInstant(now);
  let bank = bankMinor;
  let [open, risk, won] = [0, 0, 0];
  for (const bet of bets) {
    const { intent, state } = bet;
    if (intent.strategy !== strategy) continue;
    open += openRiskMinor(intent, state);
    if (dayOfInstant(bet.intendedAt) === today) risk += dayRiskMinor(bet);
    const profit = (state.settled?.profitMinor ?? 0) - (state.commissionMinor ?? 0);
    bank += profit;
    if (state.settled !== null && dayOfInstant(state.settled.settledAt) === today) won += profit;
  }
  return { bankMinor: bank, openMinor: open, dayRiskMinor: risk, dayLossMinor: Math.max(0, -won) };
}
