import { invariant } from "../../core/assert.js";
import { sizeAt } from "../recorded/levels.js";
import { addFill } from "./average.js";
import { toHundredths } from "./exact.js";
import { closeMarket, finish, lapse } from "./lapse.js";
import { ownLadder, reaches, remainingMinor, type SimulatedOrder } from "./order.js";
import { removeRunners } from "./removal.js";
import { matchAtStart, takesStart } from "./starting-price.js";
import type { Simulation } from "./state.js";
import { forgetTaken } from "./take.js";

/** Traded on one runner in this update, by tick ascending; what an order has used is gone for the next. */
interface Trade {
  readonly tick: number;
  /** In currency units; the exchange counts both sides, so half of it was on ours. */
  amount: number;
}

const TICKS = 0x20000;

/** Everything an update does to our orders, in the order given at `step`. */
export function matchUpdate(simulation: Simulation): void {
  const { book, seen, live, options, taken, traded } = simulation;
  const { definition } = book;
  if (definition === null) return;
  simulation.seen = definition;
  const changed = definition !== seen;
  // Without orders too: a runner that went before our first order must not reduce it later.
  if (changed) removeRunners(simulation);
  if (simulation.orders.length === 0) return;
  // Nearly every update: nothing traded where we stand, nothing new about the market.
  const quiet = !changed && traded.size === 0 && options.queue === "peer";
  if (live.length > 0 && !quiet) matchLive(simulation, definition.inPlay && seen?.inPlay === false);
  if (taken.size > 0) forgetTaken(simulation);
  if (definition.status === "CLOSED") closeMarket(simulation, "MARKET_CLOSED");
}

function matchLive(simulation: Simulation, turned: boolean): void {
  const trades = tradesOf(simulation);
  for (const order of inTurn(simulation.live)) matchOrder(simulation, order, turned, trades);
  simulation.live = simulation.live.filter(({ status }) => status === "EXECUTABLE");
  simulation.watch.wanted.fill(0);
  for (const { runner } of simulation.live) simulation.watch.wanted[runner] = 1;
}

function matchOrder(
  simulation: Simulation,
  order: SimulatedOrder,
  turned: boolean,
  trades: ReadonlyMap<number, Trade[]>,
): void {
  const { definition } = simulation.book;
  invariant(definition !== null, "orders rest in a market without a definition");
  if (order.status !== "EXECUTABLE") return;
  if (definition.bspReconciled && takesStart(order)) {
    matchAtStart(simulation, order);
    return;
  }
  if (order.request.type !== "LIMIT" || definition.status === "CLOSED") return;
  if (lapses(simulation, order, turned)) {
    lapse(order, turned ? "TURNED_IN_PLAY" : "MARKET_SUSPENDED");
    return;
  }
  for (const trade of trades.get(order.runner) ?? []) serve(simulation, order, trade);
  if (simulation.options.queue !== "peer") lookAtQueue(simulation, order);
  if (remainingMinor(order) === 0) finish(order, null);
}

/** A material event: the version moves on while the market is suspended. PERSIST orders outlive it. */
function lapses({ book, options }: Simulation, order: SimulatedOrder, turned: boolean): boolean {
  const { definition } = book;
  if (definition === null) return false;
  const moved = definition.version !== order.marketVersion;
  order.marketVersion = definition.version;
  if (order.persistence !== "LAPSE") return false;
  return (moved && definition.status === "SUSPENDED") || (turned && options.lapseInPlay);
}

/**
 * Let one traded price run down the queue in front, then fill the order at its own price.
 *
 * The queue is counted in doubles, in the very steps of the reference simulation, because the double decides which way
 * half a penny goes. What is matched is whole minor units from here on.
 */
function serve({ book }: Simulation, order: SimulatedOrder, trade: Trade): void {
  if (trade.amount === 0 || !reaches(order.request.side, trade.tick, order.tick)) return;
  const half = trade.amount / 2;
  if (order.ahead - half >= 0) {
    order.ahead -= half;
    trade.amount = 0;
    return;
  }
  const sizeMinor = toHundredths(Math.min(remainingMinor(order) / 100, half - order.ahead));
  trade.amount = Math.max(0, trade.amount - (order.ahead + sizeMinor / 100) * 2);
  order.ahead = 0;
  if (sizeMinor === 0) return;
  const hundredths = Math.round(book.ladder.price(order.tick) * 100);
  addFill(order, { at: book.publishTime, hundredths, sizeMinor });
}

/** Hold the queue against what is visible: newcomers in front of us, or those who left. */
function lookAtQueue({ book, options }: Simulation, order: SimulatedOrder): void {
  const visible = sizeAt(ownLadder(order.request.side, book.runners[order.runner]), order.tick) / 100;
  const bound = options.queue === "pessimistic" ? Math.max : Math.min;
  order.ahead = bound(order.ahead, visible);
}

/** What traded in this update on runners of ours. */
function tradesOf({ traded, book }: Simulation): Map<number, Trade[]> {
  const trades = new Map<number, Trade[]>();
  for (const [key, before] of traded) {
    const runner = Math.floor(key / TICKS);
    const tick = key % TICKS;
    const tradedMinor = sizeAt(book.runners[runner].traded, tick) - before;
    if (tradedMinor <= 0) continue;
    const list = trades.get(runner) ?? [];
    list.push({ tick, amount: tradedMinor / 100 });
    trades.set(runner, list);
  }
  for (const list of trades.values()) list.sort((a, b) => a.tick - b.tick);
  return trades;
}

/** Layers from the highest price down, backers from the lowest up, older orders first at one price. */
function inTurn(live: readonly SimulatedOrder[]): readonly SimulatedOrder[] {
  if (live.length === 1) return live;
  const rank = ({ request, tick }: SimulatedOrder) => (request.side === "LAY" ? -tick : TICKS + tick);
  return [...live].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
}
