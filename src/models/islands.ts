import type { GoalWork } from "./goal-work.js";
import type { PairSums } from "./pair-sums.js";

/** How the teams of some matches hang together. */
export interface Connection {
  /** Groups of team numbers without a match between them; one group when all hang together. */
  readonly islands: readonly (readonly number[])[];
  /**
   * Two halves that only ever met each other, null when there is no such split. An attack of one half is then only
   * ever measured against defences of the other, and the level of the two cannot be told apart.
   */
  readonly halves: readonly [readonly number[], readonly number[]] | null;
}

/**
 * `connectionOf` of matches that are laid out already: most hang together, which a flood over the squares soon shows.
 *
 * Attacks and defences are the nodes; attack i touches defence j when the one ever met the other.
 */
export function connectionOfWork(work: GoalWork, sums: PairSums): Connection {
  const { teams, hosting, elsewhere } = work;
  const waiting = new Int32Array(2 * teams);
  const seen = new Uint8Array(2 * teams);
  seen[0] = 1;
  let found = 1;
  for (let next = 0; next < found && found < 2 * teams; next++) {
    const node = waiting[next];
    // A meeting links both attacks with both defences, so a row tells what a column would.
    const row = (node < teams ? node : node - teams) * teams;
    const other = node < teams ? teams : 0;
    for (let j = 0; j < teams; j++)
      if (seen[other + j] === 0 && (elsewhere[row + j] > 0 || hosting[row + j] > 0)) {
        seen[other + j] = 1;
        waiting[found++] = other + j;
      }
  }
  return found === 2 * teams ? wholeOf(teams) : connectionOf(sums);
}

function wholeOf(teams: number): Connection {
  const all = new Array<number>(teams);
  for (let t = 0; t < teams; t++) all[t] = t;
  return { islands: [all], halves: null };
}

/** Which teams are linked by matches, and whether attack and defence are linked as well. */
export function connectionOf(sums: PairSums): Connection {
  const { teams } = sums;
  const links = new Int32Array(2 * teams);
  for (let i = 0; i < links.length; i++) links[i] = i;
  let groups = links.length;
  for (let p = 0; p < sums.pairs && groups > 1; p++) {
    if (join(links, sums.home[p], teams + sums.away[p])) groups--;
    if (join(links, sums.away[p], teams + sums.home[p])) groups--;
  }
  if (groups === 1) return wholeOf(teams);
  const attackRoots = Array.from({ length: teams }, (_, t) => rootOf(links, t));
  const defenceRoots = Array.from({ length: teams }, (_, t) => rootOf(links, teams + t));
  for (let t = 0; t < teams; t++) join(links, t, teams + t);
  const islands = grouped(Array.from({ length: teams }, (_, t) => rootOf(links, t)));
  const split = islands.length === 1 && attackRoots.some((root, t) => root !== defenceRoots[t]);
  return { islands, halves: split ? halvesOf(grouped(attackRoots)) : null };
}

function halvesOf(groups: number[][]): [number[], number[]] {
  return [groups[0] ?? [], groups[1] ?? []];
}

function grouped(roots: readonly number[]): number[][] {
  const groups = new Map<number, number[]>();
  for (const [team, root] of roots.entries()) {
    const group = groups.get(root);
    if (group) group.push(team);
    else groups.set(root, [team]);
  }
  return [...groups.values()];
}

/** Join two groups; false when they were one already. */
function join(links: Int32Array, a: number, b: number): boolean {
  if (links[a] === links[b]) return false;
  const rootA = rootOf(links, a);
  const rootB = rootOf(links, b);
  links[rootA] = rootB;
  return rootA !== rootB;
}

/** Root of a node, halving its path on the way. */
function rootOf(links: Int32Array, node: number): number {
  let at = node;
  while (links[at] !== at) {
    links[at] = links[links[at]];
    at = links[at];
  }
  return at;
}
