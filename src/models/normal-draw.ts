import type { Rng } from "../core/rng.js";

/** A standard normal number: Box and Muller's cosine half. */
export function drawNormal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
}

/**
 * Lower triangular root of a small covariance, row by row; a quantity without variance, like a held parameter, gets a
 * row of zeros.
 */
export function covarianceRoot(matrix: readonly (readonly number[])[]): number[][] {
  const root = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++)
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let k = 0; k < j; k++) rest -= root[i][k] * root[j][k];
      if (i === j) root[i][i] = Math.sqrt(Math.max(0, rest));
      else root[i][j] = root[j][j] > 0 ? rest / root[j][j] : 0;
    }
  return root;
}

/** `mean` plus a draw from the normal distribution whose covariance has this root. */
export function drawVector(
  mean: readonly number[],
  root: readonly (readonly number[])[],
  rng: Rng,
): number[] {
  const normal = mean.map(() => drawNormal(rng));
  return mean.map((value, i) => value + root[i].reduce((sum, entry, j) => sum + entry * normal[j], 0));
}

/** A linear form in a fit's unknowns: places and factors. */
export type LinearForm = readonly (readonly [place: number, factor: number])[];

/** Covariance of linear forms of unknowns whose covariance is row-major, `size` a row. */
export function covarianceOfForms(
  covariance: Float64Array,
  size: number,
  forms: readonly LinearForm[],
): number[][] {
  return forms.map((left) =>
    forms.map((right) => {
      let sum = 0;
      for (const [i, u] of left) for (const [j, v] of right) sum += u * v * covariance[i * size + j];
      return sum;
    }),
  );
}
