import type { Day } from "../core/day.js";
import { createEntryList, entryNumber } from "./entry-list.js";
import { addScore, addTeam, createPairSums, MOST_TEAMS, type PairSums } from "./pair-sums.js";

/** A finished match as a fit takes it. */
export interface GoalMatch {
  readonly home: string;
  readonly away: string;
  /** Goals, >= 0; expected goals need not be whole. */
  readonly homeGoals: number;
  readonly awayGoals: number;
  /** >= 0; 1 when left out. Multiplied by the decay, if there is one. */
  readonly weight?: number | undefined;
  /** Needed when weights decay with time. */
  readonly day?: Day | undefined;
  /** True when neither side plays at home. */
  readonly neutral?: boolean | undefined;
}

export interface MatchWeights {
  /** Decay a day, >= 0. */
  readonly xi: number;
  /** A match on this day or later has weight 0; null: the day after the last match. */
  readonly asOf: Day | null;
}

export type Collected =
  | { readonly kind: "collected"; readonly teams: readonly string[]; readonly sums: PairSums }
  /** `match`: its place in the list, from 0. */
  | { readonly kind: "invalid-match"; readonly match: number; readonly text: string }
  | { readonly kind: "no-data"; readonly text: string };

/** Sum matches by ordered pair. Matches of weight 0 count for nothing: their teams do not appear. */
export function collectMatches(matches: readonly GoalMatch[], weights: MatchWeights): Collected {
  const entry = createEntryList();
  const sums = createPairSums(0);
  const asOf = asOfDay(matches, weights);
  const dated = weights.xi > 0 || weights.asOf !== null;
  for (let i = 0; i < matches.length; i++) {
    const match = matches[i];
    const { homeGoals, awayGoals, day } = match;
    const given = match.weight ?? 1;
    if (dated || day !== undefined || !isPlain(match, given)) {
      const fault = faultOf(match, given, dated);
      if (fault !== null) return invalid(i, match, fault);
    }
    const weight = day === undefined ? given : given * decay(day, asOf, weights.xi);
    if (!(weight > 0)) continue;
    if (sums.teams > MOST_TEAMS - 2)
      return { kind: "no-data", text: `a fit takes at most ${MOST_TEAMS} teams` };
    const home = entryNumber(entry, match.home);
    const away = entryNumber(entry, match.away);
    while (sums.teams < entry.names.length) addTeam(sums);
    addScore(sums, home, away, homeGoals, awayGoals, weight, match.neutral === true);
  }
  if (sums.totalMatches === 0) return { kind: "no-data", text: nothing(matches.length) };
  return { kind: "collected", teams: entry.names, sums };
}

/** The matches of `collectMatches` with the weight that each came to, for anything that reads matches one by one. */
export function weighMatches(matches: readonly GoalMatch[], weights: MatchWeights): GoalMatch[] {
  const asOf = asOfDay(matches, weights);
  return matches.map((match) => ({
    ...match,
    weight: (match.weight ?? 1) * (match.day === undefined ? 1 : decay(match.day, asOf, weights.xi)),
  }));
}

function asOfDay(matches: readonly GoalMatch[], weights: MatchWeights): Day {
  return weights.asOf ?? (weights.xi > 0 ? dayAfterLast(matches) : Number.POSITIVE_INFINITY);
}

/** exp(-xi x days before asOf); 0 on asOf itself and later. */
function decay(day: Day, asOf: Day, xi: number): number {
  if (day >= asOf) return 0;
  return xi === 0 ? 1 : Math.exp(-xi * (asOf - day));
}

function dayAfterLast(matches: readonly GoalMatch[]): Day {
  let last = Number.NEGATIVE_INFINITY;
  for (const { day } of matches) if (day !== undefined && day > last) last = day;
  return last + 1;
}

/** Whether nothing is wrong with a match, its day aside. */
function isPlain({ home, away, homeGoals, awayGoals }: GoalMatch, weight: number): boolean {
  return isCount(homeGoals) && isCount(awayGoals) && weight >= 0 && weight < Infinity && home !== away;
}

/** What makes a match unusable, null when nothing does. */
function faultOf(match: GoalMatch, weight: number, dated: boolean): string | null {
  const { homeGoals, awayGoals, day } = match;
  if (match.home === match.away) return "a team cannot play itself";
  if (!isCount(homeGoals)) return `home goals must be a number from 0 to 1000, was ${homeGoals}`;
  if (!isCount(awayGoals)) return `away goals must be a number from 0 to 1000, was ${awayGoals}`;
  if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
    return `the weight must be a number >= 0, was ${weight}`;
  if (day === undefined) return dated ? "a decay or an as-of day needs a date" : null;
  return Number.isFinite(day) ? null : `the day must be a number, was ${day}`;
}

function isCount(goals: number): boolean {
  return goals >= 0 && goals <= 1000;
}

function invalid(at: number, match: GoalMatch, fault: string): Collected {
  return {
    kind: "invalid-match",
    match: at,
    text: `${fault} (match ${at + 1}: ${match.home} v ${match.away})`,
  };
}

function nothing(matches: number): string {
  return matches === 0 ? "there is no match to fit" : `none of the ${matches} matches has a weight above 0`;
}
