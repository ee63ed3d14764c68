/**
 * `value` x 100 as a whole number, rounded as the exact decimal that the double stands for, halves to even.
 *
 * That is what rounding to two decimals means in the languages whose figures ours are held against: 0.015 is a double
 * just below and gives 1, 0.125 is exact and gives 12. `Math.round(value * 100)` decides one order in sixty otherwise,
 * whole pence with halves to even one in forty. |value| < 1e13.
 */
export function toHundredths(value: number): number {
  if (value < 0) return -toHundredths(-value);
  const eighths = value * 8;
  // Only odd eighths end in a 5 at the third decimal without being above or below it.
  if (!Number.isInteger(eighths) || eighths % 2 === 0) return Math.round(Number(value.toFixed(2)) * 100);
  const below = Math.floor(value * 100);
  return below % 2 === 0 ? below : below + 1;
}
