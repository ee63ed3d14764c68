import { CLASSIC, classicFloor } from "../domain/ladder.js";
import type { Side } from "../domain/price.js";
import type { Fills } from "./strategy.js";

/**
 * Price that is had where `price` was seen: worse by the slippage on the net odds, then by so many steps of the
 * exchange's ladder; 0 when nothing worth a bet is left (a back at evens of its own stake, a lay above the ladder).
 *
 * Cut to thousandths against us, so that it prints as it is reckoned.
 */
export function takenPrice(
  side: Side,
  price: number,
  { slippage, ticks }: Pick<Fills, "slippage" | "ticks">,
): number {
  const slipped = slippage === 0 ? price : worsened(side, price, slippage);
  return ticks === 0 || slipped === 0 ? slipped : stepped(side, slipped, ticks);
}

/** The worst price that will do once it may move by `maxMove` of the net odds. */
export function worstPrice(side: Side, price: number, { maxMove }: Pick<Fills, "maxMove">): number {
  return maxMove === 0 ? price : worsened(side, price, maxMove);
}

/** Whether a price is at least as good as a limit: as high to back, as low to lay. */
export function asGood(side: Side, price: number, limit: number): boolean {
  return side === "BACK" ? price >= limit - 1e-9 : price <= limit + 1e-9;
}

function worsened(side: Side, price: number, share: number): number {
  const net = price - 1;
  const worse =
    side === "BACK"
      ? Math.floor(1000 * (1 + net * (1 - share)) + 1e-6) / 1000
      : Math.ceil(1000 * (1 + net * (1 + share)) - 1e-6) / 1000;
  return worse > 1 ? worse : 0;
}

function stepped(side: Side, price: number, ticks: number): number {
  if (price < CLASSIC.price(0) || price > CLASSIC.price(CLASSIC.ticks - 1)) return 0;
  const floor = classicFloor(price);
  if (side === "BACK") return floor >= ticks ? CLASSIC.price(floor - ticks) : 0;
  const above = CLASSIC.price(floor) < price - 1e-9 ? 1 : 0;
  const step = floor + above + ticks;
  return step < CLASSIC.ticks ? CLASSIC.price(step) : 0;
}
