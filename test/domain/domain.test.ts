import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, formatInstant } from "../../src/core/day.js";
import { fullTimeResult } from "../../src/domain/fixture.js";
import { totalLine } from "../../src/domain/market.js";
import { liabilityMinor, roundHalfEven, toDecimal, toMinor } from "../../src/domain/money.js";
import { formatSeason, parseSeasons, seasonOfDay } from "../../src/domain/season.js";
import { collectionSlot, kickOffInstant, resultKnownAt } from "../../src/domain/slot.js";

describe("seasons", () => {
  it("are named by their start year", () => {
    expect(formatSeason(1999)).toBe("1999/00");
    expect(seasonOfDay(dayOf(2015, 5, 24))).toBe(2014);
    expect(seasonOfDay(dayOf(2014, 8, 9))).toBe(2014);
    expect(parseSeasons("2014")).toEqual([2014]);
    expect(parseSeasons("2016,2014")).toEqual([2014, 2016]);
    expect(parseSeasons("2014..2016,2015")).toEqual([2014, 2015, 2016]);
    for (const text of ["", "14", "2016..2014", "2014-2016", "2014,,2015", "2014..9999"])
      expect(parseSeasons(text)).toBeNull();
  });
});

describe("the collection slot", () => {
  const slot = (day: number, minutes: number | null): string => formatInstant(collectionSlot(day, minutes));

  // 16 August 2024 is a Friday; British Summer Time is an hour ahead of UTC.
  it("is Friday 17:00 for the weekend and Tuesday 15:00 for midweek, in London", () => {
    expect(slot(dayOf(2024, 8, 16), 20 * 60)).toBe("2024-08-16T16:00:00Z");
    expect(slot(dayOf(2024, 8, 17), null)).toBe("2024-08-16T16:00:00Z");
    expect(slot(dayOf(2024, 8, 19), 20 * 60)).toBe("2024-08-16T16:00:00Z");
    expect(slot(dayOf(2024, 8, 20), 19 * 60)).toBe("2024-08-20T14:00:00Z");
    expect(slot(dayOf(2024, 8, 22), null)).toBe("2024-08-20T14:00:00Z");
    expect(slot(dayOf(2024, 12, 26), null)).toBe("2024-12-24T15:00:00Z");
  });

  it("is the one before when the match starts before its own day's slot", () => {
    expect(slot(dayOf(2024, 8, 16), 15 * 60)).toBe("2024-08-13T14:00:00Z");
    expect(slot(dayOf(2024, 8, 20), 12 * 60)).toBe("2024-08-16T16:00:00Z");
  });

  it("always lies before kick-off and before the result is known", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayOf(1993, 1, 1), max: dayOf(2030, 1, 1) }),
        fc.option(fc.integer({ min: 0, max: 1439 })),
        (day, minutes) => {
          const early = collectionSlot(day, minutes);
          if (minutes !== null) expect(early).toBeLessThan(kickOffInstant(day, minutes));
          expect(early).toBeLessThan(resultKnownAt(day, minutes));
          expect(kickOffInstant(day, minutes)).toBeLessThan(resultKnownAt(day, minutes));
        },
      ),
      { seed: 42 },
    );
  });
});

describe("money", () => {
  it("rounds halves to even through the last bits of a product", () => {
    expect(toMinor(1.005)).toBe(100);
    expect(toMinor(1.015)).toBe(102);
    expect(toMinor(-1.005)).toBe(-100);
    expect(roundHalfEven(2.5)).toBe(2);
    expect(roundHalfEven(3.5)).toBe(4);
    expect(roundHalfEven(-2.5)).toBe(-2);
    expect(toDecimal(1234)).toBe(12.34);
    expect(liabilityMinor(1000, 3.05)).toBe(2050);
  });

  it("keeps whole pence exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (minor) => {
        expect(toMinor(toDecimal(minor))).toBe(minor);
      }),
      { seed: 42 },
    );
  });
});

describe("markets", () => {
  it("carry their total in their name", () => {
    expect(totalLine("OVER_UNDER_25")).toBe(2.5);
    expect(totalLine("MATCH_ODDS")).toBeNull();
    expect(fullTimeResult(2, 1)).toBe("H");
    expect(fullTimeResult(0, 0)).toBe("D");
    expect(fullTimeResult(0, 3)).toBe("A");
  });
});
