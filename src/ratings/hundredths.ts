import { invariant } from "../core/assert.js";

/**
 * A decimal figure as whole hundredths, the way the Statistico ratings are kept: 18.47 is 1847.
 *
 * Sums of two-decimal numbers drift in binary (0.1 + 0.2), and truncating a drifted figure loses a whole hundredth
 * (29.00 held as 28.999... becomes 28.99). Integers below 2^53 neither drift nor surprise.
 */
export type Hundredths = number;

/** Nearest whole hundredth of a figure already given to two decimals. */
export function toHundredths(value: number): Hundredths {
  return Math.round(value * 100);
}

export function fromHundredths(hundredths: Hundredths): number {
  return hundredths / 100;
}

/**
 * `numerator / denominator` truncated towards zero, exact for integers.
 *
 * A double quotient of integers can only cross an integer when quotient x denominator nears 2^53; that is asserted.
 */
export function truncatedQuotient(numerator: number, denominator: number): number {
  invariant(
    Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && denominator > 0,
    `a quotient of whole numbers wants safe ones, was ${numerator} / ${denominator}`,
  );
  // `|| 0` turns -0 into 0: equal ratings must be equal bytes.
  return Math.trunc(numerator / denominator) || 0;
}

/** `value` kept within `least` and `most`. */
export function confined(value: Hundredths, least: Hundredths, most: Hundredths): Hundredths {
  return Math.min(most, Math.max(least, value));
}
