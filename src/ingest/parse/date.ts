import { civilDay, type Day } from "../../core/day.js";

/** Two-digit years from here on are of the twentieth century; the site begins in 1993. */
const PIVOT_YEAR = 70;
const FIRST_YEAR = 1870;
const LAST_YEAR = 2100;

/**
 * Day of a date as football-data.co.uk and its re-savers write it: `d/m/yy`, `dd/mm/yyyy`, and ISO `yyyy-m-d`.
 *
 * Never month-first; null for everything else and for dates that do not exist.
 */
export function parseDate(text: string): Day | null {
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(text);
  if (slashed) return plausibleDay(fullYear(slashed[3]), Number(slashed[2]), Number(slashed[1]));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  return iso ? plausibleDay(Number(iso[1]), Number(iso[2]), Number(iso[3])) : null;
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year >= PIVOT_YEAR ? 1900 + year : 2000 + year;
}

function plausibleDay(year: number, month: number, dayOfMonth: number): Day | null {
  return year < FIRST_YEAR || year > LAST_YEAR ? null : civilDay(year, month, dayOfMonth);
}

/** Minutes after midnight of "20:00", "9:30" or "20:00:00"; null for everything else. */
export function parseTime(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}
