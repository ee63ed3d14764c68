import { describe, expect, it } from "vitest";
import { progressLine, withNote } from "../../src/report/progress.js";

describe("progressLine", () => {
  it.each([
    [[0, 372, 0.1], "reading 0/372"],
    [[120, 372, 2], "reading 120/372, 60/s, 5 s left"],
    [[3, 10, 2], "reading 3/10, 1.5/s, 5 s left"],
    [[120, undefined, 2], "reading 120, 60/s"],
    [[10, 10, 1], "reading 10/10, 10/s, 0 s left"],
  ] as const)("%j", ([done, total, seconds], line) => {
    expect(progressLine("reading", done, total, seconds)).toBe(line);
  });
});

describe("withNote", () => {
  it("adds what there is room for, from the end of the note", () => {
    expect(withNote("reading 1/2", "data/E0.csv", 80)).toBe("reading 1/2, data/E0.csv");
    expect(withNote("reading 1/2", "mmz4281/2425/E0.csv", 24)).toBe("reading 1/2, …425/E0.csv");
    expect(withNote("reading 1/2", "mmz4281/2425/E0.csv", 24)).toHaveLength(24);
    expect(withNote("reading 1/2", "mmz4281/2425/E0.csv", 20)).toBe("reading 1/2");
    expect(withNote("reading 1/2", "", 80)).toBe("reading 1/2");
  });
});
