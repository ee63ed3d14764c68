import type { Instant } from "./clock.js";

/** A calendar date: whole days since 1970-01-01. Not an instant: it has no time zone. */
export type Day = number;

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Day of a proleptic Gregorian date; `month` 1 to 12. Source: Hinnant, chrono-compatible date algorithms. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day, `month` 1 to 12. Inverse of `dayOf`. */
export function dateOf(day: Day): { year: number; month: number; dayOfMonth: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** Days in a month, `month` 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
  return next - dayOf(year, month, 1);
}

/** 0 = Sunday ... 6 = Saturday. */
export function weekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** "2019-05-12". */
export function formatDay(day: Day): string {
  const { year, month, dayOfMonth } = dateOf(day);
  return `${String(year).padStart(4, "0")}-${pad2(month)}-${pad2(dayOfMonth)}`;
}

/** Strict ISO "2019-05-12" to a day; null for anything else, impossible dates included. */
export function parseIsoDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? civilDay(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

/** Day of a date that may be impossible; null when it is. */
export function civilDay(year: number, month: number, dayOfMonth: number): Day | null {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return null;
  return dayOf(year, month, dayOfMonth);
}

/** Midnight UTC at the start of a day. */
export function startOfDay(day: Day): Instant {
  return day * DAY_MS;
}

/** The UTC day of an instant. */
export function dayOfInstant(instant: Instant): Day {
  return Math.floor(instant / DAY_MS);
}

/** "2019-05-12T14:00:00Z", without the milliseconds when there are none. */
export function formatInstant(instant: Instant): string {
  const inDay = ((instant % DAY_MS) + DAY_MS) % DAY_MS;
  const seconds = Math.floor(inDay / 1000);
  const ms = inDay % 1000;
  const clock = `${pad2(Math.floor(seconds / 3600))}:${pad2(Math.floor(seconds / 60) % 60)}:${pad2(seconds % 60)}`;
  return `${formatDay(dayOfInstant(instant))}T${clock}${ms ? `.${String(ms).padStart(3, "0")}` : ""}Z`;
}

/**
 * Instant of a wall-clock time in the United Kingdom; `minutes` after local midnight.
 *
 * Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October (the law
 * since 1996; no feed carries earlier times). A time that occurs twice, 01:00 to 01:59 on the October Sunday, is read
 * as the first of the two; one that does not exist in March is read an hour later.
 */
export function ukInstant(day: Day, minutes: number): Instant {
  const asUtc = startOfDay(day) + minutes * MINUTE_MS;
  const { year } = dateOf(day);
  const begins = startOfDay(lastSunday(year, 3)) + 60 * MINUTE_MS;
  const ends = startOfDay(lastSunday(year, 10)) + 120 * MINUTE_MS;
  return asUtc >= begins + 60 * MINUTE_MS && asUtc < ends ? asUtc - 60 * MINUTE_MS : asUtc;
}

/** The United Kingdom's wall clock at an instant: the day and the minutes after its midnight. Inverse of `ukInstant`. */
export function ukClock(instant: Instant): { readonly day: Day; readonly minutes: number } {
  const { year } = dateOf(dayOfInstant(instant));
  const hour = 60 * MINUTE_MS;
  const summer =
    instant >= startOfDay(lastSunday(year, 3)) + hour && instant < startOfDay(lastSunday(year, 10)) + hour;
  const local = instant + (summer ? hour : 0);
  return {
    day: dayOfInstant(local),
    minutes: Math.floor((local - startOfDay(dayOfInstant(local))) / MINUTE_MS),
  };
}

function lastSunday(year: number, month: number): Day {
  const last = dayOf(year, month, daysInMonth(year, month));
  return last - weekday(last);
}

function pad2(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
