/** Beyond this the series below would need more terms. */
const NEAR = 0.13;

/**
 * ln(1 + x) for x > -1: near 0 by 2 artanh(x / (2 + x)) = 2s (1 + s^2/3 + s^4/5 + ...), which is exact where ln of the
 * rounded sum is not, and costs half as much. The first term left out is below 2e-16 of the value.
 *
 * Source   Abramowitz & Stegun, Handbook of Mathematical Functions, 4.1.27.
 */
export function logOnePlus(x: number): number {
  if (!(x < NEAR && x > -NEAR)) return Math.log(1 + x);
  const s = x / (2 + x);
  const z = s * s;
  const zz = z * z;
  // In pairs, so that no term waits for all that come after it.
  const tail = 1 / 3 + z * (1 / 5) + zz * (1 / 7 + z * (1 / 9) + zz * (1 / 11 + z * (1 / 13)));
  return 2 * (s + s * z * tail);
}
