import type { Minor } from "../domain/money.js";
import type { ClearedOrder } from "../exchange/venue.js";
import type { Bet } from "./bet.js";
import type { BetEvent } from "./bet-event.js";
import type { OrderFacts } from "./order-facts.js";

/**
 * What the cleared rows of one order say of a bet: how its size ended, then what it paid.
 *
 * A venue lists an order under every status that a part of it came to. What was matched waits for its SETTLED row
 * while the order still stands; an order of which nothing was matched is settled at nothing.
 */
export function clearedEvents(
  { intent: { sizeMinor, orderRef: _ref } }: Pick<Bet, "intent">,
  rows: readonly ClearedOrder[],
  stillStands: boolean,
  at: number,
): BetEvent[] {
  const paid = rows.find(({ status }) => status === "SETTLED");
  if (!paid && stillStands) return [];
  const [row] = rows;
  if (!row) return [];
  const settledMinor = paid?.settledMinor ?? 0;
  const last = rows.reduce((latest, each) => Math.max(latest, each.settledAt), 0);
  return [
    { kind: "seen", at, order: endedOrder(row, rows, sizeMinor, settledMinor, paid) },
    {
      kind: "settled",
      at,
      facts: {
        betId: row.betId,
        settledAt: paid?.settledAt ?? last,
        settledMinor,
        priceMatched: paid?.priceMatched ?? null,
        profitMinor: paid?.profitMinor ?? 0,
      },
    },
  ];
}

/** The order with nothing left of it. What no row accounts for has lapsed. */
function endedOrder(
  row: ClearedOrder,
  rows: readonly ClearedOrder[],
  sizeMinor: Minor,
  matchedMinor: Minor,
  paid: ClearedOrder | undefined,
): OrderFacts {
  const rest = sizeMinor - matchedMinor;
  const voidedMinor = Math.min(rest, goneAs(rows, "VOIDED"));
  const cancelledMinor = Math.min(rest - voidedMinor, goneAs(rows, "CANCELLED"));
  return {
    betId: row.betId,
    placedAt: row.placedAt,
    sizeMinor,
    matchedMinor,
    averagePrice: matchedMinor > 0 ? (paid?.priceMatched ?? null) : null,
    remainingMinor: 0,
    lapsedMinor: rest - voidedMinor - cancelledMinor,
    cancelledMinor,
    voidedMinor,
  };
}

function goneAs(rows: readonly ClearedOrder[], status: ClearedOrder["status"]): Minor {
  return rows
    .filter((row) => row.status === status)
    .reduce((sum, { sizeCancelledMinor }) => sum + sizeCancelledMinor, 0);
}
