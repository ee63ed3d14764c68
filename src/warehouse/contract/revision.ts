import type { RecordedGoals } from "../port.js";

/**
 * What a further statement about a score leaves on record: null when it says nothing new.
 *
 * A missing half time does not contradict a known one, but a corrected score takes its half time with it: an awarded
 * match has none, whatever was played.
 */
export function revisedGoals(known: RecordedGoals, told: RecordedGoals): RecordedGoals | null {
  if (told.homeGoals !== known.homeGoals || told.awayGoals !== known.awayGoals) return told;
  if (told.halfTimeHome === null || told.halfTimeAway === null) return null;
  return told.halfTimeHome === known.halfTimeHome && told.halfTimeAway === known.halfTimeAway ? null : told;
}

/** "2-1 (1-0)"; without brackets where the half time is unknown. */
export function formatScore(goals: RecordedGoals): string {
  const fullTime = `${goals.homeGoals}-${goals.awayGoals}`;
  return goals.halfTimeHome === null ? fullTime : `${fullTime} (${goals.halfTimeHome}-${goals.halfTimeAway})`;
}

/** One fact of a match; null when unknown. */
export type Fact = number | string | null;

/**
 * What further facts about a match leave on record: null when they say nothing new.
 *
 * Shape  both arrays hold the same facts in the same order. `withdrawn`: the score was corrected by the same
 *        statement, so what it leaves out is no longer known; otherwise an unknown fact leaves a known one standing.
 */
export function revisedFacts(
  known: readonly Fact[],
  told: readonly Fact[],
  withdrawn: boolean,
): readonly Fact[] | null {
  const merged = withdrawn ? told : told.map((fact, i) => fact ?? known[i] ?? null);
  return merged.some((fact, i) => fact !== known[i]) ? merged : null;
}
