import type { Minor } from "../domain/money.js";

interface Minimum {
  /** Least size of an order. */
  readonly sizeMinor: Minor;
  /** Or a smaller size when price x size comes to this. */
  readonly payoutMinor: Minor;
}

/** Source: Betfair, "Additional information: currency parameters", as given in exchange.md section 3. Minor units. */
export const MINIMUM_STAKES: Readonly<Record<string, Minimum>> = {
  GBP: { sizeMinor: 100, payoutMinor: 1000 },
  EUR: { sizeMinor: 100, payoutMinor: 2000 },
  USD: { sizeMinor: 100, payoutMinor: 2000 },
  AUD: { sizeMinor: 500, payoutMinor: 3000 },
  NZD: { sizeMinor: 200, payoutMinor: 1000 },
  CAD: { sizeMinor: 200, payoutMinor: 3000 },
  SGD: { sizeMinor: 200, payoutMinor: 3000 },
  DKK: { sizeMinor: 1500, payoutMinor: 15_000 },
  NOK: { sizeMinor: 1000, payoutMinor: 15_000 },
  SEK: { sizeMinor: 1500, payoutMinor: 15_000 },
  HKD: { sizeMinor: 1000, payoutMinor: 12_500 },
  RON: { sizeMinor: 500, payoutMinor: 5000 },
  BRL: { sizeMinor: 500, payoutMinor: 5000 },
};

/** Why a size is too small for the venue; null when it is not. An unknown currency is refused: nobody knows its minimum. */
export function minimumFault(currency: string, sizeMinor: Minor, price: number): string | null {
  const minimum = Object.hasOwn(MINIMUM_STAKES, currency) ? MINIMUM_STAKES[currency] : undefined;
  if (!minimum) return `no minimum stake is known for ${currency}`;
  if (sizeMinor >= minimum.sizeMinor || sizeMinor * price >= minimum.payoutMinor - 1e-6) return null;
  return `${(sizeMinor / 100).toFixed(2)} ${currency} is under the minimum of ${(minimum.sizeMinor / 100).toFixed(2)}`;
}
