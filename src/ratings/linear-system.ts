import { invariant } from "../core/assert.js";
import { factorise, solveFactored } from "../models/cholesky.js";

/**
 * Solve A x = b in place for a symmetric positive definite A.
 *
 * Shape    `a` is row-major n x n, only its lower triangle is read and it is overwritten; `b` has n entries, becomes x.
 * Throws   InvariantError when A is not positive definite.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): void {
  const n = b.length;
  invariant(factorise(a, n, n), "a rating's system of equations is positive definite");
  solveFactored(a, n, n, b);
}
