import { liabilityMinor } from "../domain/money.js";
import type { PriceSnapshot } from "../domain/price.js";
import type { Intent } from "../strategy/decide.js";
import type { Fills } from "../strategy/strategy.js";
import { asGood, takenPrice } from "../strategy/taken-price.js";

export interface Fill {
  /** Intents at the price they were had at. */
  readonly filled: readonly Intent[];
  /** Why the others were not. */
  readonly missed: readonly string[];
}

/**
 * Carry intents out.
 *
 * Without a latency every bet is had at the price it was decided on. With one, a bet is a limit order: it is had at the
 * next price of its source and side that was observed after decision and latency, but before kick-off, when that price,
 * less slippage, is no worse than the intent's; a better one is taken as it is. Without a further price there is no bet:
 * nobody knows whether it could have been had.
 */
export function fillIntents(
  intents: readonly Intent[],
  prices: readonly PriceSnapshot[],
  kickOff: number,
  fills: Fills,
): Fill {
  if (fills.latencyMs === null) return { filled: intents, missed: [] };
  const filled: Intent[] = [];
  const missed: string[] = [];
  for (const intent of intents) {
    const next = nextPrice(intent, prices, intent.asOf + fills.latencyMs, kickOff);
    const price = next === null ? 0 : takenPrice(intent.side, next.price, fills);
    if (next === null) missed.push(`no further price of ${intent.source} before kick-off`);
    else if (price === 0 || !asGood(intent.side, price, intent.price))
      missed.push(`${intent.source} had moved to ${next.price}`);
    else filled.push(at(intent, price, next));
  }
  return { filled, missed };
}

function nextPrice(
  { market, runner, line, source, side }: Intent,
  prices: readonly PriceSnapshot[],
  from: number,
  kickOff: number,
): PriceSnapshot | null {
  let next: PriceSnapshot | null = null;
  for (const price of prices) {
    const same =
      price.market === market && price.runner === runner && price.line === line && price.source === source;
    if (!same || price.side !== side || price.moment === "close") continue;
    if (price.observedAt <= from || price.observedAt >= kickOff) continue;
    if (next === null || price.observedAt < next.observedAt) next = price;
  }
  return next;
}

function at(intent: Intent, price: number, { observedAt }: PriceSnapshot): Intent {
  const { side, stakeMinor } = intent;
  return {
    ...intent,
    price,
    observedAt,
    liabilityMinor: side === "BACK" ? stakeMinor : liabilityMinor(stakeMinor, price),
    because: `${intent.because}; had at ${price}`,
  };
}
