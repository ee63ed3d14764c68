import type { Instant } from "../core/clock.js";
import type { Minor } from "../domain/money.js";

/** An order as the venue shows it. matched + remaining + lapsed + cancelled + voided = size. */
export interface OrderFacts {
  readonly betId: string;
  readonly placedAt: Instant;
  readonly sizeMinor: Minor;
  readonly matchedMinor: Minor;
  /** Mean matched price, a decimal; null while nothing is matched. */
  readonly averagePrice: number | null;
  readonly remainingMinor: Minor;
  readonly lapsedMinor: Minor;
  readonly cancelledMinor: Minor;
  readonly voidedMinor: Minor;
}

/** Stages of an order that stands at the venue, by what became of its size. */
export type OrderStage = "PLACED" | "PART_MATCHED" | "MATCHED" | "LAPSED" | "CANCELLED" | "VOIDED";

export function orderStage(order: OrderFacts): OrderStage {
  if (order.remainingMinor > 0) return order.matchedMinor > 0 ? "PART_MATCHED" : "PLACED";
  if (order.matchedMinor > 0) return "MATCHED";
  if (order.voidedMinor > 0) return "VOIDED";
  return order.cancelledMinor > 0 ? "CANCELLED" : "LAPSED";
}

/** Why a venue's word on an order cannot be; null when it can. An overfill is refused, not believed. */
export function orderFault(order: OrderFacts, wantedMinor: Minor): string | null {
  const parts = [
    order.matchedMinor,
    order.remainingMinor,
    order.lapsedMinor,
    order.cancelledMinor,
    order.voidedMinor,
  ];
  if (parts.some((part) => !Number.isInteger(part) || part < 0)) return "a part of the size is no amount";
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum !== order.sizeMinor) return `the parts of the size add up to ${sum}, not ${order.sizeMinor}`;
  if (order.sizeMinor !== wantedMinor) return `the size is ${order.sizeMinor}, asked were ${wantedMinor}`;
  return order.matchedMinor > 0 && !(Number(order.averagePrice) > 1) ? "it is matched at no price" : null;
}

/**
 * Whether `news` of the same order is later than what is known: what remains only shrinks, and of two with the same
 * remainder the one with more voided is later, because a withdrawn runner voids what was matched.
 */
export function isLater(known: OrderFacts, news: OrderFacts): boolean {
  if (news.remainingMinor !== known.remainingMinor) return news.remainingMinor < known.remainingMinor;
  if (news.voidedMinor !== known.voidedMinor) return news.voidedMinor > known.voidedMinor;
  return news.averagePrice !== known.averagePrice || news.matchedMinor > known.matchedMinor;
}
