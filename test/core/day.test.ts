import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  civilDay,
  dateOf,
  dayOf,
  formatDay,
  formatInstant,
  parseIsoDay,
  ukInstant,
  weekday,
} from "../../src/core/day.js";

describe("days", () => {
  it("agrees with the platform's calendar over four centuries", () => {
    fc.assert(
      fc.property(fc.integer({ min: -80_000, max: 80_000 }), (day) => {
        const platform = new Date(day * 86_400_000);
        const date = dateOf(day);
        expect(date).toEqual({
          year: platform.getUTCFullYear(),
          month: platform.getUTCMonth() + 1,
          dayOfMonth: platform.getUTCDate(),
        });
        expect(dayOf(date.year, date.month, date.dayOfMonth)).toBe(day);
        expect(weekday(day)).toBe(platform.getUTCDay());
      }),
      { seed: 42 },
    );
  });

  it("knows leap days", () => {
    expect(civilDay(2020, 2, 29)).not.toBeNull();
    expect(civilDay(2021, 2, 29)).toBeNull();
    expect(civilDay(1900, 2, 29)).toBeNull();
    expect(civilDay(2000, 2, 29)).not.toBeNull();
    expect(civilDay(2020, 13, 1)).toBeNull();
    expect(civilDay(2020, 0, 1)).toBeNull();
  });

  it("reads ISO dates strictly", () => {
    expect(formatDay(parseIsoDay("2019-05-12") ?? 0)).toBe("2019-05-12");
    for (const text of ["2019-5-1", "2019-02-30", "12/05/2019", "2019-05-12T00:00", ""])
      expect(parseIsoDay(text)).toBeNull();
  });

  it("prints instants in UTC", () => {
    expect(formatInstant(Date.UTC(2019, 4, 12, 14, 0, 5))).toBe("2019-05-12T14:00:05Z");
    expect(formatInstant(Date.UTC(1969, 11, 31, 23, 59, 59, 7))).toBe("1969-12-31T23:59:59.007Z");
  });
});

describe("United Kingdom time", () => {
  const at = (year: number, month: number, day: number, minutes: number): string =>
    formatInstant(ukInstant(dayOf(year, month, day), minutes));

  // The zone's rules as the platform's own time zone database has them.
  it("agrees with the Europe/London zone at every hour of six years", () => {
    const london = new Intl.DateTimeFormat("en-GB", {
      timeZone: "Europe/London",
      hour: "2-digit",
      hour12: false,
    });
    for (let day = dayOf(2019, 1, 1); day < dayOf(2025, 1, 1); day++) {
      for (const hour of [0, 4, 12, 23]) {
        expect(Number(london.format(ukInstant(day, hour * 60)))).toBe(hour);
      }
    }
  });

  it("reads the hour that occurs twice as the first one and moves the one that does not exist", () => {
    expect(at(2024, 10, 27, 90)).toBe("2024-10-27T00:30:00Z");
    expect(at(2024, 10, 27, 120)).toBe("2024-10-27T02:00:00Z");
    expect(at(2024, 3, 31, 59)).toBe("2024-03-31T00:59:00Z");
    expect(at(2024, 3, 31, 90)).toBe("2024-03-31T01:30:00Z");
    expect(at(2024, 3, 31, 120)).toBe("2024-03-31T01:00:00Z");
  });
});
