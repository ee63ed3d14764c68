import { addFill } from "./average.js";
import { toHundredths } from "./exact.js";
import { finish, lapse } from "./lapse.js";
import { remainingMinor, type SimulatedOrder } from "./order.js";
import type { Simulation } from "./state.js";

/** Whether an order goes to the starting price once that is known. */
export function takesStart({ request, persistence }: SimulatedOrder): boolean {
  return request.type !== "LIMIT" || persistence === "MARKET_ON_CLOSE";
}

/**
 * Match an order at the reconciled starting price of its runner.
 *
 * A runner without one (the exchange writes NaN when nobody bet on both sides) leaves the order waiting: it lapses at
 * the close. Source: Betfair, "Starting Price betting".
 */
export function matchAtStart(simulation: Simulation, order: SimulatedOrder): void {
  const { book, options } = simulation;
  const price = book.runners[order.runner]?.defined?.startingPrice ?? null;
  if (price === null) {
    if (book.definition?.status === "CLOSED") lapse(order, "NO_STARTING_PRICE");
    return;
  }
  if (!acceptable(order, price)) {
    lapse(order, "STARTING_PRICE_LIMIT");
    return;
  }
  if (order.request.type === "LIMIT" && order.request.side === "LAY") {
    layRest(order, price, book.publishTime, options.minimum.bspLiabilityMinor);
    return;
  }
  const size = order.request.type === "LIMIT" ? remainingMinor(order) : startingSize(order, price);
  if (order.request.type !== "LIMIT") order.sizeMinor = size;
  if (size > 0) addFill(order, { at: book.publishTime, hundredths: price * 100, sizeMinor: size });
  finish(order, null);
}

function acceptable({ request }: SimulatedOrder, price: number): boolean {
  if (request.type !== "LIMIT_ON_CLOSE" || request.price === undefined) return true;
  return request.side === "BACK" ? price >= request.price : price <= request.price;
}

function startingSize({ request, liabilityMinor }: SimulatedOrder, price: number): number {
  return request.side === "BACK" ? liabilityMinor : toHundredths(liabilityMinor / 100 / (price - 1));
}

/** What is left of a lay keeps its liability, not its size: the liability decides whether it is large enough. */
function layRest(order: SimulatedOrder, price: number, at: number, leastMinor: number): void {
  if (order.request.type !== "LIMIT") return;
  const remaining = remainingMinor(order);
  const liability = (order.request.price - 1) * (remaining / 100);
  if (liability < leastMinor / 100) {
    lapse(order, "STARTING_PRICE_LIABILITY");
    return;
  }
  const size = toHundredths(liability / (price - 1));
  // At a lower starting price the same liability is a larger bet.
  order.sizeMinor += Math.max(0, size - remaining);
  order.cancelledMinor += Math.max(0, remaining - size);
  if (size > 0) addFill(order, { at, hundredths: price * 100, sizeMinor: size });
  finish(order, null);
}
