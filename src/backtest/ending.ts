import type { Instant } from "../core/clock.js";
import { DAY_MS } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import type { Ending } from "./bet.js";
import { finalResult, firstKnownAt, type KnownResult } from "./known-result.js";

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
    if (known) endings.set(id, { result: finalResult(known), settledAt: firstKnownAt(known) });
    else if (kickOff + GIVEN_UP_AFTER_MS < (last.get(league) ?? 0))
      endings.set(id, { result: null, settledAt: kickOff + VOID_AFTER_MS });
  }
  return endings;
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
