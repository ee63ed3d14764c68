import { describe, expect, it } from "vitest";
import { logOnePlus } from "../../src/models/log-one-plus.js";

describe("logOnePlus", () => {
  it("equals the engine's log1p to two rounding units, near 0 and beyond", () => {
    for (let x = -0.95; x < 3; x += 0.000_37) {
      const expected = Math.log1p(x);
      expect(Math.abs(logOnePlus(x) - expected)).toBeLessThanOrEqual(
        4.5e-16 * Math.max(Math.abs(expected), Math.abs(x) > 0.13 ? 1 : 0),
      );
    }
    expect(logOnePlus(0)).toBe(0);
    expect(logOnePlus(1e-300)).toBe(1e-300);
  });
});
