import type { Instant } from "../../../core/clock.js";
import { type Day, ukClock } from "../../../core/day.js";
import type { Season } from "../../../domain/season.js";
import type { FixtureRecord, RecordedGoals } from "../../../warehouse/port.js";
import type { Draft } from "./draft.js";
import { setAside, shown } from "./draft.js";
import { countOf } from "./field.js";
import { type FeedLeague, seasonIn } from "./league.js";

/** What every feed says of a fixture, the rest being unknown. */
export interface ToldFixture {
  readonly league: FeedLeague;
  /** Kick-off, UTC; or the day alone. */
  readonly kickOff: Instant | { readonly day: Day; readonly minutes: number | null };
  readonly season?: Season | null;
  readonly home: string;
  readonly away: string;
}

type Rest = Partial<Omit<FixtureRecord, keyof ToldFixture | "line" | "day" | "minutes">>;

/** A fixture's record. Days and minutes are the United Kingdom's, as everywhere in the house. */
export function fixtureOf(draft: Draft, told: ToldFixture, rest: Rest = {}): Omit<FixtureRecord, "line"> {
  const { league, home, away } = told;
  draft.leagues.set(league.description.code, league.description);
  const { day, minutes } = typeof told.kickOff === "number" ? ukClock(told.kickOff) : told.kickOff;
  return {
    league: league.description.code,
    season: told.season ?? seasonIn(league, day),
    day,
    minutes,
    home,
    away,
    goals: null,
    statistics: null,
    referee: null,
    attendance: null,
    quotes: [],
    ...rest,
  };
}

/**
 * The goals of two pairs: full time, and half time where both sides have one. Null, with the cell set aside, when full
 * time is no pair of counts; null without a word when there is none.
 */
export function goalsOf(
  draft: Draft,
  path: string,
  fullTime: readonly [unknown, unknown],
  halfTime: readonly [unknown, unknown] = [null, null],
): RecordedGoals | null {
  if (fullTime.every((goals) => goals === null || goals === undefined)) return null;
  const [homeGoals, awayGoals] = fullTime.map(countOf);
  if (homeGoals === null || awayGoals === null) {
    setAside(draft, path, "score-not-a-count", `no score, was ${shown(fullTime)}`);
    return null;
  }
  const [halfHome, halfAway] = halfTime.map(countOf);
  const sound = halfHome !== null && halfAway !== null && halfHome <= homeGoals && halfAway <= awayGoals;
  return {
    homeGoals,
    awayGoals,
    halfTimeHome: sound ? halfHome : null,
    halfTimeAway: sound ? halfAway : null,
  };
}
