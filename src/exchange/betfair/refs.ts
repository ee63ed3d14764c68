import type { PlaceRequest } from "../venue.js";

const ALPHABET = /^[A-Za-z0-9\-._+*:;~]+$/;
const CUSTOMER_REF = 32;
const ORDER_REF = 32;
const STRATEGY_REF = 15;
/** Italy allows 50. */
const INSTRUCTIONS = 200;

/**
 * Why a request must not be sent, as a code; null when it may.
 *
 * The venue cuts long references silently, and a reference that was cut finds nothing. Source: placeOrders.
 */
export function requestFault(request: PlaceRequest): string | null {
  const { customerRef, strategyRef, orders } = request;
  if (!isRef(customerRef, CUSTOMER_REF)) return "INVALID_CUSTOMER_REF";
  if (!isRef(strategyRef, STRATEGY_REF)) return "INVALID_STRATEGY_REF";
  if (orders.length === 0) return "NO_INSTRUCTIONS";
  if (orders.length > INSTRUCTIONS) return "TOO_MANY_INSTRUCTIONS";
  const refs = orders.map(({ orderRef }) => orderRef);
  if (!refs.every((ref) => isRef(ref, ORDER_REF))) return "INVALID_CUSTOMER_ORDER_REF";
  if (new Set(refs).size !== refs.length) return "REPEATED_ORDER_REF";
  return orders.every(({ sizeMinor }) => Number.isSafeInteger(sizeMinor) && sizeMinor > 0)
    ? null
    : "INVALID_BET_SIZE";
}

/** One to `most` characters of the venue's alphabet. */
export function isRef(text: string, most: number): boolean {
  return text.length <= most && ALPHABET.test(text);
}
