import { invariant } from "../core/assert.js";

/** Money in integer minor units: pence, cents. */
export type Minor = number;

/** Nearest minor unit of a decimal amount, halves to even: 1.005 is 100, 1.015 is 102. */
export function toMinor(amount: number): Minor {
  invariant(
    Number.isFinite(amount) && Math.abs(amount) < 1e12,
    `money must be finite and < 1e12, was ${amount}`,
  );
  return roundHalfEven(amount * 100);
}

/** 1234 to 12.34. Exact to the minor unit when printed with two decimals. */
export function toDecimal(minor: Minor): number {
  return minor / 100;
}

/**
 * Round to the nearest integer, halves to even, seeing through the last bits of a product of decimals: 100.49999999999999
 * (1.005 x 100) is a half. Tolerance 1e-9 of a unit, far below any quoted price times any stake in pence.
 */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (Math.abs(fraction - 0.5) < 1e-9 * Math.max(1, Math.abs(value) * 1e-4))
    return floor % 2 === 0 ? floor : floor + 1;
  return Math.round(value);
}

/** What a lay of `stakeMinor` can lose: (price - 1) x stake. */
export function liabilityMinor(stakeMinor: Minor, price: number): Minor {
  return roundHalfEven(stakeMinor * (price - 1));
}
