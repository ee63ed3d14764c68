import { type Day, dayOf, weekday } from "../../core/day.js";
import type { Rng } from "../../core/rng.js";
import type { Season } from "../../domain/season.js";
import { shuffled } from "./draw.js";

/** A match to be played: clubs by index, `minutes` after United Kingdom midnight. */
export interface CalendarEntry {
  readonly day: Day;
  readonly minutes: number;
  readonly home: number;
  readonly away: number;
}

type Pairing = readonly [home: number, away: number];
type Slot = readonly [dayOffset: number, minutes: number];

interface RoundSlots {
  readonly day: Day;
  /** Kick-offs of the first matches of the round; the rest take `usual`. */
  readonly special: readonly Slot[];
  readonly usual: Slot;
}

const SATURDAYS = 40;
// Weeks of the season, from its first Saturday, without league matches: international breaks.
const BREAKS = [3, 8, 13, 32];
// Weeks whose Tuesday and Wednesday hold a round as well.
const MIDWEEKS = [6, 16, 23, 29];

const SATURDAY_AFTERNOON: Slot = [0, clock(15, 0)];
const SPREAD_WEEKEND: readonly Slot[] = [
  [-1, clock(20, 0)],
  [0, clock(12, 30)],
  [0, clock(17, 30)],
  [1, clock(14, 0)],
  [1, clock(16, 30)],
  [2, clock(20, 0)],
];
// Beside a midweek round nobody plays on Friday, Sunday or Monday: two days of rest at least.
const PLAIN_WEEKEND: readonly Slot[] = [
  [0, clock(12, 30)],
  [0, clock(17, 30)],
];
const MIDWEEK: readonly Slot[] = [
  [0, clock(19, 45)],
  [0, clock(19, 45)],
  [0, clock(20, 0)],
];
const WEDNESDAY_EVENING: Slot = [1, clock(19, 45)];

/** First Saturday of a season, on or after 10 August. */
export function firstSaturday(season: Season): Day {
  const day = dayOf(season, 8, 10);
  return day + ((6 - weekday(day) + 7) % 7);
}

/** The Friday before the last midweek round: a weekend, that round and a weekend lie ahead in the sample's divisions. */
export function defaultCut(season: Season): Day {
  return firstSaturday(season) + 7 * MIDWEEKS[MIDWEEKS.length - 1] - 1;
}

/** A double round robin on the days of one season, in kick-off order. `clubs` is even, at most 20. */
export function drawCalendar(rng: Rng, season: Season, clubs: number): CalendarEntry[] {
  const order = shuffled(
    rng,
    Array.from({ length: clubs }, (_, i) => i),
  );
  const rounds = doubleRoundRobin(clubs);
  const days = roundDays(season, rounds.length);
  return rounds
    .flatMap((pairings, round) => placeRound(days[round], shuffled(rng, pairings)))
    .map((entry) => ({ ...entry, home: order[entry.home], away: order[entry.away] }))
    .sort((a, b) => a.day - b.day || a.minutes - b.minutes || a.home - b.home);
}

function placeRound(slots: RoundSlots, pairings: readonly Pairing[]): CalendarEntry[] {
  return pairings.map(([home, away], i) => {
    const [dayOffset, minutes] = i < slots.special.length ? slots.special[i] : slots.usual;
    return { day: slots.day + dayOffset, minutes, home, away };
  });
}

/** Each pair of clubs once at each ground, by the circle method: one club stands still, the others go round. */
export function doubleRoundRobin(clubs: number): Pairing[][] {
  const circle = clubs - 1;
  const first = Array.from({ length: circle }, (_, round) => {
    const still: Pairing = round % 2 === 0 ? [round, circle] : [circle, round];
    const others = Array.from({ length: clubs / 2 - 1 }, (_, i): Pairing => {
      const one = (round + i + 1) % circle;
      const other = (round - i - 1 + circle) % circle;
      return i % 2 === 0 ? [other, one] : [one, other];
    });
    return [still, ...others];
  });
  return [...first, ...first.map((pairings) => pairings.map(([home, away]): Pairing => [away, home]))];
}

function roundDays(season: Season, rounds: number): RoundSlots[] {
  const start = firstSaturday(season);
  const midweeks = MIDWEEKS.slice(0, Math.min(MIDWEEKS.length, Math.floor(rounds / 6)));
  const free = Array.from({ length: SATURDAYS }, (_, week) => week).filter((week) => !BREAKS.includes(week));
  const weekends = rounds - midweeks.length;
  const chosen = Array.from({ length: weekends }, (_, k) => free[Math.floor((k * free.length) / weekends)]);
  return [
    ...chosen.map((week) =>
      weekend(start + 7 * week, midweeks.includes(week) || midweeks.includes(week - 1)),
    ),
    ...midweeks.map((week) => ({ day: start + 7 * week + 3, special: MIDWEEK, usual: WEDNESDAY_EVENING })),
  ].sort((a, b) => a.day - b.day);
}

function weekend(saturday: Day, besideMidweek: boolean): RoundSlots {
  const special = besideMidweek ? PLAIN_WEEKEND : SPREAD_WEEKEND;
  return { day: saturday, special, usual: SATURDAY_AFTERNOON };
}

function clock(hours: number, minutes: number): number {
  return hours * 60 + minutes;
}
