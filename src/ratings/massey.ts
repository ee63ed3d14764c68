import type { PlayedMatch } from "../domain/fixture.js";
import type { Rating, RatingHistory } from "./history.js";
import { solveSymmetric } from "./linear-system.js";
import { type Island, islandsOf, type Meetings } from "./meetings.js";
import { replayByTable } from "./table-replay.js";

/**
 * Massey ratings: least squares on goal differences, split into attack and defence, in goals a match.
 *
 *     (T - P) r = f - a        T games played (diagonal), P meetings, f goals for, a goals against
 *     (T + P) d = T r - f      r = attack + defence; a side is expected to score attack - opponent's defence
 *
 * Both matrices lose rank while teams form islands, or meet only across two halves as on the first match days. Of all
 * solutions the shortest is taken: ratings then sum to 0 on every island, and what the matches cannot tell is 0.
 *
 * Source  Massey, Statistical Models Applied to the Rating of Sports Teams, 1997.
 */
export function masseyRatings(meetings: Meetings): Rating[] {
  const n = meetings.teams.length;
  const islands = islandsOf(meetings);
  const overall = meetings.scored.map((goals, i) => goals - meetings.conceded[i]);
  solveSymmetric(differenceMatrix(meetings, islands), overall);
  const defence = overall.map((rating, i) => meetings.played[i] * rating - meetings.scored[i]);
  solveSymmetric(sumMatrix(meetings, islands), defence);
  return Array.from({ length: n }, (_, i) => ({
    attack: overall[i] - defence[i],
    defence: defence[i],
    detail: null,
  }));
}

/** Massey ratings of each league and season, before and after every match day. */
export function rateMassey(matches: readonly PlayedMatch[]): RatingHistory {
  return replayByTable("massey", masseyRatings, matches);
}

/** T - P; adding the outer product of an island's ones lifts its one missing rank and pins its sum to 0. */
function differenceMatrix(meetings: Meetings, islands: readonly Island[]): Float64Array {
  const matrix = meetings.met.map((count) => -count);
  addGames(matrix, meetings.played);
  for (const { colours } of islands) addOuter(matrix, colours.map(Math.abs));
  return matrix;
}

/** T + P; it misses a rank on islands that two colours can paint, along the colours. */
function sumMatrix(meetings: Meetings, islands: readonly Island[]): Float64Array {
  const matrix = meetings.met.slice();
  addGames(matrix, meetings.played);
  for (const { colours, twoColoured } of islands) if (twoColoured) addOuter(matrix, colours);
  return matrix;
}

function addGames(matrix: Float64Array, played: Float64Array): void {
  for (let i = 0; i < played.length; i++) matrix[i * played.length + i] += played[i];
}

function addOuter(matrix: Float64Array, direction: Int8Array): void {
  const n = direction.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * n + j] += direction[i] * direction[j];
  }
}
