import type { PlayedMatch } from "../domain/fixture.js";
import type { Rating, RatingHistory } from "./history.js";
import { solveSymmetric } from "./linear-system.js";
import type { Meetings } from "./meetings.js";
import { replayByTable } from "./table-replay.js";

/**
 * Colley ratings: Laplace's rule of succession corrected for the strength of the opponents; goals do not matter.
 *
 *     (2 I + T - P) r = 1 + (wins - losses) / 2
 *
 * A draw is half a win and half a loss: it counts as a game and adds nothing to the right-hand side, which keeps the
 * mean at 1/2 (adding a draw's weight to both sides lifts it to 1.39). Never singular: 0.5 before the first match.
 *
 * Source  Colley, Colley's Bias Free College Football Ranking Method, 2002.
 */
export function colleyRatings(meetings: Meetings): Rating[] {
  const n = meetings.teams.length;
  const matrix = meetings.met.map((count) => -count);
  for (let i = 0; i < n; i++) matrix[i * n + i] += 2 + meetings.played[i];
  const ratings = meetings.winsLessLosses.map((balance) => 1 + balance / 2);
  solveSymmetric(matrix, ratings);
  return Array.from(ratings, (attack) => ({ attack, defence: 0, detail: null }));
}

/** Colley ratings of each league and season, before and after every match day. */
export function rateColley(matches: readonly PlayedMatch[]): RatingHistory {
  return replayByTable("colley", colleyRatings, matches);
}
