import type { Instant } from "../core/clock.js";
import type { FixtureStatus } from "../domain/fixture.js";
import { type Tier, tierSpans } from "./tier.js";

/** What the planner knows of a fixture. */
export interface PollFixture {
  readonly kickOff: Instant;
  /** False when only the date is known and the kick-off is assumed. */
  readonly kickOffKnown: boolean;
  readonly status: FixtureStatus;
}

/** What was asked before. */
export interface PollHistory {
  /** When it was last asked for, whatever came of it; null when never. */
  readonly lastPoll: Instant | null;
  /** Failures since the last success. */
  readonly failures: number;
  /** The source said to wait until then; null when it did not. */
  readonly notBefore: Instant | null;
  /** 0 to 1: spreads retries, so that what failed together does not come back together. */
  readonly jitter: number;
  /** The source is never asked for the same more often than this, ms, however near the kick-off. */
  readonly restMs: number;
}

export type NextPoll =
  | { readonly kind: "at"; readonly at: Instant; readonly tier: Tier }
  | { readonly kind: "stop"; readonly reason: "over" | Exclude<FixtureStatus, "scheduled"> };

const FIRST_RETRY_MS = 30_000;
/** An assumed kick-off is worth no more than a look an hour. */
const UNKNOWN_EVERY_MS = 3_600_000;

/**
 * The earliest instant from `now` on at which a fixture may be asked for: the interval of the tier that holds then
 * has gone by since the last poll. A nearer tier may so come before the interval of a farther one is over.
 *
 * After a failure the interval is 30 s, doubled by each further one, times 0.5 to 1.5, but never more than the tier's.
 * Everything follows from the present kick-off: a moved match is planned as if it had always stood there.
 */
export function nextPoll(
  fixture: PollFixture,
  history: PollHistory,
  now: Instant,
  tiers: readonly Tier[],
): NextPoll {
  if (fixture.status !== "scheduled") return { kind: "stop", reason: fixture.status };
  const earliest = Math.max(now, history.notBefore ?? now);
  for (const { tier, from, until } of tierSpans(fixture.kickOff, tiers)) {
    const due = history.lastPoll === null ? now : history.lastPoll + intervalMs(tier, fixture, history);
    const at = Math.max(earliest, from, due);
    if (at < until) return { kind: "at", at, tier };
  }
  return { kind: "stop", reason: "over" };
}

/** How long to wait after a poll of a tier, whole ms. */
export function intervalMs(
  { everyMs }: Tier,
  { kickOffKnown }: Pick<PollFixture, "kickOffKnown">,
  { failures, jitter, restMs }: Pick<PollHistory, "failures" | "jitter" | "restMs">,
): number {
  const regular = Math.max(everyMs, restMs, kickOffKnown ? 0 : UNKNOWN_EVERY_MS);
  if (failures === 0) return regular;
  return Math.min(regular, Math.round(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 30) * (0.5 + jitter)));
}
