import { describe, expect, it } from "vitest";
import { frameOf, knownColumns, numbersOf, numericColumns } from "../../src/research/frame.js";
import { groupBy } from "../../src/research/group.js";
import { correlateColumns, describeFrame, describeGroups } from "../../src/research/question.js";
import { summarise } from "../../src/research/summary.js";

const bets = frameOf([
  { league: "E0", season: 2021, stake: "10.00", profit: "15.00", clv: 0.03 },
  { league: "E0", season: 2020, stake: "10.00", profit: "-10.00", clv: null },
  { league: "D1", season: 2021, stake: "4.00", profit: "-4.00", clv: -0.01 },
  { league: "E0", season: 2021, stake: "6.00", profit: "-6.00", clv: 0.01 },
]);

describe("a frame", () => {
  it("knows money written as text for numbers and words for words", () => {
    expect(numbersOf(bets, "profit")).toEqual([15, -10, -4, -6]);
    expect(numericColumns(bets)).toEqual(["season", "stake", "profit", "clv"]);
    expect(() => numbersOf(bets, "league")).toThrow('column league holds words, was "E0"');
    expect(() => knownColumns(bets, ["proft"])).toThrow('no such column, was "proft"');
  });
});

describe("summarise", () => {
  it("says count, mean, spread and quartiles", () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares around it 32, so the deviation is sqrt(32 / 7).
    const { mean, deviation, low, median, lowerQuartile, least, most, count, missing, sum } = summarise([
      9,
      2,
      4,
      null,
      4,
      5,
      4,
      5,
      7,
    ]);
    expect({ mean, median, lowerQuartile, least, most, count, missing, sum }).toEqual({
      mean: 5,
      median: 4.5,
      lowerQuartile: 4,
      least: 2,
      most: 9,
      count: 8,
      missing: 1,
      sum: 40,
    });
    expect(deviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(low).toBeCloseTo(5 - (1.959963984540054 * Math.sqrt(32 / 7)) / Math.sqrt(8), 12);
  });

  it("has no spread of one value and no mean of none", () => {
    expect(summarise([3])).toMatchObject({ mean: 3, low: null, high: null, deviation: null });
    expect(summarise([null])).toMatchObject({ count: 0, missing: 1, sum: 0, mean: null, median: null });
  });
});

describe("groups", () => {
  it("come in the order of their keys, numbers by size", () => {
    const frame = frameOf([10, 9, null, "a"].map((key) => ({ key })));
    expect(groupBy(frame, ["key"]).map(({ key }) => key.key)).toEqual([null, 9, 10, "a"]);
  });

  it("are described a column each, or counted", () => {
    expect(describeGroups(bets, ["league"], null)).toEqual([
      { league: "D1", rows: 1 },
      { league: "E0", rows: 3 },
    ]);
    const rows = describeGroups(bets, ["league", "season"], ["profit"]);
    expect(rows.map(({ league, season, count, sum }) => [league, season, count, sum])).toEqual([
      ["D1", 2021, 1, -4],
      ["E0", 2020, 1, -10],
      ["E0", 2021, 2, 9],
    ]);
  });

  it("keep keys apart that only look alike", () => {
    const frame = frameOf([
      { a: "x,y", b: "z" },
      { a: "x", b: "y,z" },
      { a: 1, b: "" },
      { a: "1", b: "" },
    ]);
    expect(groupBy(frame, ["a", "b"])).toHaveLength(4);
  });
});

describe("questions", () => {
  it("describe every numeric column when none is named", () => {
    expect(describeFrame(bets, []).map(({ column }) => column)).toEqual(["season", "stake", "profit", "clv"]);
  });

  it("correlate every pair once", () => {
    const rows = correlateColumns(bets, ["stake", "profit", "clv"]);
    expect(rows.map(({ first, second, n }) => [first, second, n])).toEqual([
      ["stake", "profit", 4],
      ["stake", "clv", 3],
      ["profit", "clv", 3],
    ]);
  });
});
