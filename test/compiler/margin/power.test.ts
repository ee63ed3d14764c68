import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { powerProbabilities } from "../../../src/compiler/margin/power.js";

describe("powerProbabilities", () => {
  it("takes odds 2.6, 3.25, 3.0 to the exponent of the 40-digit reference", () => {
    // docs of the reference values: power exponent 1.0236867619.
    const out = new Float64Array(3);
    expect(powerProbabilities(out, Float64Array.of(2.6, 3.25, 3))).toBeCloseTo(1.0236867619, 10);
    expect(out[0] + out[1] + out[2]).toBeCloseTo(1, 14);
  });

  it("works in place", () => {
    const prices = Float64Array.of(2.2, 2.2);
    powerProbabilities(prices, prices);
    expect(prices[0]).toBeCloseTo(0.5, 15);
  });

  it("keeps every log probability in proportion to the log price", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1.01, max: 500, noNaN: true }), { minLength: 2, maxLength: 8 }),
        (list) => {
          const prices = Float64Array.from(list);
          const out = new Float64Array(prices.length);
          const exponent = powerProbabilities(out, prices);
          let total = 0;
          for (let i = 0; i < out.length; i++) {
            total += out[i];
            expect(Math.abs(Math.log(out[i]) + exponent * Math.log(prices[i]))).toBeLessThan(1e-9);
          }
          expect(Math.abs(total - 1)).toBeLessThan(1e-12);
        },
      ),
      { seed: 42 },
    );
  });

  it.each([[[2]], [[2, 1]], [[2, Number.NaN]], [[2, Number.POSITIVE_INFINITY]]])(
    "answers 0 and leaves the buffer alone for %j",
    (prices) => {
      const out = new Float64Array(prices.length).fill(7);
      expect(powerProbabilities(out, Float64Array.from(prices))).toBe(0);
      expect([...out].every((v) => v === 7)).toBe(true);
    },
  );
});
