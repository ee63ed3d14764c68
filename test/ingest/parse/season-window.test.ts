import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import {
  likelySeason,
  parseStatedSeason,
  seasonAmong,
  seasonInName,
  seasonsFormed,
} from "../../../src/ingest/parse/season-window.js";

describe("likelySeason", () => {
  it.each([
    [dayOf(2014, 7, 1), 2014],
    [dayOf(2015, 6, 30), 2014],
    [dayOf(2020, 7, 26), 2019], // last round of England, 2019/20
    [dayOf(2020, 8, 2), 2019], // last round of Italy
    [dayOf(2020, 8, 21), 2020], // first round of France, 2020/21
    [dayOf(2021, 7, 30), 2021],
  ])("day %i is of %i", (day, season) => {
    expect(likelySeason(day)).toBe(season);
  });
});

describe("seasonAmong", () => {
  it("places the summer of 2020 by the seasons of the file", () => {
    expect(seasonAmong([2019], dayOf(2020, 8, 20))).toBe(2019);
    expect(seasonAmong([2020], dayOf(2020, 8, 1))).toBe(2020); // first day of Scotland, 2020/21
    expect(seasonAmong([2020], dayOf(2020, 7, 31))).toBeNull();
    expect(seasonAmong([2014], dayOf(2015, 7, 1))).toBeNull();
  });
});

describe("seasonsFormed", () => {
  it("is the season of most rows, and every other of size", () => {
    expect(
      seasonsFormed(
        new Map([
          [2000, 164],
          [2019, 9],
          [1931, 6],
        ]),
        null,
      ),
    ).toEqual([2000]);
    expect(
      seasonsFormed(
        new Map([
          [2023, 306],
          [2021, 306],
          [2022, 306],
        ]),
        null,
      ),
    ).toEqual([2021, 2022, 2023]);
    expect(
      seasonsFormed(
        new Map([
          [2000, 1],
          [2019, 9],
        ]),
        null,
      ),
    ).toEqual([2019]);
  });

  it("breaks a tie by the name, else by the earlier", () => {
    const tied = new Map([
      [2000, 3],
      [2019, 3],
    ]);
    expect(seasonsFormed(tied, null)).toEqual([2000]);
    expect(seasonsFormed(tied, 2019)).toEqual([2019]);
    expect(seasonsFormed(tied, 2005)).toEqual([2000]);
  });
});

describe("seasonInName", () => {
  it.each([
    ["mmz4281/1415/E0.csv.gz", 2014],
    ["2425-D1@2025-02-23", 2024],
    ["mmz4281/9394/D1.csv", 1993],
    ["mmz4281/9900/D1.csv", 1999],
    ["E0.csv", null],
    ["fixtures-2017-02.csv", null],
  ])("of %s", (name, season) => {
    expect(seasonInName(name)).toBe(season);
  });
});

describe("parseStatedSeason", () => {
  it.each([
    ["2012", { season: 2012, isSplit: false }],
    ["2012/2013", { season: 2012, isSplit: true }],
    ["2012/13", { season: 2012, isSplit: true }],
    ["1999/00", { season: 1999, isSplit: true }],
    ["2012/2014", null],
    ["12/13", null],
    ["17:45", null],
    ["", null],
  ])("of %j", (text, expected) => {
    expect(parseStatedSeason(text)).toEqual(expected);
  });
});
