import { describe, expect, it } from "vitest";
import { renderScatter } from "../../src/report/scatter.js";
import { scatterChart } from "../../src/report/svg/scatter.js";

const base = { xName: "rating", yName: "goals", line: null };

describe("renderScatter", () => {
  it("puts the corners in the corners", () => {
    const text = renderScatter(
      {
        ...base,
        points: [
          [0, 0],
          [10, 5],
        ],
      },
      { width: 40, height: 12 },
    );
    const lines = text.split("\n");
    expect(lines[0]).toBe("goals");
    // Highest y first, at the right end; lowest last, just after the axis.
    expect(lines[1]).toMatch(/^ *5┤ +·$/);
    expect(lines.filter((line) => line.includes("┤")).at(-1)).toMatch(/^ *0┤·$/);
    expect(text).toContain("rating");
  });

  it("inks crowds darker and draws the line where nothing hides it", () => {
    const crowd = Array.from({ length: 50 }, () => [5, 5] as const);
    const text = renderScatter(
      { ...base, points: [[0, 0], [10, 10], ...crowd], line: { intercept: 10, slope: -1 } },
      { width: 40, height: 14 },
    );
    expect(text).toContain("●");
    expect(text).toContain("·");
    // The line falls through the crowd's cell: left of it it is drawn above.
    const upper = text.split("\n").slice(1, 5).join("");
    expect(upper).toContain("─");
  });

  it("stands for points that are all alike", () => {
    expect(renderScatter({ ...base, points: [[3, 3]] }, { width: 40, height: 10 })).toContain("·");
  });
});

describe("scatterChart", () => {
  const frame = { title: "t", description: "d", width: 600, height: 300, ...base };

  it("draws few points whole and thins many, with means that keep what was thinned", () => {
    const few = scatterChart({
      ...frame,
      points: [
        [0, 1],
        [1, 2],
      ],
    }).text;
    expect(few.match(/<circle/g)).toHaveLength(2);
    const many = Array.from({ length: 10_000 }, (_, i) => [i, i % 5] as const);
    const text = scatterChart({ ...frame, points: many, line: { intercept: 2, slope: 0 } }).text;
    // Every fifth of 10,000, and 20 means.
    expect(text.match(/<circle/g)).toHaveLength(2020);
    // Each mean is over 500 points of 0 to 4 in turn: 2 exactly.
    expect(text.match(/<title>mean 2\.000 of 500/g)).toHaveLength(20);
    expect(text).toContain('class="mark"');
  });
});
