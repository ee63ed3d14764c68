import { liabilityMinor, type Minor } from "../domain/money.js";
import type { Side } from "../exchange/venue.js";
import { type BetState, isOpen } from "./bet-state.js";
import type { OrderFacts } from "./order-facts.js";

/** What was asked of the venue. */
export interface Terms {
  readonly side: Side;
  /** The limit, a decimal: the worst price it can be matched at. */
  readonly price: number;
  readonly sizeMinor: Minor;
}

/** What a size can lose at a price: itself when backed, the liability when laid. */
export function riskMinor(side: Side, sizeMinor: Minor, price: number): Minor {
  return side === "back" ? sizeMinor : liabilityMinor(sizeMinor, price);
}

/**
 * The most a bet can still lose, its winnings with other bets put aside. What is on its way or unknown counts in full;
 * what stands counts by what is matched or can still be.
 */
export function openRiskMinor(terms: Terms, state: BetState): Minor {
  if (!isOpen(state)) return doublesRisk(terms, state);
  if (state.order === null) return riskMinor(terms.side, terms.sizeMinor, terms.price);
  return orderRisk(terms, state.order) + doublesRisk(terms, state);
}

function doublesRisk(terms: Terms, { doubles }: BetState): Minor {
  return doubles.reduce((sum, order) => sum + orderRisk(terms, order), 0);
}

function orderRisk({ side, price }: Terms, order: OrderFacts): Minor {
  const matched = riskMinor(side, order.matchedMinor, order.averagePrice ?? price);
  return matched + riskMinor(side, order.remainingMinor, price);
}
