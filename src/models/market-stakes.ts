import type { Boundary } from "./market-boundaries.js";
import type { StakesParameters } from "./market-parameters.js";
import type { SeasonTable, Standing } from "./market-table.js";

interface Ranked {
  readonly standing: Standing;
  /** Points with matches in hand counted in. */
  readonly points: number;
}

/**
 * What the rest of the season is worth to each club: positive for one that a result can move across a boundary.
 *
 * Units    log supremacy. Clubs with more than `window` matches left, or with none, are not in the answer.
 * Source   docs/market-informed.md, "stakes from the table".
 */
export function tableStakes(
  table: SeasonTable,
  rounds: number,
  parameters: StakesParameters,
  boundaries: readonly Boundary[],
): ReadonlyMap<number, number> {
  const stakes = new Map<number, number>();
  const mostPlayed = mostPlayedIn(table);
  if (rounds - mostPlayed > parameters.window) return stakes;
  const ranked = rankedTable(table, mostPlayed, parameters.matchInHand);
  ranked.forEach(({ standing }, place) => {
    const left = rounds - standing.played;
    if (left >= 1 && left <= parameters.window)
      stakes.set(standing.club, clubStakes(ranked, place, left, parameters, boundaries));
  });
  return stakes;
}

function mostPlayedIn(table: SeasonTable): number {
  let most = 0;
  for (const { played } of table.values()) most = Math.max(most, played);
  return most;
}

/** By points alone: clubs level on points have a gap of none, whichever of them comes first. */
function rankedTable(table: SeasonTable, mostPlayed: number, matchInHand: number): Ranked[] {
  return [...table.values()]
    .map((standing) => ({
      standing,
      points: standing.points + matchInHand * (mostPlayed - standing.played),
    }))
    .sort((a, b) => b.points - a.points || a.standing.club - b.standing.club);
}

function clubStakes(
  ranked: readonly Ranked[],
  place: number,
  left: number,
  parameters: StakesParameters,
  boundaries: readonly Boundary[],
): number {
  const sigma = 1.5 * Math.sqrt(2 * left);
  // 3 phi(gap / sigma) / sigma left^-1/4: how much one win changes the chance of ending on the better side.
  const height = 3 / (Math.sqrt(2 * Math.PI) * sigma * Math.sqrt(Math.sqrt(left)));
  let stakes = 0;
  let alive = 0;
  for (const { rank, weight } of boundaries) {
    const gap = gapAcross(ranked, place, rank < 0 ? ranked.length + rank : rank);
    if (gap === null || Math.abs(gap) > 3 * left) continue;
    alive++;
    stakes += weight * height * Math.exp(-0.5 * (gap / sigma) ** 2);
  }
  if (alive === 0) stakes += parameters.allDead;
  if (isChampion(ranked, place, left)) stakes += parameters.champion;
  return stakes;
}

/** Points to the rival across the boundary below `rank`; null where the table has no such boundary. */
function gapAcross(ranked: readonly Ranked[], place: number, rank: number): number | null {
  if (rank < 1 || rank >= ranked.length) return null;
  const rival = ranked[place < rank ? rank : rank - 1];
  return ranked[place].points - rival.points;
}

function isChampion(ranked: readonly Ranked[], place: number, left: number): boolean {
  return place === 0 && ranked.length > 1 && ranked[0].points - ranked[1].points > 3 * left;
}
