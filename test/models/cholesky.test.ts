import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { factorise, inverseOfFactored, solveFactored } from "../../src/models/cholesky.js";

/** B B' + I of a random B: symmetric and positive definite, in rows of `stride` cells. */
function positive(size: number, stride: number, seed: number): Float64Array {
  const rng = createRng(seed);
  const b = Array.from({ length: size }, () => Array.from({ length: size }, () => rng() - 0.5));
  const a = new Float64Array(stride * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      a[i * stride + j] = b[i].reduce((sum, x, k) => sum + x * b[j][k], i === j ? 1 : 0);
  return a;
}

describe("factorise", () => {
  it.each([1, 2, 3, 7, 8, 41])("gives L with L L' = A at size %d, whatever the stride", (size) => {
    const stride = size + 2;
    const a = positive(size, stride, size);
    const l = a.slice();
    expect(factorise(l, stride, size)).toBe(true);
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k <= j; k++) sum += l[i * stride + k] * l[j * stride + k];
        expect(Math.abs(sum - a[i * stride + j])).toBeLessThan(1e-13);
      }
    const b = Float64Array.from({ length: size }, (_, i) => i + 1);
    const x = b.slice();
    solveFactored(l, stride, size, x);
    const inverse = inverseOfFactored(l, stride, size);
    for (let i = 0; i < size; i++) {
      const back = Array.from({ length: size }, (_, j) => a[i * stride + j] * x[j]).reduce(
        (s, v) => s + v,
        0,
      );
      const direct = Array.from({ length: size }, (_, j) => inverse[i * size + j] * b[j]).reduce(
        (s, v) => s + v,
        0,
      );
      expect(Math.abs(back - b[i])).toBeLessThan(1e-11);
      expect(Math.abs(direct - x[i])).toBeLessThan(1e-11);
    }
  });

  it("says so when a matrix is not positive definite", () => {
    expect(factorise(Float64Array.from([1, 0, 2, 1]), 2, 2)).toBe(false);
    expect(factorise(Float64Array.from([-1]), 1, 1)).toBe(false);
    expect(factorise(Float64Array.from([1, 0, 0, 0, 1, 0, 1, 1, 2]), 3, 3)).toBe(false);
    expect(factorise(Float64Array.from([Number.NaN]), 1, 1)).toBe(false);
  });
});
