import { compareText } from "../domain/fixture.js";
import type { RefusedFit, SeparatedTeam } from "./goal-fit.js";
import { meanOf } from "./goal-likelihood.js";
import type { SearchEnd } from "./goal-search.js";
import type { GoalWork } from "./goal-work.js";
import type { Connection } from "./islands.js";

/** e^8 goals a match: no rating of a real team lies this far out. */
const DIVERGED = 8;

/** What can be told to have no optimum before any search. */
export function structuralRefusal(
  work: GoalWork,
  names: readonly string[],
  connection: Connection,
): RefusedFit | null {
  const named = (group: readonly number[]) => group.map((t) => names[t]);
  if (connection.islands.length > 1) return { kind: "disconnected", islands: connection.islands.map(named) };
  const teams = separatedTeams(work, names);
  if (teams.length > 0) return { kind: "separated", teams };
  if (connection.halves) return { kind: "two-halves", halves: connection.halves.map(named) };
  if (work.homeWeight > 0 && (work.homeGoals === 0 || work.awayGoals === 0))
    return {
      kind: "no-data",
      text: `no ${work.homeGoals === 0 ? "home" : "away"} side scored: the home advantage diverges`,
    };
  return null;
}

function separatedTeams(work: GoalWork, names: readonly string[]): SeparatedTeam[] {
  const found: SeparatedTeam[] = [];
  for (const [t, team] of names.entries()) {
    if (work.goalsFor[t] === 0) found.push({ team, reason: "never scored" });
    if (work.goalsAgainst[t] === 0) found.push({ team, reason: "never conceded" });
  }
  return found.sort((a, b) => compareText(a.team, b.team) || compareText(a.reason, b.reason));
}

/** A search that failed because a rating ran away is a separated team; any other failure says how it ended. */
export function searchRefusal(end: SearchEnd, theta: Float64Array, names: readonly string[]): RefusedFit {
  const diverged = divergedTeams(theta, names);
  if (diverged.length > 0)
    return {
      kind: "separated",
      teams: diverged.sort(compareText).map((team) => ({ team, reason: "rating diverges" })),
    };
  const { iterations, gradientNorm } = end;
  return { kind: "not-converged", reason: END_TEXT[end.kind], iterations, gradientNorm };
}

const END_TEXT = {
  converged: "converged",
  cut: "rho presses on its bounds",
  stalled: "no step gained",
  limit: "the iteration limit was reached",
  impossible: "the given rho leaves a score that was seen no chance",
} as const;

/** Teams whose rating ran away. */
export function divergedTeams(theta: Float64Array, names: readonly string[]): string[] {
  const teams = names.length;
  const attack = meanOf(theta, 0, teams);
  const defence = meanOf(theta, teams, 2 * teams);
  return names.filter(
    (_, t) => Math.max(Math.abs(theta[t] - attack), Math.abs(theta[teams + t] - defence)) > DIVERGED,
  );
}
