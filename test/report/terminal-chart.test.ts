import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderHeatmap } from "../../src/report/heatmap.js";
import { averaged, sparkline } from "../../src/report/sparkline.js";

describe("sparkline", () => {
  it("draws one bar a number when they fit", () => {
    // Eight levels over the span, by hand.
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 20)).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline([5, 5], 20)).toBe("▅▅");
    expect(sparkline([], 20)).toBe("");
  });

  it("averages in even parts when they do not fit", () => {
    expect(averaged([1, 3, 5, 7], 2)).toEqual([2, 6]);
    expect(averaged([1, 2, 3, 4, 5], 2)).toEqual([1.5, 4]);
  });

  it("never runs over, and touches the highest bar whatever the numbers", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 120 }),
        (values, width) => {
          const line = sparkline(values, width);
          expect(line).toHaveLength(Math.min(values.length, width));
          expect(line).toMatch(/^[▁-█]+$/);
          if (new Set(line).size > 1) expect(line).toMatch(/█/);
        },
      ),
      { seed: 42 },
    );
  });
});

describe("renderHeatmap", () => {
  const cells = [
    [0.1, 0.2],
    [0.4, 0.3],
  ];

  it("shows percent with a shade that grows with it", () => {
    expect(renderHeatmap(cells, { color: false })).toBe(
      ["         0     1  away goals", "  0  ░10.0 ▒20.0", "  1  █40.0 ▓30.0", "home", ""].join("\n"),
    );
  });

  it("writes escapes with colour alone, and closes each", () => {
    expect(renderHeatmap(cells, { color: false })).not.toContain("\u001b");
    const coloured = renderHeatmap(cells, { color: true });
    expect(coloured.split("\u001b[48")).toHaveLength(5);
    expect(coloured.split("\u001b[0m")).toHaveLength(5);
  });
});
