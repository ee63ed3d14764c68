import type { Instant } from "../../core/clock.js";
import { toDecimal } from "../../domain/money.js";
import { averageOf } from "../simulator/average.js";
import { remainingMinor } from "../simulator/order.js";
import { ApiError, countOf, type Params, recordOf, textsOf } from "./api-error.js";
import type { Bet } from "./bet.js";
import { iso, SOCCER } from "./definition-json.js";
import type { Exchange } from "./exchange-state.js";
import { within } from "./list-markets.js";

const MOST_IDS = 250;
const PAGE = 1000;

/** listCurrentOrders: open orders, and matched ones until their market is settled. */
export function listCurrentOrders(exchange: Exchange, params: Params, now: Instant): object {
  const chosen = choose(exchange, params, now).filter(
    ({ settledAt, endedAt, order }) => settledAt === null && (endedAt === null || order.matchedMinor > 0),
  );
  const range = recordOf(params, "dateRange");
  return page(
    params,
    chosen.filter(({ placedAt }) => within(range, placedAt)).map(currentOrder),
    "currentOrders",
  );
}

/** Bets that the lists show by now and that a query's ids name, oldest first. */
function choose(exchange: Exchange, params: Params, now: Instant): Bet[] {
  const ids = idsOf(params, "betIds");
  const refs = idsOf(params, "customerOrderRefs");
  const strategies = idsOf(params, "customerStrategyRefs");
  const markets = idsOf(params, "marketIds");
  const named = (set: ReadonlySet<string> | null, value: string): boolean => set === null || set.has(value);
  return [...exchange.bets.values()].filter(
    (bet) =>
      bet.visibleAt <= now &&
      named(ids, bet.betId) &&
      named(refs, bet.orderRef) &&
      named(strategies, bet.strategyRef) &&
      named(markets, bet.marketId),
  );
}

function idsOf(params: Params, field: string): ReadonlySet<string> | null {
  const ids = textsOf(params, field);
  if (ids !== null && ids.length > MOST_IDS) throw new ApiError("TOO_MUCH_DATA", field);
  return ids === null ? null : new Set(ids);
}

function page(params: Params, items: readonly object[], name: string): object {
  const from = countOf(params, "fromRecord", 0);
  const count = Math.min(PAGE, countOf(params, "recordCount", PAGE) || PAGE);
  return { [name]: items.slice(from, from + count), moreAvailable: from + count < items.length };
}

function currentOrder(bet: Bet): object {
  const { order } = bet;
  const { request } = order;
  const { matchedMinor, hundredths } = averageOf(order.fills);
  const limit = request.type === "LIMIT";
  return {
    betId: bet.betId,
    marketId: bet.marketId,
    selectionId: request.selectionId,
    handicap: request.handicap,
    priceSize: { price: request.price ?? 0, size: limit ? toDecimal(order.sizeMinor) : 0 },
    bspLiability: limit ? 0 : toDecimal(order.liabilityMinor),
    side: request.side,
    status: bet.endedAt === null ? "EXECUTABLE" : "EXECUTION_COMPLETE",
    persistenceType: order.persistence,
    orderType: request.type,
    placedDate: iso(bet.placedAt),
    ...(bet.matchedAt === null ? {} : { matchedDate: iso(bet.matchedAt) }),
    averagePriceMatched: hundredths / 100,
    sizeMatched: toDecimal(matchedMinor),
    sizeRemaining: toDecimal(Math.max(0, remainingMinor(order))),
    sizeLapsed: toDecimal(order.lapsedMinor),
    sizeCancelled: toDecimal(order.cancelledMinor),
    sizeVoided: toDecimal(order.voidedMinor),
    regulatorCode: "PRACTICE",
    ...refsOf(bet),
  };
}

function refsOf({ orderRef, strategyRef }: Bet): object {
  return {
    ...(orderRef === "" ? {} : { customerOrderRef: orderRef }),
    ...(strategyRef === "" ? {} : { customerStrategyRef: strategyRef }),
  };
}

/**
 * listClearedOrders by bet or by market.
 *
 * A bet that was matched is SETTLED with its market. What lapsed or was cancelled of a bet is listed when the bet has
 * ended: at once when nothing of it was matched, else with its market.
 */
export function listClearedOrders(exchange: Exchange, params: Params, now: Instant): object {
  const { betStatus, groupBy = "BET" } = params;
  if (
    betStatus !== "SETTLED" &&
    betStatus !== "VOIDED" &&
    betStatus !== "LAPSED" &&
    betStatus !== "CANCELLED"
  )
    throw new ApiError("INVALID_INPUT_DATA", "betStatus");
  const range = recordOf(params, "settledDateRange");
  const cleared = choose(exchange, params, now)
    .map((bet) => ({ bet, at: clearedAt(bet, betStatus) }))
    .filter(({ at }) => at !== null && at <= now && within(range, at));
  if (groupBy === "MARKET") return page(params, marketsOf(exchange, cleared), "clearedOrders");
  if (groupBy !== "BET") throw new ApiError("INVALID_INPUT_DATA", "groupBy");
  return page(
    params,
    cleared.map(({ bet, at }) => clearedOrder(exchange, bet, betStatus, at ?? now)),
    "clearedOrders",
  );
}

type BetStatus = "SETTLED" | "VOIDED" | "LAPSED" | "CANCELLED";

function clearedAt({ order, settledAt, endedAt }: Bet, status: BetStatus): Instant | null {
  if (status === "SETTLED") return order.matchedMinor > 0 ? settledAt : null;
  const size = { VOIDED: order.voidedMinor, LAPSED: order.lapsedMinor, CANCELLED: order.cancelledMinor }[
    status
  ];
  if (size === 0) return null;
  return order.matchedMinor > 0 ? settledAt : endedAt;
}

function clearedOrder(exchange: Exchange, bet: Bet, status: BetStatus, at: Instant): object {
  const { order } = bet;
  const { request } = order;
  const { matchedMinor, hundredths } = averageOf(order.fills);
  const settled = status === "SETTLED";
  const gone = {
    SETTLED: 0,
    VOIDED: order.voidedMinor,
    LAPSED: order.lapsedMinor,
    CANCELLED: order.cancelledMinor,
  };
  return {
    eventTypeId: SOCCER,
    eventId: exchange.markets.get(bet.marketId)?.eventId ?? "",
    marketId: bet.marketId,
    selectionId: request.selectionId,
    handicap: request.handicap,
    betId: bet.betId,
    placedDate: iso(bet.placedAt),
    persistenceType: order.persistence,
    orderType: request.type,
    side: request.side,
    ...(settled ? { betOutcome: bet.profitMinor >= 0 ? "WON" : "LOST" } : {}),
    priceRequested: request.price ?? 0,
    settledDate: iso(at),
    ...(bet.matchedAt === null ? {} : { lastMatchedDate: iso(bet.matchedAt) }),
    betCount: 1,
    ...(settled ? { priceMatched: hundredths / 100 } : {}),
    priceReduced: false,
    ...(settled
      ? { sizeSettled: toDecimal(matchedMinor), profit: toDecimal(bet.profitMinor) }
      : { sizeCancelled: toDecimal(gone[status]) }),
    ...refsOf(bet),
  };
}

/** Profit before commission, and the commission, of each market that has settled bets among these. */
function marketsOf(exchange: Exchange, cleared: readonly { bet: Bet; at: Instant | null }[]): object[] {
  const markets = new Map<string, { at: Instant; bets: number }>();
  for (const { bet, at } of cleared) {
    const known = markets.get(bet.marketId);
    markets.set(bet.marketId, { at: at ?? 0, bets: (known?.bets ?? 0) + 1 });
  }
  return [...markets].map(([marketId, { at, bets }]) => {
    const money = exchange.settled.get(marketId) ?? { profitMinor: 0, commissionMinor: 0 };
    return {
      eventTypeId: SOCCER,
      eventId: exchange.markets.get(marketId)?.eventId ?? "",
      marketId,
      settledDate: iso(at),
      betCount: bets,
      profit: toDecimal(money.profitMinor),
      commission: toDecimal(money.commissionMinor),
    };
  });
}
