import { CLASSIC } from "../../domain/ladder.js";
import type { Minor } from "../../domain/money.js";
import type { MarketBook } from "../recorded/book.js";
import { worstLossMinor } from "./exposure.js";
import {
  isLive,
  type OrderReason,
  type OrderRequest,
  type Persistence,
  type SimulatedOrder,
} from "./order.js";
import type { Simulation } from "./state.js";

/** Send an order. A request that no exchange would take is REFUSED at once; everything else is PENDING until due. */
export function placeOrder(simulation: Simulation, request: OrderRequest): SimulatedOrder {
  const { book, options, orders } = simulation;
  const order = createOrder(simulation, request);
  orders.push(order);
  const reason = requestFault(simulation, order);
  if (reason !== null) {
    order.status = "REFUSED";
    order.reason = reason;
    order.voidedMinor = order.sizeMinor;
    return order;
  }
  const delayMs = options.latencyMs.place + betDelayMs(book);
  simulation.actions.push({ kind: "place", order, sentAt: book.publishTime, delayMs });
  return order;
}

/** Ask for the unmatched part, or `sizeMinor` of it, to be taken out. It waits while the market is not open. */
export function cancelOrder(simulation: Simulation, order: SimulatedOrder, sizeMinor?: Minor): void {
  const { book, options } = simulation;
  const size = sizeMinor ?? Number.POSITIVE_INFINITY;
  simulation.actions.push({
    kind: "cancel",
    order,
    sizeMinor: size,
    sentAt: book.publishTime,
    delayMs: options.latencyMs.cancel,
  });
}

/** Ask for another persistence. */
export function updateOrder(simulation: Simulation, order: SimulatedOrder, persistence: Persistence): void {
  const { book, options } = simulation;
  simulation.actions.push({
    kind: "update",
    order,
    persistence,
    sentAt: book.publishTime,
    delayMs: options.latencyMs.update,
  });
}

/**
 * Ask for the unmatched part to be moved to another price: cancelled, then placed as a new order.
 *
 * Returns the new order, or null when the old one is no LIMIT order. The new order's size is what the cancellation frees.
 */
export function replaceOrder(
  simulation: Simulation,
  order: SimulatedOrder,
  price: number,
): SimulatedOrder | null {
  const { book, options, orders } = simulation;
  if (order.request.type !== "LIMIT") return null;
  const next = createOrder(simulation, { ...order.request, price });
  orders.push(next);
  if (next.tick < 0) {
    next.status = "REFUSED";
    next.reason = "INVALID_ODDS";
    next.voidedMinor = next.sizeMinor;
    return next;
  }
  const delayMs = options.latencyMs.replace + betDelayMs(book);
  simulation.actions.push({ kind: "replace", order, next, sentAt: book.publishTime, delayMs });
  return next;
}

/** Whether an order of ours on a runner can still be matched. */
export function hasLiveOrder({ orders }: Simulation, selectionId: number, handicap: number): boolean {
  return orders.some(
    (order) =>
      isLive(order) && order.request.selectionId === selectionId && order.request.handicap === handicap,
  );
}

function createOrder({ orders, recording, book }: Simulation, request: OrderRequest): SimulatedOrder {
  const limit = request.type === "LIMIT" ? request : null;
  return {
    id: orders.length + 1,
    request,
    runner: recording.runners.findIndex(
      ({ selectionId, handicap }) => selectionId === request.selectionId && handicap === request.handicap,
    ),
    tick: request.price === undefined ? -1 : orderTick(book, request.price),
    sentAt: book.publishTime,
    placedAt: null,
    status: "PENDING",
    reason: null,
    persistence: limit?.persistence ?? "LAPSE",
    fills: [],
    sizeMinor: limit?.sizeMinor ?? 0,
    matchedMinor: 0,
    cancelledMinor: 0,
    lapsedMinor: 0,
    voidedMinor: 0,
    ahead: 0,
    marketVersion: 0,
    liabilityMinor: request.type === "LIMIT" ? 0 : request.liabilityMinor,
  };
}

/** The tick of a price that may be bet at: books count finer than CLASSIC, orders may not. */
function orderTick({ ladder, definition }: MarketBook, price: number): number {
  if (definition?.ladderType === "CLASSIC" && CLASSIC.tick(price) < 0) return -1;
  return ladder.tick(price);
}

function requestFault(simulation: Simulation, order: SimulatedOrder): OrderReason | null {
  const { request } = order;
  if (order.runner < 0) return "INVALID_RUNNER";
  if (request.type !== "MARKET_ON_CLOSE" && order.tick < 0) return "INVALID_ODDS";
  const fault = request.type === "LIMIT" ? limitFault(simulation, order) : closeFault(simulation, order);
  if (fault !== null) return fault;
  const { maxLossMinor } = simulation.options;
  return maxLossMinor !== undefined && worstLossMinor(simulation) > maxLossMinor ? "EXPOSURE_LIMIT" : null;
}

function limitFault({ options }: Simulation, { request }: SimulatedOrder): OrderReason | null {
  if (request.type !== "LIMIT") return null;
  const { sizeMinor, price, minFillMinor } = request;
  if (!Number.isSafeInteger(sizeMinor) || sizeMinor <= 0) return "INVALID_BET_SIZE";
  const { minimum } = options;
  if (sizeMinor < minimum.sizeMinor && sizeMinor * price < minimum.payoutMinor) return "INVALID_BET_SIZE";
  if (minFillMinor === undefined) return null;
  const possible = request.fillOrKill === true && Number.isSafeInteger(minFillMinor) && minFillMinor > 0;
  return possible && minFillMinor <= sizeMinor ? null : "INVALID_MIN_FILL_SIZE";
}

function closeFault({ options }: Simulation, { request }: SimulatedOrder): OrderReason | null {
  if (request.type === "LIMIT") return null;
  const { liabilityMinor, side, type, price } = request;
  if (type === "LIMIT_ON_CLOSE" && price === undefined) return "INVALID_ODDS";
  const least = side === "LAY" ? options.minimum.bspLiabilityMinor : options.minimum.sizeMinor;
  return Number.isSafeInteger(liabilityMinor) && liabilityMinor >= least ? null : "INVALID_BET_SIZE";
}

function betDelayMs({ definition }: MarketBook): number {
  return (definition?.betDelay ?? 0) * 1000;
}
