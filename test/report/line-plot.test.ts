import { describe, expect, it } from "vitest";
import { linePlot } from "../../src/report/line-plot.js";

describe("a plot of characters", () => {
  it("draws what each series was in the middle of a column's days", () => {
    // By hand: four columns of one day each over days 0 to 4; the middle of column c is day c + 0.5.
    const rise = {
      name: "rise",
      points: [
        [0, 0],
        [1, 1],
        [4, 2],
      ],
    } as const;
    const late = { name: "late", points: [[2, 2]] } as const;
    const lines = linePlot([rise, late], { width: 4, height: 3 }).split("\n");
    expect(lines.slice(0, 3)).toEqual(["2.00 ┤  ○○", "1.00 ┤ ●●●", "0.00 ┤●"]);
    expect(lines[3]).toMatch(/^ {6}1970-01-01 1970-01-05$/);
    expect(lines[4]).toBe("      ● rise   ○ late");
  });

  it("stands a constant in the middle, and needs a point", () => {
    const flat = { name: "flat", points: [[0, 5]] } as const;
    expect(linePlot([flat], { width: 2, height: 3 }).split("\n")[1]).toBe("5.00 ┤●●");
    expect(() => linePlot([{ name: "none", points: [] }], { width: 2, height: 3 })).toThrow(/needs a point/);
  });
});
