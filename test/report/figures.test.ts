import { describe, expect, it } from "vitest";
import { figure, percentFigure, signedFigure, signedPercent } from "../../src/report/figures.js";
import { wilsonInterval } from "../../src/report/wilson.js";

describe("figure", () => {
  it("groups thousands, uses a true minus and never says minus zero", () => {
    expect(figure(1234567.891, 2)).toBe("1,234,567.89");
    expect(figure(-999, 0)).toBe("−999");
    expect(figure(-1000, 0)).toBe("−1,000");
    expect(figure(-0.004, 2)).toBe("0.00");
    expect(figure(null)).toBe("–");
  });

  it("signs gains, and not a zero", () => {
    expect(signedFigure(12.5, 1)).toBe("+12.5");
    expect(signedFigure(0.04, 1)).toBe("0.0");
    expect(signedFigure(-3)).toBe("−3");
    expect(signedPercent(0.0123)).toBe("+1.2\u202f%");
    expect(percentFigure(null)).toBe("–");
  });
});

describe("wilsonInterval", () => {
  it("is the published one", () => {
    // Newcombe, Statistics in Medicine 17, 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    const rows = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [hits, n, low, high] of rows) {
      const interval = wilsonInterval(hits / n, n);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
  });
});
