import { invariant } from "../core/assert.js";

const Z = 1.959963984540054;

/**
 * The 97.5 % quantile of Student's t, to three decimals from four degrees of freedom on.
 *
 * Source   Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 26.7.5.
 */
export function studentQuantile(freedom: number): number {
  invariant(freedom >= 4, `too few degrees of freedom for the expansion, was ${freedom}`);
  const terms = [
    (Z ** 3 + Z) / 4,
    (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96,
    (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384,
    (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), Z);
}
