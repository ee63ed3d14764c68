import type { MatchStatistics, SideStatistics } from "../../domain/fixture.js";
import type { FixtureRecord } from "../port.js";
import type { Fact } from "./revision.js";

/** The counts of one side, in the order they are stored and hashed. */
export const SIDE_COUNTS = [
  "shots",
  "shotsOnTarget",
  "fouls",
  "corners",
  "yellowCards",
  "redCards",
  "offsides",
  "woodwork",
  "bookingPoints",
] as const satisfies readonly (keyof SideStatistics)[];

/** Counts of both sides; `matchFacts` puts the referee and the attendance after them. */
export const COUNTS = SIDE_COUNTS.length * 2;

/** A record's statistics as one row: home counts, away counts, referee, attendance; null when it has none of them. */
export function matchFacts(record: FixtureRecord): readonly Fact[] | null {
  const { statistics, referee, attendance } = record;
  if (statistics === null && referee === null && attendance === null) return null;
  const facts = [...sideFacts(statistics?.home), ...sideFacts(statistics?.away), referee, attendance];
  return facts.some((fact) => fact !== null) ? facts : null;
}

/** A row of counts, 18 long or longer, as statistics; null when every count is unknown. */
export function statisticsOf(counts: readonly (number | null)[]): MatchStatistics | null {
  if (counts.slice(0, COUNTS).every((count) => count === null)) return null;
  return { home: sideOf(counts, 0), away: sideOf(counts, SIDE_COUNTS.length) };
}

function sideFacts(side: SideStatistics | undefined): Fact[] {
  return SIDE_COUNTS.map((count) => side?.[count] ?? null);
}

function sideOf(counts: readonly (number | null)[], from: number): SideStatistics {
  return {
    shots: counts[from],
    shotsOnTarget: counts[from + 1],
    fouls: counts[from + 2],
    corners: counts[from + 3],
    yellowCards: counts[from + 4],
    redCards: counts[from + 5],
    offsides: counts[from + 6],
    woodwork: counts[from + 7],
    bookingPoints: counts[from + 8],
  };
}
