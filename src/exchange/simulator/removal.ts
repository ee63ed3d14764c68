import { roundHalfEven } from "../../domain/money.js";
import type { RunnerBook } from "../recorded/book.js";
import { toHundredths } from "./exact.js";
import { isLive, type SimulatedOrder } from "./order.js";
import type { Simulation } from "./state.js";

/** Percent from which a withdrawal reduces the prices of matched bets. Source: Betfair, "Rule 4 and reduction factors". */
const LEAST_REDUCTION = 2.5;
const LOWEST = 101;
const PLACE_MARKETS = ["PLACE", "OTHER_PLACE"];

/**
 * Deal with runners that have just been removed: their orders are void, matched or not; the matched prices of the others
 * are reduced, and the liabilities of lays at the starting price with them.
 */
export function removeRunners(simulation: Simulation): void {
  const { book, removed } = simulation;
  book.runners.forEach(({ defined }, index) => {
    if (defined?.status !== "REMOVED" || removed.has(index)) return;
    removed.add(index);
    for (const order of simulation.orders) {
      if (order.runner === index) voidOrder(order);
      else reduce(simulation, order, defined.adjustmentFactor ?? 0);
    }
  });
  simulation.live = simulation.live.filter(({ status }) => status === "EXECUTABLE");
}

function voidOrder(order: SimulatedOrder): void {
  if (order.status === "REFUSED") return;
  order.voidedMinor = order.sizeMinor;
  order.matchedMinor = 0;
  order.cancelledMinor = 0;
  order.lapsedMinor = 0;
  order.fills = [];
  if (order.status === "PENDING") return;
  order.status = "EXECUTION_COMPLETE";
  order.reason = "RUNNER_REMOVED";
}

function reduce(simulation: Simulation, order: SimulatedOrder, percent: number): void {
  const { book } = simulation;
  const { type, side } = order.request;
  if (type === "MARKET_ON_CLOSE" && side === "LAY" && isLive(order))
    order.liabilityMinor = roundHalfEven(
      order.liabilityMinor * liabilityShare(simulation, book.runners[order.runner], percent),
    );
  else if (percent >= LEAST_REDUCTION)
    order.fills = order.fills.map((fill) => ({ ...fill, hundredths: reduced(fill.hundredths, percent) }));
}

function reduced(hundredths: number, percent: number): number {
  return Math.max(LOWEST, toHundredths((hundredths / 100) * (1 - percent / 100)));
}

/** What is left of a lay's liability: in a win market the factor is of the runners that were in it with this one. */
function liabilityShare({ book }: Simulation, runner: RunnerBook | undefined, percent: number): number {
  if (PLACE_MARKETS.includes(book.definition?.marketType ?? "")) return 1 - percent / 100;
  return 1 - percent / (100 - (runner?.defined?.adjustmentFactor ?? 0));
}
