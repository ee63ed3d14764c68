import { describe, expect, it } from "vitest";
import { dayOf } from "../../src/core/day.js";
import { readMatches } from "../../src/ingest/match-file.js";

const MATCH = {
  day: dayOf(2019, 5, 12),
  home: "Leeds",
  away: "Derby",
  homeGoals: 2,
  awayGoals: 4,
  weight: 1,
  neutral: false,
};

describe("a file of matches", () => {
  it("is read alike as CSV, as a JSON list and as a document of matches", () => {
    const row = { date: "2019-05-12", home: "Leeds", away: "Derby", hg: 2, ag: 4 };
    expect(readMatches("\ufeffDate,Home,Away,HG,AG\r\n2019-05-12,Leeds,Derby,2,4\r\n\r\n", "m.csv")).toEqual([
      MATCH,
    ]);
    expect(readMatches(JSON.stringify([row]), "m.json")).toEqual([MATCH]);
    expect(readMatches(JSON.stringify({ matches: [row] }), "m.json")).toEqual([MATCH]);
  });

  it("may leave out the date and carry weights, fractions and neutral grounds", () => {
    expect(readMatches("home,away,hg,ag,w,neutral\nA,B,1.5,0,9.3e-5,1\n", "m.csv")).toEqual([
      {
        ...MATCH,
        day: undefined,
        home: "A",
        away: "B",
        homeGoals: 1.5,
        awayGoals: 0,
        weight: 9.3e-5,
        neutral: true,
      },
    ]);
  });

  it.each([
    ["home,away,hg,ag\nA,B,1,x\n", 'm:2 ag must be a number and not negative, was "x"'],
    ["home,away,hg,ag\nA,B,1,0\nA,B,-1,0\n", 'm:3 hg must be a number and not negative, was "-1"'],
    ["home,away,hg,ag\n,B,1,0\n", "m:2 home is missing"],
    ["date,home,away,hg,ag\n12/05/2019,A,B,1,0\n", 'm:2 date must be like 2019-05-12, was "12/05/2019"'],
    ["date,home,away,hg,ag\n2019-02-30,A,B,1,0\n", 'm:2 date must be like 2019-05-12, was "2019-02-30"'],
    ["home,away,hg,ag\nA,B,Infinity,0\n", 'm:2 hg must be a number and not negative, was "Infinity"'],
    ['[{"home":"A","away":"B","hg":1}]', 'm match 1 ag must be a number and not negative, was ""'],
    ["[null]", "m match 1 home is missing"],
    ['{"games": []}', "m must be a list of matches"],
    ["[1,", "m is not JSON: "],
    ["", "m holds no match"],
  ])("is refused with its place: %j", (text, message) => {
    expect(() => readMatches(text, "m")).toThrow(message);
  });
});
