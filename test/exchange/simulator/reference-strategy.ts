import { bestLayTick } from "../../../src/exchange/recorded/book.js";
import type { MarketRecording } from "../../../src/exchange/recorded/recording.js";
import type { SimulationOptions } from "../../../src/exchange/simulator/options.js";
import { isLive, type SimulatedOrder } from "../../../src/exchange/simulator/order.js";
import { cancelOrder, placeOrder } from "../../../src/exchange/simulator/send.js";
import { type SettledMarket, settle } from "../../../src/exchange/simulator/settle.js";
import { openSimulation, step } from "../../../src/exchange/simulator/simulation.js";

const WINDOW_MS = 30 * 60_000;
const PATIENCE_MS = 60_000;
const MOST_ORDERS = 200;

/**
 * The strategy behind ../shared/reference/fills, by the rules of its README: back GBP 2 at the best price there is to
 * lay on every active runner without a live order, from 30 minutes before the market time on; cancel after 60 s.
 */
export function runReference(
  recording: MarketRecording,
  options: Partial<SimulationOptions> = {},
): SettledMarket {
  const simulation = openSimulation(recording, options);
  const { book } = simulation;
  const placed = recording.runners.map(() => 0);
  const current: (SimulatedOrder | null)[] = recording.runners.map(() => null);
  const asked = new Set<number>();
  while (step(simulation)) {
    const { definition } = book;
    if (definition === null || definition.status !== "OPEN") continue;
    if (book.publishTime <= definition.marketTime - WINDOW_MS) continue;
    for (const order of current) {
      if (order === null || order.status !== "EXECUTABLE" || asked.has(order.id)) continue;
      if (book.publishTime - (order.placedAt ?? book.publishTime) < PATIENCE_MS) continue;
      asked.add(order.id);
      cancelOrder(simulation, order);
    }
    book.runners.forEach((runner, index) => {
      const last = current[index];
      if (runner.defined?.status !== "ACTIVE" || (last !== null && isLive(last))) return;
      const tick = bestLayTick(runner);
      if (placed[index] >= MOST_ORDERS || tick < 0) return;
      placed[index] += 1;
      current[index] = placeOrder(simulation, {
        type: "LIMIT",
        selectionId: runner.selectionId,
        handicap: runner.handicap,
        side: "BACK",
        price: book.ladder.price(tick),
        sizeMinor: 200,
        persistence: "LAPSE",
      });
    });
  }
  return settle(simulation.orders, book.definition);
}
