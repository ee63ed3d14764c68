import { describe, expect, it } from "vitest";
import { looksLikeLine, parseHandicap } from "../../../src/ingest/parse/handicap.js";

describe("parseHandicap", () => {
  // Quarter goals on the home side: goals times four, by hand.
  it.each([
    ["0", 0],
    ["-0", 0],
    ["-0.75", -3],
    ["+0.5", 2],
    ["1.25", 5],
    ["-5", -20],
    ["-1.5/-2", -7],
    ["-1.5/2", -7],
    ["0.5/1", 3],
    ["0/-0.5", -1],
    ["-0/0.5", -1],
    ["-1 1/4", -5],
    ["1 3/4", 7],
    ["-0 1/2", -2],
  ])("reads %j", (text, quarters) => {
    expect(Object.is(parseHandicap(text), quarters)).toBe(true);
  });

  it.each([
    ["-0.2", "handicap-off-grid"],
    ["-1.2", "handicap-off-grid"],
    ["0.758", "handicap-off-grid"],
    ["-0.175", "handicap-off-grid"],
    ["1.83", "handicap-off-grid"],
    ["-225", "handicap-beyond-five"],
    ["12.5", "handicap-beyond-five"],
    ["5.25", "handicap-beyond-five"],
    ["1/2", "handicap-not-a-line"],
    ["-2/-3", "handicap-not-a-line"],
    ["level", "handicap-not-a-line"],
    ["-1 1/3", "handicap-not-a-line"],
    ["1e1", "handicap-not-a-line"],
  ])("names what is wrong with %j", (text, rule) => {
    expect(parseHandicap(text)).toBe(rule);
  });
});

describe("looksLikeLine", () => {
  it("is a quarter that cannot be a price", () => {
    expect([-0.5, 0, 0.25, 1, -5].map(looksLikeLine)).toEqual([true, true, true, true, true]);
    expect([1.25, 1.8, 0.42, -5.25, Number.NaN].map(looksLikeLine)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
