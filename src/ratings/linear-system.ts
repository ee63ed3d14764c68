import { invariant } from "../core/assert.js";

/**
 * Solve A x = b for a symmetric positive definite A, by Cholesky.
 *
 * Shape    `a` is row-major n x n, only its lower triangle is read and it is overwritten by the factor; `b` has n
 *          entries and becomes x.
 * Throws   InvariantError when A is not positive definite.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): void {
  factor(a, b.length);
  substituteForward(a, b);
  substituteBack(a, b);
}

function factor(a: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      if (i === j) {
        invariant(sum > 0, `a matrix to factor is positive definite, was ${sum} at ${j}`);
        a[j * n + j] = Math.sqrt(sum);
      } else a[i * n + j] = sum / a[j * n + j];
    }
  }
}

function substituteForward(a: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
}

function substituteBack(a: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}
