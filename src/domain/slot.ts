import type { Instant } from "../core/clock.js";
import { type Day, ukInstant, weekday } from "../core/day.js";

const FRIDAY = 5;
const TUESDAY = 2;
const FRIDAY_SLOT_MINUTES = 17 * 60;
const TUESDAY_SLOT_MINUTES = 15 * 60;
/** A match without a time is taken to start at 15:00 in the United Kingdom. */
const ASSUMED_KICK_OFF_MINUTES = 15 * 60;
/** Full time, breaks and stoppages: when a result can be known after a known kick-off. */
const MATCH_MINUTES = 135;

/** Start of a match, UTC; `minutes` after United Kingdom midnight, null when the source gives none. */
export function kickOffInstant(day: Day, minutes: number | null): Instant {
  return ukInstant(day, minutes ?? ASSUMED_KICK_OFF_MINUTES);
}

/**
 * When football-data.co.uk collects its early prices: Friday 17:00 for matches from Friday to Monday, Tuesday 15:00
 * for Tuesday to Thursday, United Kingdom time (its notes). Always before kick-off: a match that starts before the
 * slot of its own day belongs to the slot before that.
 */
export function collectionSlot(day: Day, minutes: number | null): Instant {
  const today = weekday(day);
  const startsBefore = (slotMinutes: number): boolean => minutes !== null && minutes <= slotMinutes;
  if (today === FRIDAY && startsBefore(FRIDAY_SLOT_MINUTES)) return tuesdaySlot(day - 3);
  if (today === TUESDAY && startsBefore(TUESDAY_SLOT_MINUTES)) return fridaySlot(day - 4);
  if (today >= TUESDAY && today < FRIDAY) return tuesdaySlot(day - (today - TUESDAY));
  return fridaySlot(day - ((today - FRIDAY + 7) % 7));
}

/** When the result of a match could first be known: 135 minutes after a known start, else the end of its day. */
export function resultKnownAt(day: Day, minutes: number | null): Instant {
  return minutes === null ? ukInstant(day + 1, 0) : ukInstant(day, minutes) + MATCH_MINUTES * 60_000;
}

function fridaySlot(day: Day): Instant {
  return ukInstant(day, FRIDAY_SLOT_MINUTES);
}

function tuesdaySlot(day: Day): Instant {
  return ukInstant(day, TUESDAY_SLOT_MINUTES);
}
