/**
 * Factor the leading `size` rows of a symmetric matrix in place: A = L L'.
 *
 * Shape    `a` is row-major with `stride` cells a row; only the lower triangle is read and written.
 * Returns  false when a pivot is not positive, that is when A is not positive definite; `a` is then half written.
 * Two rows meet two columns at a time, so that four products share four loads: about twice a plain loop.
 * Source   Golub & Van Loan, Matrix Computations, 4th edition, section 4.2.
 */
export function factorise(a: Float64Array, stride: number, size: number): boolean {
  const even = size - (size % 2);
  for (let i = 0; i < even; i += 2) {
    const r0 = i * stride;
    const r1 = r0 + stride;
    for (let j = 0; j < i; j += 2) tile(a, stride, r0, r1, j);
    if (!corner(a, r0, r1, i)) return false;
  }
  return even === size || lastRow(a, stride, even);
}

/** Solve A x = b with the factor of `factorise`; `b` becomes x. */
export function solveFactored(l: Float64Array, stride: number, size: number, b: Float64Array): void {
  for (let i = 0, row = 0; i < size; i++, row += stride) b[i] = (b[i] - dot(l, row, b, 0, i)) / l[row + i];
  for (let i = size - 1, row = i * stride; i >= 0; i--, row -= stride) {
    const x = b[i] / l[row + i];
    b[i] = x;
    for (let k = 0; k < i; k++) b[k] -= l[row + k] * x;
  }
}

/**
 * The inverse of A from its factor: a full symmetric matrix, row-major, `size` cells a row.
 *
 * Row i of `rows` is column i of the inverse of L, so that every product below runs along rows.
 */
export function inverseOfFactored(l: Float64Array, stride: number, size: number): Float64Array {
  const rows = transposedInverse(l, stride, size);
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(rows, i * size + i, rows, j * size + i, size - i);
      inverse[i * size + j] = product;
      inverse[j * size + i] = product;
    }
  }
  return inverse;
}

/** Columns of the inverse of L, each found by forward substitution, laid out as rows. */
function transposedInverse(l: Float64Array, stride: number, size: number): Float64Array {
  const rows = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const column = j * size;
    rows[column + j] = 1 / l[j * stride + j];
    for (let i = j + 1; i < size; i++)
      rows[column + i] = -dot(l, i * stride + j, rows, column + j, i - j) / l[i * stride + i];
  }
  return rows;
}

/** Product of `length` entries of two arrays, in four running sums: one sum would wait for itself at every term. */
function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[fromA + k] * b[fromB + k];
    s1 += a[fromA + k + 1] * b[fromB + k + 1];
    s2 += a[fromA + k + 2] * b[fromB + k + 2];
    s3 += a[fromA + k + 3] * b[fromB + k + 3];
  }
  for (; k < length; k++) s0 += a[fromA + k] * b[fromB + k];
  return s0 + s1 + (s2 + s3);
}

/** Cells [i, j], [i, j + 1], [i + 1, j], [i + 1, j + 1] of the factor; r0 and r1 are where rows i and i + 1 start. */
function tile(a: Float64Array, stride: number, r0: number, r1: number, j: number): void {
  const c0 = j * stride;
  const c1 = c0 + stride;
  let s00 = a[r0 + j];
  let s01 = a[r0 + j + 1];
  let s10 = a[r1 + j];
  let s11 = a[r1 + j + 1];
  for (let k = 0; k < j; k++) {
    const x0 = a[r0 + k];
    const x1 = a[r1 + k];
    const y0 = a[c0 + k];
    const y1 = a[c1 + k];
    s00 -= x0 * y0;
    s01 -= x0 * y1;
    s10 -= x1 * y0;
    s11 -= x1 * y1;
  }
  const d0 = a[c0 + j];
  const below = a[c1 + j];
  const d1 = a[c1 + j + 1];
  s00 /= d0;
  s10 /= d0;
  a[r0 + j] = s00;
  a[r1 + j] = s10;
  a[r0 + j + 1] = (s01 - s00 * below) / d1;
  a[r1 + j + 1] = (s11 - s10 * below) / d1;
}

/** The two by two corner on the diagonal at rows i and i + 1. */
function corner(a: Float64Array, r0: number, r1: number, i: number): boolean {
  let s00 = a[r0 + i];
  let s10 = a[r1 + i];
  let s11 = a[r1 + i + 1];
  for (let k = 0; k < i; k++) {
    const x0 = a[r0 + k];
    const x1 = a[r1 + k];
    s00 -= x0 * x0;
    s10 -= x1 * x0;
    s11 -= x1 * x1;
  }
  if (!(s00 > 0)) return false;
  const d0 = Math.sqrt(s00);
  const below = s10 / d0;
  const rest = s11 - below * below;
  if (!(rest > 0)) return false;
  a[r0 + i] = d0;
  a[r1 + i] = below;
  a[r1 + i + 1] = Math.sqrt(rest);
  return true;
}

/** The odd row out. */
function lastRow(a: Float64Array, stride: number, i: number): boolean {
  const row = i * stride;
  for (let j = 0, column = 0; j < i; j++, column += stride) {
    let s = a[row + j];
    for (let k = 0; k < j; k++) s -= a[row + k] * a[column + k];
    a[row + j] = s / a[column + j];
  }
  let pivot = a[row + i];
  for (let k = 0; k < i; k++) pivot -= a[row + k] * a[row + k];
  if (!(pivot > 0)) return false;
  a[row + i] = Math.sqrt(pivot);
  return true;
}
