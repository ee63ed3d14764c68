import type { Day } from "../../core/day.js";
import { createRng, type Rng } from "../../core/rng.js";
import type { GoalRates } from "../../domain/goals.js";
import type { Season } from "../../domain/season.js";
import { drawPrices, type MomentPrices } from "./bookmaker.js";
import { drawCalendar, firstSaturday } from "./calendar.js";
import { clubNames } from "./club-names.js";
import { currentSeason, type SimulationOptions } from "./options.js";
import { drawScore } from "./score.js";
import { drawHalfTime, drawMatchCounts, type SimulatedCounts } from "./statistics.js";
import { driftStrengths, type Strengths, trueRates } from "./strength.js";

/** A simulated match with the truth it was drawn from. */
export interface SimulatedMatch {
  readonly division: string;
  readonly season: Season;
  readonly day: Day;
  /** Minutes after United Kingdom midnight. */
  readonly minutes: number;
  readonly home: string;
  readonly away: string;
  readonly rates: GoalRates;
  readonly homeGoals: number;
  readonly awayGoals: number;
  readonly halfTimeHome: number;
  readonly halfTimeAway: number;
  readonly referee: string;
  readonly counts: { readonly home: SimulatedCounts; readonly away: SimulatedCounts };
  readonly early: MomentPrices;
  readonly close: MomentPrices;
}

/** A division through all its seasons. `strengths` has an entry a week from the first Saturday of the first season. */
export interface SimulatedDivisionHistory {
  readonly code: string;
  readonly clubs: readonly string[];
  readonly firstDay: Day;
  readonly strengths: readonly Strengths[];
  readonly matches: readonly SimulatedMatch[];
}

interface Streams {
  readonly calendar: Rng;
  readonly strength: Rng;
  readonly score: Rng;
  readonly count: Rng;
  readonly price: Rng;
}

/** Every match of every division, the current season to its end: the cut is made when files are written. */
export function simulateMatches(options: SimulationOptions): SimulatedDivisionHistory[] {
  let named = 0;
  return options.divisions.map(({ code, clubs }, index) => {
    const names = clubNames(named, clubs);
    named += clubs;
    return simulateDivision(options, code, names, streamsOf(options.seed, index));
  });
}

function simulateDivision(
  options: SimulationOptions,
  code: string,
  clubs: readonly string[],
  streams: Streams,
): SimulatedDivisionHistory {
  const firstDay = firstSaturday(options.startSeason);
  const lastSeason = currentSeason(options);
  const weeks = weekOf(firstSaturday(lastSeason + 1), firstDay);
  const strengths = driftStrengths(streams.strength, clubs.length, weeks);
  const seasons = Array.from(
    { length: lastSeason - options.startSeason + 1 },
    (_, k) => options.startSeason + k,
  );
  const matches = seasons.flatMap((season) =>
    drawCalendar(streams.calendar, season, clubs.length).map(({ day, minutes, home, away }) => ({
      division: code,
      season,
      day,
      minutes,
      home: clubs[home],
      away: clubs[away],
      ...playMatch(streams, trueRates(strengths[weekOf(day, firstDay)], home, away)),
    })),
  );
  return { code, clubs, firstDay, strengths, matches };
}

/** Week of the strengths that count on a day; the Friday before the first Saturday is week 0. */
export function weekOf(day: Day, firstDay: Day): number {
  return Math.max(0, Math.floor((day - firstDay) / 7));
}

function playMatch(streams: Streams, rates: GoalRates) {
  const [homeGoals, awayGoals] = drawScore(streams.score, rates);
  return {
    rates,
    homeGoals,
    awayGoals,
    halfTimeHome: drawHalfTime(streams.count, homeGoals),
    halfTimeAway: drawHalfTime(streams.count, awayGoals),
    referee: `Referee ${1 + Math.floor(streams.count() * 12)}`,
    counts: drawMatchCounts(streams.count, homeGoals, awayGoals, rates),
    ...drawPrices(streams.price, rates),
  };
}

/** A stream a division and purpose: another market leaves the scores as they are. */
function streamsOf(seed: number, division: number): Streams {
  const stream = (purpose: number) => createRng(seed, 16 * division + purpose);
  return { calendar: stream(1), strength: stream(2), score: stream(3), count: stream(4), price: stream(5) };
}
