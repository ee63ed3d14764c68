import type { PlayedMatch, Team } from "../domain/fixture.js";

/** A line of the league table so far. */
export interface Standing {
  readonly team: Team;
  readonly points: number;
  readonly scored: number;
  readonly conceded: number;
}

/** The table after `matches`: three points a win, one a draw, in the order of `teams`. */
export function standingsOf(teams: readonly Team[], matches: readonly PlayedMatch[]): Standing[] {
  return teams.map((team) => {
    const standing = { team, points: 0, scored: 0, conceded: 0 };
    for (const { fixture, result } of matches) {
      if (fixture.home.id === team.id) credit(standing, result.homeGoals, result.awayGoals);
      if (fixture.away.id === team.id) credit(standing, result.awayGoals, result.homeGoals);
    }
    return standing;
  });
}

function credit(
  standing: { points: number; scored: number; conceded: number },
  goals: number,
  against: number,
): void {
  standing.points += pointsFor(goals, against);
  standing.scored += goals;
  standing.conceded += against;
}

function pointsFor(goals: number, against: number): number {
  if (goals > against) return 3;
  return goals === against ? 1 : 0;
}

/**
 * What a team has, as one number that ranks and adds up: points, then goal difference, then goals scored. Differences
 * and goals lie far inside +-2^15, so none spills into the next field.
 */
const FIELD = 65_536;

export function recordOf(points: number, difference: number, scored: number): number {
  return (points * FIELD + difference) * FIELD + scored;
}

/** The points in a record. */
export function pointsIn(record: number): number {
  return Math.round(record / (FIELD * FIELD));
}

/** What one match adds to the record of a side. */
export function matchRecord(goals: number, against: number): number {
  return recordOf(pointsFor(goals, against), goals - against, goals);
}
