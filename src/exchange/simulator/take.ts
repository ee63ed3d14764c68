import type { Minor } from "../../domain/money.js";
import { bestTick, nextWorseTick, sizeAt } from "../recorded/levels.js";
import { addFill } from "./average.js";
import { oppositeLadder, reaches, remainingMinor, type SimulatedOrder } from "./order.js";
import type { Simulation } from "./state.js";

interface Offer {
  readonly tick: number;
  readonly hundredths: number;
  readonly sizeMinor: Minor;
}

/** Match what is on offer at the order's price or better, best first. */
export function takeAtLimit(simulation: Simulation, order: SimulatedOrder): void {
  for (const offer of offersFor(simulation, order)) {
    const remaining = remainingMinor(order);
    if (remaining === 0 || !reaches(order.request.side, offer.tick, order.tick)) return;
    take(simulation, order, offer, Math.min(remaining, offer.sizeMinor));
  }
}

/**
 * Match as much as keeps the average at the order's price or better, if that is `leastMinor` or more; else nothing.
 *
 * Source: Betfair, "Fill or Kill": the limit is on the volume-weighted average, single parts may be worse.
 */
export function takeAtAverage(simulation: Simulation, order: SimulatedOrder, leastMinor: Minor): boolean {
  const limit = hundredthsAt(simulation, order.tick);
  const sign = order.request.side === "BACK" ? 1 : -1;
  const parts: { offer: Offer; sizeMinor: Minor }[] = [];
  let left = order.sizeMinor;
  let surplus = 0;
  for (const offer of offersFor(simulation, order)) {
    const gain = (offer.hundredths - limit) * sign;
    const affordable = gain >= 0 ? left : Math.floor(surplus / -gain);
    const sizeMinor = Math.min(left, offer.sizeMinor, affordable);
    if (sizeMinor === 0) break;
    parts.push({ offer, sizeMinor });
    surplus += gain * sizeMinor;
    left -= sizeMinor;
  }
  if (order.sizeMinor - left < leastMinor) return false;
  for (const { offer, sizeMinor } of parts) take(simulation, order, offer, sizeMinor);
  return true;
}

/** What an order can take, best first, without what ours have taken already. */
function* offersFor(simulation: Simulation, order: SimulatedOrder): Generator<Offer> {
  const ladder = oppositeLadder(order.request.side, simulation.book.runners[order.runner]);
  if (ladder === null) return;
  for (let tick = bestTick(ladder); tick >= 0; tick = nextWorseTick(ladder, tick)) {
    const sizeMinor = sizeAt(ladder, tick) - (simulation.taken.get(takenKey(order, tick)) ?? 0);
    if (sizeMinor > 0) yield { tick, hundredths: hundredthsAt(simulation, tick), sizeMinor };
  }
}

function take(simulation: Simulation, order: SimulatedOrder, offer: Offer, sizeMinor: Minor): void {
  addFill(order, { at: simulation.book.publishTime, hundredths: offer.hundredths, sizeMinor });
  if (!simulation.options.takeOnce) return;
  const key = takenKey(order, offer.tick);
  simulation.taken.set(key, (simulation.taken.get(key) ?? 0) + sizeMinor);
}

/** Price x 100. On a line every bet is at evens, whatever the line. */
function hundredthsAt({ book }: Simulation, tick: number): number {
  return Math.round(book.ladder.price(tick) * 100);
}

const TICKS = 0x20000;

function takenKey({ runner, request }: SimulatedOrder, tick: number): number {
  return (2 * runner + (request.side === "BACK" ? 0 : 1)) * TICKS + tick;
}

/**
 * After an update: what was taken cannot be more than what the recording still shows at that price.
 *
 * The recording knows nothing of our orders and goes on showing what we took; once it is traded or cancelled there,
 * whatever comes later is somebody else's and can be taken.
 */
export function forgetTaken({ taken, book }: Simulation): void {
  for (const [key, sizeMinor] of taken) {
    const tick = key % TICKS;
    const which = Math.floor(key / TICKS);
    const runner = book.runners[which >> 1];
    const shown = sizeAt(which % 2 === 0 ? runner.back : runner.lay, tick);
    if (shown === 0) taken.delete(key);
    else if (shown < sizeMinor) taken.set(key, shown);
  }
}
