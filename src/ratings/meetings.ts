import type { PlayedMatch, Team } from "../domain/fixture.js";
import { compareText } from "../domain/fixture.js";

/** Who met whom and what came of it: all that a least-squares rating needs. Teams are numbered by name. */
export interface Meetings {
  readonly teams: readonly Team[];
  /** Number of meetings of two teams, row-major, symmetric, 0 on the diagonal. */
  readonly met: Float64Array;
  readonly played: Float64Array;
  readonly scored: Float64Array;
  readonly conceded: Float64Array;
  /** Wins less losses; a draw is neither. */
  readonly winsLessLosses: Float64Array;
}

/** Tables of the given teams before a match. The order of `teams` does not matter. */
export function noMeetings(teams: readonly Team[]): Meetings {
  const n = teams.length;
  return {
    teams: [...teams].sort((a, b) => compareText(a.name, b.name) || a.id - b.id),
    met: new Float64Array(n * n),
    played: new Float64Array(n),
    scored: new Float64Array(n),
    conceded: new Float64Array(n),
    winsLessLosses: new Float64Array(n),
  };
}

/** Count one match in place; `home` and `away` are the numbers of its teams. */
export function addMeeting(meetings: Meetings, home: number, away: number, match: PlayedMatch): void {
  const { homeGoals, awayGoals } = match.result;
  const n = meetings.teams.length;
  meetings.met[home * n + away]++;
  meetings.met[away * n + home]++;
  addSide(meetings, home, homeGoals, awayGoals);
  addSide(meetings, away, awayGoals, homeGoals);
}

function addSide(meetings: Meetings, team: number, goals: number, against: number): void {
  meetings.played[team]++;
  meetings.scored[team] += goals;
  meetings.conceded[team] += against;
  meetings.winsLessLosses[team] += Math.sign(goals - against);
}

/** One island of teams joined by matches. */
export interface Island {
  /** Of each team of the whole: 0 when not on this island, else 1 or -1, such that every match joins 1 with -1. */
  readonly colours: Int8Array;
  /** False when some match joins two of the same colour: an odd circle of meetings. */
  readonly twoColoured: boolean;
}

/** The islands, each team on exactly one; before the first match every team is its own. */
export function islandsOf({ teams, met }: Meetings): Island[] {
  const seen = new Uint8Array(teams.length);
  const islands: Island[] = [];
  for (let team = 0; team < teams.length; team++) {
    if (seen[team]) continue;
    const island = islandFrom(team, teams.length, met);
    for (let i = 0; i < teams.length; i++) if (island.colours[i] !== 0) seen[i] = 1;
    islands.push(island);
  }
  return islands;
}

function islandFrom(start: number, n: number, met: Float64Array): Island {
  const colours = new Int8Array(n);
  colours[start] = 1;
  const queue = [start];
  let twoColoured = true;
  for (const team of queue) {
    for (let other = 0; other < n; other++) {
      if (met[team * n + other] === 0) continue;
      if (colours[other] === 0) {
        colours[other] = -colours[team];
        queue.push(other);
      } else if (colours[other] === colours[team]) twoColoured = false;
    }
  }
  return { colours, twoColoured };
}
