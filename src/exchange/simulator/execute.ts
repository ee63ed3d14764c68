import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import { sizeAt } from "../recorded/levels.js";
import { finish, lapse } from "./lapse.js";
import {
  type OrderReason,
  ownLadder,
  type Persistence,
  remainingMinor,
  type SimulatedOrder,
} from "./order.js";
import type { Action, Simulation } from "./state.js";
import { takeAtAverage, takeAtLimit } from "./take.js";

/** Execute everything that is due by `now`, in the order it was sent, on the book as it stands. */
export function executeDue(simulation: Simulation, now: Instant): void {
  const { actions } = simulation;
  simulation.actions = [];
  const waiting: Action[] = [];
  for (const action of actions)
    if (now - action.sentAt <= action.delayMs || !execute(simulation, action, now)) waiting.push(action);
  simulation.actions.unshift(...waiting);
}

/** False when the action has to wait: cancellations and updates do while the market is not open. */
function execute(simulation: Simulation, action: Action, now: Instant): boolean {
  const { order } = action;
  if (action.kind === "place") {
    place(simulation, order, now);
    return true;
  }
  if (order.status === "PENDING") return false;
  if (simulation.book.definition?.status !== "OPEN")
    return order.status !== "EXECUTABLE" && settleLost(action);
  if (action.kind === "cancel") cancel(order, action.sizeMinor);
  else if (action.kind === "update") update(simulation, order, action.persistence);
  else replace(simulation, order, action.next, now);
  return true;
}

/** Nothing is left of the order: the action is done, and an order that was to take its place never comes to be. */
function settleLost(action: Action): boolean {
  if (action.kind === "replace") refuse(action.next, "CANCELLED");
  return true;
}

/** Cancel, then place what that freed. Nothing freed, nothing placed. */
function replace(simulation: Simulation, order: SimulatedOrder, next: SimulatedOrder, now: Instant): void {
  const freed = order.status === "EXECUTABLE" ? cancel(order, Number.POSITIVE_INFINITY) : 0;
  if (freed === 0) {
    refuse(next, "CANCELLED");
    return;
  }
  next.sizeMinor = freed;
  next.persistence = order.persistence;
  place(simulation, next, now);
}

function place(simulation: Simulation, order: SimulatedOrder, now: Instant): void {
  const { book } = simulation;
  const reason = placeFault(simulation, order);
  if (reason !== null) {
    refuse(order, reason);
    return;
  }
  order.status = "EXECUTABLE";
  order.placedAt = now;
  order.marketVersion = book.definition?.version ?? 0;
  simulation.live.push(order);
  simulation.watch.wanted[order.runner] = 1;
  if (order.request.type === "LIMIT") enterBook(simulation, order);
}

function placeFault(
  { book, recording }: Simulation,
  { request, runner }: SimulatedOrder,
): OrderReason | null {
  const { definition } = book;
  if (definition === null || definition.status !== "OPEN") return "MARKET_NOT_OPEN_FOR_BETTING";
  if (request.marketVersion !== undefined && definition.version > request.marketVersion)
    return "MARKET_VERSION";
  const status = book.runners[runner]?.defined?.status;
  if (status === "REMOVED" || status === "REMOVED_VACANT") return "RUNNER_REMOVED";
  if (status !== "ACTIVE" || runner >= recording.runners.length) return "INVALID_RUNNER";
  const late = !definition.bspMarket || definition.bspReconciled || definition.inPlay;
  return request.type !== "LIMIT" && late ? "MARKET_NOT_OPEN_FOR_BSP_BETTING" : null;
}

/** Take what is there, then queue behind what stands at the price on our own side, with nothing to take too. */
function enterBook(simulation: Simulation, order: SimulatedOrder): void {
  const { request } = order;
  if (request.type !== "LIMIT") return;
  if (request.fillOrKill === true) {
    const filled = takeAtAverage(simulation, order, request.minFillMinor ?? request.sizeMinor);
    lapse(order, "FILL_OR_KILL");
    if (!filled) order.status = "EXPIRED";
    return;
  }
  takeAtLimit(simulation, order);
  const own = ownLadder(request.side, simulation.book.runners[order.runner]);
  order.ahead = sizeAt(own, order.tick) / 100;
  if (remainingMinor(order) === 0) order.status = "EXECUTION_COMPLETE";
}

/** Returns what was freed. */
function cancel(order: SimulatedOrder, sizeMinor: Minor): Minor {
  if (order.request.type !== "LIMIT" || order.status !== "EXECUTABLE") return 0;
  const freed = Math.min(sizeMinor, remainingMinor(order));
  order.cancelledMinor += freed;
  if (remainingMinor(order) === 0) finish(order, "CANCELLED");
  return freed;
}

function update({ book }: Simulation, order: SimulatedOrder, persistence: Persistence): void {
  if (order.request.type === "LIMIT" && book.definition?.persistenceEnabled === true)
    order.persistence = persistence;
}

function refuse(order: SimulatedOrder, reason: OrderReason): void {
  order.status = "REFUSED";
  order.reason = reason;
  order.voidedMinor = order.sizeMinor;
}
