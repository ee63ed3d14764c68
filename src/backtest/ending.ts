import type { Instant } from "../core/clock.js";
import { DAY_MS } from "../core/day.js";
import type { Fixture, Result } from "../domain/fixture.js";
import type { FateRevision } from "../strategy/resettle.js";
import { finalResult, firstKnownAt, type KnownResult } from "./known-result.js";

/** How a fixture ended for money. */
export interface Ending {
  /** The score as last corrected; null of a match that never had one. */
  readonly result: Result | null;
  /** When bets could first be settled. */
  readonly settledAt: Instant;
  /** What became of the match as it was known through time, ascending; left out where it never changed. */
  readonly fates?: readonly FateRevision[] | undefined;
}

/** What became of a match, the first entry at `settledAt`. */
export function fatesOf({ result, settledAt, fates }: Ending): readonly FateRevision[] {
  if (fates && fates.length > 0) return fates;
  return [
    {
      revision: 0,
      knownAt: settledAt,
      fate: result ? { kind: "played", ...result } : { kind: "not-played" },
    },
  ];
}

/** Stakes of a match that was never played come back a day after it should have begun. */
const VOID_AFTER_MS = DAY_MS;
/** A fixture so long before the last known result of its league, and still without one, was not played. */
const GIVEN_UP_AFTER_MS = 3 * DAY_MS;

/** How each fixture ended. One without a result is void when its league has played on since, else still to come. */
export function endingsOf(
  fixtures: readonly Fixture[],
  results: ReadonlyMap<number, KnownResult>,
): ReadonlyMap<number, Ending> {
  const last = lastKnown(results);
  const endings = new Map<number, Ending>();
  for (const { id, league, kickOff } of fixtures) {
    const known = results.get(id);
    if (known) endings.set(id, endingOf(known));
    else if (kickOff + GIVEN_UP_AFTER_MS < (last.get(league) ?? 0))
      endings.set(id, { result: null, settledAt: kickOff + VOID_AFTER_MS });
  }
  return endings;
}

function endingOf(known: KnownResult): Ending {
  const ending = { result: finalResult(known), settledAt: firstKnownAt(known) };
  if (known.revisions.length === 1) return ending;
  const fates = known.revisions.map(({ revision, knownAt, homeGoals, awayGoals }) => ({
    revision,
    knownAt,
    fate: { kind: "played", homeGoals, awayGoals } as const,
  }));
  return { ...ending, fates };
}

/** When the last result of each league became known. */
function lastKnown(results: ReadonlyMap<number, KnownResult>): ReadonlyMap<string, Instant> {
  const last = new Map<string, Instant>();
  for (const known of results.values()) {
    const { league } = known.fixture;
    last.set(league, Math.max(last.get(league) ?? 0, firstKnownAt(known)));
  }
  return last;
}
