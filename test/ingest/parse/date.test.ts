import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import { parseDate, parseTime } from "../../../src/ingest/parse/date.js";

describe("parseDate", () => {
  it.each([
    ["07/08/93", dayOf(1993, 8, 7)],
    ["11/8/17", dayOf(2017, 8, 11)],
    ["1/1/00", dayOf(2000, 1, 1)],
    ["13/05/2018", dayOf(2018, 5, 13)],
    ["29/02/2024", dayOf(2024, 2, 29)],
    ["2018-05-13", dayOf(2018, 5, 13)],
    ["2019-5-1", dayOf(2019, 5, 1)],
    ["01/01/70", dayOf(1970, 1, 1)],
    ["01/01/69", dayOf(2069, 1, 1)],
  ])("reads %s", (text, day) => {
    expect(parseDate(text)).toBe(day);
  });

  it.each([
    "05/13/2018",
    "30/02/2020",
    "29/02/2023",
    "1/1/1",
    "1/1/018",
    "2018/05/13",
    "13.05.2018",
    "",
    "Date",
  ])("is null for %j", (text) => {
    expect(parseDate(text)).toBeNull();
  });

  it.each(["00/01/2020", "01/00/2020", "32/01/2020", "01/01/0001", "01/01/9999"])(
    "is null for %j",
    (text) => {
      expect(parseDate(text)).toBeNull();
    },
  );
});

describe("parseTime", () => {
  it.each([
    ["20:00", 1200],
    ["9:30", 570],
    ["00:00", 0],
    ["19:45:00", 1185],
  ])("reads %s", (text, minutes) => {
    expect(parseTime(text)).toBe(minutes);
  });

  it.each(["24:00", "12:60", "1200", "12.30", "", "noon", "-1:00"])("is null for %j", (text) => {
    expect(parseTime(text)).toBeNull();
  });
});
