import type { Instant } from "../core/clock.js";
import type { Fixture } from "../domain/fixture.js";
import { collectionSlot } from "../domain/slot.js";
import type { DecisionMoment } from "../strategy/strategy.js";

/** How long before the start a bet on closing prices is struck: the close itself is known when it is too late. */
export const CLOSE_WINDOW_MS = 10 * 60_000;

/** A start after every slot of its day. */
const LATE_MINUTES = 24 * 60 - 1;

/** When a fixture is to be decided; from then on, until the start, a late run still decides it. */
export function dueFrom(moment: DecisionMoment, { day, kickOffKnown }: Fixture, startsAt: Instant): Instant {
  if (moment.kind === "asof") return startsAt - moment.beforeMs;
  if (moment.kind === "close") return startsAt - CLOSE_WINDOW_MS;
  if (!kickOffKnown) return collectionSlot(day, null);
  const sameDay = collectionSlot(day, LATE_MINUTES);
  return sameDay < startsAt ? sameDay : collectionSlot(day, 0);
}

export function isDue(moment: DecisionMoment, fixture: Fixture, startsAt: Instant, now: Instant): boolean {
  return dueFrom(moment, fixture, startsAt) <= now && now < startsAt;
}
