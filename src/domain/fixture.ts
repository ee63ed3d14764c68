import type { Instant } from "../core/clock.js";
import type { Day } from "../core/day.js";
import type { Season } from "./season.js";

export interface Team {
  readonly id: number;
  readonly name: string;
  readonly country: string;
}

/** Where a fixture stands, apart from its goals. */
export type FixtureStatus = "scheduled" | "played" | "postponed" | "abandoned" | "void";

/** A scheduled match. It carries no goals: those are a `Result`, another type in another table. */
export interface Fixture {
  readonly id: number;
  readonly league: string;
  readonly season: Season;
  /** The date as published, in the source's own time zone. */
  readonly day: Day;
  /** Start, UTC; 15:00 United Kingdom time on `day` when the source gives no time. */
  readonly kickOff: Instant;
  readonly kickOffKnown: boolean;
  readonly home: Team;
  readonly away: Team;
  /** True when neither side plays at home: no home advantage is due. */
  readonly neutral: boolean;
}

/** The goals of a fixture, as known from `knownAt` on. A correction is a further revision, never an overwrite. */
export interface Result {
  readonly fixtureId: number;
  /** 0 for what was first published, 1 for the first correction, and so on. */
  readonly revision: number;
  readonly homeGoals: number;
  readonly awayGoals: number;
  /** Both null when the source has no half-time score: half a pair is no score. */
  readonly halfTimeHome: number | null;
  readonly halfTimeAway: number | null;
  readonly knownAt: Instant;
}

/** Counts of one side in one match. Unknown is null, never 0. */
export interface SideStatistics {
  readonly shots: number | null;
  readonly shotsOnTarget: number | null;
  readonly fouls: number | null;
  readonly corners: number | null;
  readonly yellowCards: number | null;
  readonly redCards: number | null;
  readonly offsides: number | null;
  readonly woodwork: number | null;
  readonly bookingPoints: number | null;
}

export interface MatchStatistics {
  readonly home: SideStatistics;
  readonly away: SideStatistics;
}

/** A finished match as a model may learn from it. */
export interface PlayedMatch {
  readonly fixture: Fixture;
  readonly result: Result;
}

/** H, D or A by the goals. */
export type FullTimeResult = "H" | "D" | "A";

export function fullTimeResult(homeGoals: number, awayGoals: number): FullTimeResult {
  if (homeGoals > awayGoals) return "H";
  return homeGoals < awayGoals ? "A" : "D";
}

/** Kick-off order, the order every replay uses: instant first, then league and names so that ties are stable. */
export function compareKickOff(a: Fixture, b: Fixture): number {
  return (
    a.day - b.day ||
    a.kickOff - b.kickOff ||
    compareText(a.league, b.league) ||
    compareText(a.home.name, b.home.name) ||
    compareText(a.away.name, b.away.name)
  );
}

/** Code-unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
