import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, weekday } from "../../../src/core/day.js";
import { createRng } from "../../../src/core/rng.js";
import { defaultCut, drawCalendar, firstSaturday } from "../../../src/ingest/simulate/calendar.js";

const season = fc.integer({ min: 2000, max: 2040 });
const clubs = fc.integer({ min: 2, max: 10 }).map((half) => 2 * half);

describe("drawCalendar", () => {
  it("plays each pair once at each ground", () => {
    fc.assert(
      fc.property(season, clubs, fc.integer(), (year, n, seed) => {
        const matches = drawCalendar(createRng(seed), year, n);
        const pairs = new Set(matches.map(({ home, away }) => `${home}-${away}`));
        expect(matches).toHaveLength(n * (n - 1));
        expect(pairs.size).toBe(n * (n - 1));
        expect(matches.every(({ home, away }) => home !== away && home < n && away < n)).toBe(true);
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  it("gives every club a day of rest at least, between August and June", () => {
    fc.assert(
      fc.property(season, clubs, fc.integer(), (year, n, seed) => {
        const last = new Map<number, number>();
        for (const { day, home, away } of drawCalendar(createRng(seed), year, n)) {
          expect(day).toBeGreaterThanOrEqual(dayOf(year, 8, 9));
          expect(day).toBeLessThan(dayOf(year + 1, 6, 1));
          for (const club of [home, away]) {
            expect(day - (last.get(club) ?? -9)).toBeGreaterThanOrEqual(2);
            last.set(club, day);
          }
        }
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  it("puts most matches on Saturdays and some in midweek", () => {
    const days = drawCalendar(createRng(1), 2022, 16).map(({ day }) => weekday(day));
    const share = (wanted: readonly number[]) =>
      days.filter((day) => wanted.includes(day)).length / days.length;
    expect(share([6])).toBeGreaterThan(0.5);
    expect(share([2, 3])).toBeGreaterThan(0.1);
    expect(share([4])).toBe(0);
  });
});

describe("firstSaturday and defaultCut", () => {
  it("are what a wall calendar says", () => {
    expect(firstSaturday(2022)).toBe(dayOf(2022, 8, 13));
    expect(firstSaturday(2025)).toBe(dayOf(2025, 8, 16));
    expect(weekday(defaultCut(2025))).toBe(5);
    expect(defaultCut(2025)).toBe(dayOf(2026, 3, 6));
  });
});
