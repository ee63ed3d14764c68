import { invariant } from "../core/assert.js";

const Z = 1.959963984540054;
/** For one to three degrees of freedom, where the expansion does not hold. */
const FEW = [12.706205, 4.302653, 3.182446];

/**
 * The 97.5 % quantile of Student's t, to three decimals.
 *
 * Source   Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 26.7.5; table 26.10 below four degrees.
 */
export function studentQuantile(freedom: number): number {
  invariant(freedom >= 1, `a quantile of t needs a degree of freedom, was ${freedom}`);
  const few = FEW[freedom - 1];
  if (few !== undefined) return few;
  const terms = [
    (Z ** 3 + Z) / 4,
    (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96,
    (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384,
    (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), Z);
}
