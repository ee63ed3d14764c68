import type { Bet } from "../../src/trader/bet.js";
import { isOver } from "../../src/trader/bet-state.js";

/** An order as it truly stands at the venue, whatever the client was told. */
export interface Truth {
  readonly betId: string;
  readonly orderRef: string;
  readonly side: string;
  readonly tick: number;
  readonly sizeMinor: number;
}

export interface Verdict {
  readonly intents: number;
  readonly orders: number;
  /** Orders at the venue that the ledger takes not to stand, or knows under another number. */
  readonly lost: number;
  /** References under which more than one order stands. */
  readonly doubled: number;
  /** Orders without an intent. */
  readonly orphaned: number;
  /** Orders that are not what was intended. */
  readonly wrong: number;
  /** Bets that the ledger takes to stand and the venue has not. */
  readonly phantom: number;
  /** Bets that have come to no end. */
  readonly unresolved: number;
  readonly pnlDiffMinor: number;
}

/** Hold a ledger against the truth. Everything but `intents` and `orders` must be 0. */
export function judge(bets: readonly Bet[], truth: readonly Truth[], trueProfitMinor: number): Verdict {
  const byRef = new Map(bets.map((bet) => [bet.intent.orderRef, bet]));
  const perRef = new Map<string, number>();
  for (const { orderRef } of truth) perRef.set(orderRef, (perRef.get(orderRef) ?? 0) + 1);
  const known = new Set(truth.map(({ betId }) => betId));
  const count = (test: (order: Truth) => boolean): number => truth.filter(test).length;
  return {
    intents: bets.length,
    orders: truth.length,
    lost: count(({ orderRef, betId }) => {
      const bet = byRef.get(orderRef);
      return bet !== undefined && bet.state.order?.betId !== betId;
    }),
    doubled: [...perRef.values()].filter((orders) => orders > 1).length,
    orphaned: count(({ orderRef }) => !byRef.has(orderRef)),
    wrong: count(({ orderRef, side, tick, sizeMinor }) => {
      const intent = byRef.get(orderRef)?.intent;
      return (
        intent !== undefined &&
        (intent.side !== side || intent.tick !== tick || intent.sizeMinor !== sizeMinor)
      );
    }),
    phantom: bets.filter(({ state }) => state.order !== null && !known.has(state.order.betId)).length,
    unresolved: bets.filter(({ state }) => !isOver(state)).length,
    pnlDiffMinor: profitOf(bets) - trueProfitMinor,
  };
}

function profitOf(bets: readonly Bet[]): number {
  return bets.reduce(
    (sum, { state }) => sum + (state.settled?.profitMinor ?? 0) - (state.commissionMinor ?? 0),
    0,
  );
}

export function violations(verdict: Verdict): number {
  const { intents: _intents, orders: _orders, ...bad } = verdict;
  return Object.values(bad).reduce((sum, value) => sum + Math.abs(value), 0);
}
