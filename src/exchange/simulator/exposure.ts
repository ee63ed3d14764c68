import { liabilityMinor, type Minor } from "../../domain/money.js";
import { averageOf } from "./average.js";
import { isLive, remainingMinor, type SimulatedOrder } from "./order.js";
import type { Simulation } from "./state.js";

/**
 * The most that the market can lose us if one runner wins: matched bets as they are, everything still unmatched, sent
 * but not executed orders included, as if it were matched where that hurts.
 */
export function worstLossMinor({ orders, recording }: Simulation): Minor {
  const counted = orders.filter((order) => order.matchedMinor > 0 || isLive(order));
  const runners = recording.runners.map((_, index) => index);
  return Math.max(
    0,
    ...runners.map((winner) => counted.reduce((sum, order) => sum + lossIf(order, winner), 0)),
  );
}

/** Loss of an order if `winner` wins, negative for a gain that is certain. */
export function lossIf(order: SimulatedOrder, winner: number): Minor {
  const wins = order.runner === winner;
  const { matchedMinor, hundredths } = averageOf(order.fills);
  const gain = matchedMinor === 0 ? 0 : liabilityMinor(matchedMinor, hundredths / 100);
  const back = wins ? -gain : matchedMinor;
  const matched = order.request.side === "BACK" ? back : -back;
  return matched + (isLive(order) ? openLossIf(order, wins) : 0);
}

function openLossIf(order: SimulatedOrder, wins: boolean): Minor {
  const { request } = order;
  if (request.side === "BACK") return wins ? 0 : openStake(order);
  if (!wins) return 0;
  return request.type === "LIMIT"
    ? liabilityMinor(remainingMinor(order), request.price)
    : order.liabilityMinor;
}

function openStake(order: SimulatedOrder): Minor {
  return order.request.type === "LIMIT" ? remainingMinor(order) : order.liabilityMinor;
}
