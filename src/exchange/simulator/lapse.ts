import { type OrderReason, remainingMinor, type SimulatedOrder } from "./order.js";
import type { Simulation } from "./state.js";

/** What is unmatched lapses. */
export function lapse(order: SimulatedOrder, reason: OrderReason): void {
  const remaining = remainingMinor(order);
  order.lapsedMinor += remaining;
  finish(order, remaining > 0 || order.request.type !== "LIMIT" ? reason : null);
}

/** The order takes no further part. */
export function finish(order: SimulatedOrder, reason: OrderReason | null): void {
  order.status = "EXECUTION_COMPLETE";
  order.reason ??= reason;
}

/** Nothing more will happen: what rests lapses, what was sent never arrives. */
export function closeMarket(simulation: Simulation, reason: OrderReason): void {
  for (const order of simulation.live) if (order.status === "EXECUTABLE") lapse(order, reason);
  for (const action of simulation.actions) {
    const order = action.kind === "replace" ? action.next : action.order;
    if (order.status === "PENDING") lapse(order, reason);
  }
  simulation.live = [];
  simulation.actions = [];
}
