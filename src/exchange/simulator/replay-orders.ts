import type { Instant } from "../../core/clock.js";
import type { MarketRecording } from "../recorded/recording.js";
import type { SimulationOptions } from "./options.js";
import type { Fill, LimitRequest, SimulatedOrder } from "./order.js";
import { placeOrder } from "./send.js";
import { type SettledMarket, settle } from "./settle.js";
import { openSimulation, step } from "./simulation.js";

/** An order and the instant at which it is sent: on the first update at or after it. */
export interface TimedOrder {
  readonly at: Instant;
  readonly request: LimitRequest;
}

/** Replay a market with orders sent at their instants, ascending, and settle them. One settled order each, in order. */
export function replayOrders(
  recording: MarketRecording,
  orders: readonly TimedOrder[],
  options: Partial<SimulationOptions> = {},
): SettledMarket {
  const simulation = openSimulation(recording, options);
  let next = 0;
  while (step(simulation))
    for (; next < orders.length && orders[next].at <= simulation.book.publishTime; next++)
      placeOrder(simulation, orders[next].request);
  return settle(simulation.orders, simulation.book.definition);
}

/** Settle orders as if each had been matched whole, at once and at its own price: what no queue could better. */
export function settleWhole(recording: MarketRecording, orders: readonly TimedOrder[]): SettledMarket {
  const matched = orders.map(({ at, request }, i) => matchedWhole(recording, at, request, i + 1));
  return settle(matched, recording.definitions.at(-1) ?? null);
}

function matchedWhole(
  { runners }: MarketRecording,
  at: Instant,
  request: LimitRequest,
  id: number,
): SimulatedOrder {
  const { sizeMinor, price, persistence, selectionId, handicap } = request;
  const fill: Fill = { at, hundredths: Math.round(price * 100), sizeMinor };
  return {
    id,
    request,
    runner: runners.findIndex((key) => key.selectionId === selectionId && key.handicap === handicap),
    tick: -1,
    sentAt: at,
    placedAt: at,
    status: "EXECUTION_COMPLETE",
    reason: null,
    persistence,
    fills: [fill],
    sizeMinor,
    matchedMinor: sizeMinor,
    cancelledMinor: 0,
    lapsedMinor: 0,
    voidedMinor: 0,
    ahead: 0,
    marketVersion: 0,
    liabilityMinor: 0,
  };
}
