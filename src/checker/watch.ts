import type { Instant } from "../core/clock.js";
import { DAY_MS } from "../core/day.js";
import { isStatisticoError, type StatisticoError } from "../core/errors.js";
import type { PlannedPoll } from "./plan.js";
import { type Polled, pollDue } from "./poll.js";
import { type Checker, surveyPolls } from "./survey.js";

/** Fixtures and kick-offs change without us: look again at least that often. */
const LONGEST_SLEEP_MS = 60_000;
/** A due time that is now, or was, is not waited for in a busy loop. */
const SHORTEST_SLEEP_MS = 250;
const AFTER_TROUBLE_MS = 10_000;
const POLLS_KEPT_DAYS = 40;

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onPolled: (polled: Polled) => void;
  /** Told of a round that failed as a whole. */
  readonly onTrouble?: (error: StatisticoError) => void;
  /** Told before each sleep, with the plan that it follows from. */
  readonly onRest?: (planned: readonly PlannedPoll[], until: Instant) => void;
}

/**
 * Poll what is due and sleep until something is, until the signal. Nothing is carried over from round to round. A round
 * that fails, because another process keeps the database for long, say, is told and followed by the next.
 */
export async function watchPrices(checker: Checker, options: WatchOptions): Promise<void> {
  const { signal, sleep } = options;
  await checker.warehouse.forgetPolls(checker.clock.now() - POLLS_KEPT_DAYS * DAY_MS);
  while (!signal.aborted) {
    const until = await round(checker, options);
    if (signal.aborted) return;
    await sleep(until - checker.clock.now(), signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** One round; when the next one is due. */
async function round(
  checker: Checker,
  { signal, onPolled, onRest, onTrouble }: WatchOptions,
): Promise<Instant> {
  try {
    await pollDue(checker, await surveyPolls(checker), signal, onPolled);
    const rest = await surveyPolls(checker);
    const until = wakeAt(rest, checker.clock.now());
    if (!signal.aborted) onRest?.(rest, until);
    return until;
  } catch (error) {
    if (!isStatisticoError(error) || error.kind !== "failed") throw error;
    onTrouble?.(error);
    return checker.clock.now() + AFTER_TROUBLE_MS;
  }
}

/** When the next request is due, within the longest sleep. */
export function wakeAt(planned: readonly PlannedPoll[], now: Instant): Instant {
  const next = planned
    .filter(({ state }) => state === "waiting")
    .reduce((soonest, { at }) => Math.min(soonest, at), now + LONGEST_SLEEP_MS);
  return Math.max(next, now + SHORTEST_SLEEP_MS);
}
