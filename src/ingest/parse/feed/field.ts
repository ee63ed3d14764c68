import type { Instant } from "../../../core/clock.js";
import { civilDay, type Day, startOfDay } from "../../../core/day.js";
import { parseCount, parseNumber } from "../../../core/number.js";
import { collapseSpace, stripControls } from "../../../core/text.js";

/** What lies under `keys`, own properties alone; undefined where the way ends. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let here: unknown = value;
  for (const key of keys) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[key];
  }
  return here;
}

/** A list; an empty one for anything else. */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

const LONGEST_TEXT = 120;

/** A name or a word: trimmed, not empty, not endless, without anything a terminal would act on; null otherwise. */
export function textOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = collapseSpace(value);
  return text === "" || text.length > LONGEST_TEXT || text !== stripControls(text) ? null : text;
}

/** An id as text, be it a number or a text in the feed. */
export function idOf(value: unknown): string | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : textOf(value);
}

/** A number, or a number as text; null for "NaN", "Infinity", "", exponents and everything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" ? parseNumber(value.trim()) : null;
}

/** A whole number from 0, or one as text. */
export function countOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? value : null;
  return typeof value === "string" ? parseCount(value.trim()) : null;
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * An instant of a text like "2024-03-30T12:30:00Z" or "2020-09-12 11:30:00", to the second; a text without a zone is
 * UTC, as every feed here says of its own. Null for anything else, impossible dates and times included.
 */
export function instantOf(value: unknown): Instant | null {
  const match = typeof value === "string" ? ISO.exec(value.trim()) : null;
  if (!match) return null;
  const [year, month, dayOfMonth, hours, minutes, seconds] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const day = civilDay(year, month, dayOfMonth);
  if (day === null || hours > 23 || minutes > 59 || seconds > 59) return null;
  return startOfDay(day) + ((hours * 60 + minutes) * 60 + seconds) * 1000 - offsetMs(match[7]);
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** Seconds since 1970 as an instant. */
export function epochOf(value: unknown): Instant | null {
  const seconds = countOf(value);
  return seconds === null || seconds === 0 ? null : seconds * 1000;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** 1 to 12 for "Aug" or "August"; null for no month. */
export function monthOf(word: string): number | null {
  const at = MONTHS.indexOf(word.slice(0, 3).toLowerCase());
  return at < 0 ? null : at + 1;
}

/** "Fri Aug 24 2018" and "24 Aug 2018" as a day; null for anything else. */
export function wordyDay(text: string): Day | null {
  const match = /^(?:[A-Za-z]{3} )?(?:([A-Za-z]{3,9}) (\d{1,2})|(\d{1,2}) ([A-Za-z]{3,9}))[, ]+(\d{4})$/.exec(
    text.trim(),
  );
  if (!match) return null;
  const month = monthOf(match[1] ?? match[4] ?? "");
  return month === null ? null : civilDay(Number(match[5]), month, Number(match[2] ?? match[3]));
}

/** The year of a date like "2022-08-05". */
export function parseYear(value: unknown): number | null {
  const match = typeof value === "string" ? /^(\d{4})-\d{2}-\d{2}/.exec(value) : null;
  return match ? Number(match[1]) : null;
}

/** A number that is not negative; tiny sums come with an exponent. */
export function expectedNumber(told: unknown): number | null {
  const small = typeof told === "string" && /^\d(?:\.\d+)?e-\d{1,2}$/.test(told.trim()) ? Number(told) : null;
  const value = numberOf(told) ?? small;
  return value === null || value < 0 ? null : value;
}
