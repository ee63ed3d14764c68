import type { Minor } from "../../domain/money.js";
import { toHundredths } from "./exact.js";
import type { Fill, SimulatedOrder } from "./order.js";

/** Matched size and average price x 100 of fills, the average rounded to two decimals as the exchange shows it. */
export function averageOf(fills: readonly Fill[]): { matchedMinor: Minor; hundredths: number } {
  let matchedMinor = 0;
  let matched = 0;
  let weighted = 0;
  for (const { hundredths, sizeMinor } of fills) {
    matchedMinor += sizeMinor;
    matched += sizeMinor / 100;
    weighted += (hundredths / 100) * (sizeMinor / 100);
  }
  return { matchedMinor, hundredths: matchedMinor === 0 ? 0 : toHundredths(weighted / matched) };
}

/** Add a fill of a size > 0. */
export function addFill(order: SimulatedOrder, fill: Fill): void {
  order.fills.push(fill);
  order.matchedMinor += fill.sizeMinor;
}
