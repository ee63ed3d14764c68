import type { Minor } from "../../domain/money.js";
import { lossIf } from "../simulator/exposure.js";
import type { SimulatedOrder } from "../simulator/order.js";
import type { PracticeMarket } from "./market.js";

/**
 * The most a market can lose: what has ended is kept as sums, so that only what is open or on its way (`sent`) is gone
 * through. An order that waits out the bet delay counts as if it were matched where that hurts.
 */
export function marketExposure(market: PracticeMarket, sent: readonly SimulatedOrder[] = []): Minor {
  let worst = 0;
  for (let runner = 0; runner < market.runnerIds.length; runner++) {
    let loss = market.endedLoss[runner];
    for (const { order } of market.open) loss += lossIf(order, runner);
    for (const order of market.waiting) loss += lossIf(order, runner);
    for (const order of sent) loss += lossIf(order, runner);
    worst = Math.max(worst, loss);
  }
  return worst;
}

/** Count an order that can change no more. Once for each. */
export function countEnded(market: PracticeMarket, order: SimulatedOrder): void {
  if (order.matchedMinor === 0) return;
  for (let runner = 0; runner < market.runnerIds.length; runner++)
    market.endedLoss[runner] += lossIf(order, runner);
}
