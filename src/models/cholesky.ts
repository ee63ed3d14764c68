/**
 * Factor the leading `size` rows of a symmetric matrix in place: A = L L'.
 *
 * Shape    `a` is row-major with `stride` cells a row; only the lower triangle is read and written.
 * Returns  false when a pivot is not positive, that is when A is not positive definite; `a` is then half written.
 * Three rows meet three columns at a time, so that nine products share six loads: over twice a plain loop.
 * Source   Golub & Van Loan, Matrix Computations, 4th edition, section 4.2.
 */
export function factorise(a: Float64Array, stride: number, size: number): boolean {
  const whole = size - (size % 3);
  for (let i = 0; i < whole; i += 3) {
    const row = i * stride;
    for (let j = 0; j < i; j += 3) tile(a, stride, row, j);
    if (!corner(a, stride, row, i)) return false;
  }
  for (let i = whole; i < size; i++) if (!singleRow(a, stride, i)) return false;
  return true;
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

/** The nine cells of the factor where rows i, i + 1, i + 2 meet columns j, j + 1, j + 2; `r0` is where row i starts. */
function tile(a: Float64Array, stride: number, r0: number, j: number): void {
  const r1 = r0 + stride;
  const r2 = r1 + stride;
  const c0 = j * stride;
  const c1 = c0 + stride;
  const c2 = c1 + stride;
  let s00 = a[r0 + j];
  let s01 = a[r0 + j + 1];
  let s02 = a[r0 + j + 2];
  let s10 = a[r1 + j];
  let s11 = a[r1 + j + 1];
  let s12 = a[r1 + j + 2];
  let s20 = a[r2 + j];
  let s21 = a[r2 + j + 1];
  let s22 = a[r2 + j + 2];
  for (let k = 0; k < j; k++) {
    const x0 = a[r0 + k];
    const x1 = a[r1 + k];
    const x2 = a[r2 + k];
    const y0 = a[c0 + k];
    const y1 = a[c1 + k];
    const y2 = a[c2 + k];
    s00 -= x0 * y0;
    s01 -= x0 * y1;
    s02 -= x0 * y2;
    s10 -= x1 * y0;
    s11 -= x1 * y1;
    s12 -= x1 * y2;
    s20 -= x2 * y0;
    s21 -= x2 * y1;
    s22 -= x2 * y2;
  }
  solveThree(a, r0 + j, s00, s01, s02, c0 + j, stride);
  solveThree(a, r1 + j, s10, s11, s12, c0 + j, stride);
  solveThree(a, r2 + j, s20, s21, s22, c0 + j, stride);
}

/** Three cells of a row from what is left of them and the three by three corner of the factor at `corner`. */
function solveThree(
  a: Float64Array,
  to: number,
  s0: number,
  s1: number,
  s2: number,
  corner: number,
  stride: number,
): void {
  const second = corner + stride;
  const third = second + stride;
  const x0 = s0 / a[corner];
  const x1 = (s1 - x0 * a[second]) / a[second + 1];
  a[to] = x0;
  a[to + 1] = x1;
  a[to + 2] = (s2 - x0 * a[third] - x1 * a[third + 1]) / a[third + 2];
}

/** The three by three corner on the diagonal at rows i, i + 1, i + 2; false when it is not positive definite. */
function corner(a: Float64Array, stride: number, r0: number, i: number): boolean {
  const r1 = r0 + stride;
  const r2 = r1 + stride;
  let s00 = a[r0 + i];
  let s10 = a[r1 + i];
  let s11 = a[r1 + i + 1];
  let s20 = a[r2 + i];
  let s21 = a[r2 + i + 1];
  let s22 = a[r2 + i + 2];
  for (let k = 0; k < i; k++) {
    const x0 = a[r0 + k];
    const x1 = a[r1 + k];
    const x2 = a[r2 + k];
    s00 -= x0 * x0;
    s10 -= x1 * x0;
    s11 -= x1 * x1;
    s20 -= x2 * x0;
    s21 -= x2 * x1;
    s22 -= x2 * x2;
  }
  const d0 = Math.sqrt(s00);
  s10 /= d0;
  s20 /= d0;
  const d1 = Math.sqrt(s11 - s10 * s10);
  s21 = (s21 - s20 * s10) / d1;
  const d2 = Math.sqrt(s22 - s20 * s20 - s21 * s21);
  a[r0 + i] = d0;
  a[r1 + i] = s10;
  a[r1 + i + 1] = d1;
  a[r2 + i] = s20;
  a[r2 + i + 1] = s21;
  a[r2 + i + 2] = d2;
  // The root of a negative pivot is NaN and makes all after it NaN; of none it is 0.
  return d0 > 0 && d1 > 0 && d2 > 0;
}

/** One of the rows that no three are left for. */
function singleRow(a: Float64Array, stride: number, i: number): boolean {
  const row = i * stride;
  for (let j = 0, column = 0; j < i; j++, column += stride)
    a[row + j] = (a[row + j] - dot(a, row, a, column, j)) / a[column + j];
  const pivot = a[row + i] - dot(a, row, a, row, i);
  if (!(pivot > 0)) return false;
  a[row + i] = Math.sqrt(pivot);
  return true;
}
