import type { Instant } from "../core/clock.js";
import { isStatisticoError } from "../core/errors.js";
import type { PollRecord } from "../warehouse/port.js";
import type { PlannedPoll } from "./plan.js";
import type { PollOutcome, PollSource } from "./source.js";
import type { Checker } from "./survey.js";

/** A request that was sent, and what came of it. */
export interface Polled {
  readonly source: string;
  readonly request: string;
  readonly at: Instant;
  readonly tookMs: number;
  readonly outcome: PollOutcome;
}

/**
 * Send what a plan calls due, each source's requests side by side as far as it allows. Each is counted before it is
 * sent. One that fails never stops the others; after an abort nothing more is sent.
 *
 * `onPolled` is told of each as it ends: nothing is gathered here, so that a long run needs no more memory.
 */
export async function pollDue(
  checker: Pick<Checker, "warehouse" | "sources" | "clock">,
  planned: readonly PlannedPoll[],
  signal: AbortSignal,
  onPolled: (polled: Polled) => void,
): Promise<void> {
  await Promise.all(
    checker.sources.map(async (source) => {
      const waiting = planned
        .filter(({ state, source: code }) => state === "due" && code === source.code)
        .map(({ request }) => request)
        .values();
      const worker = async (): Promise<void> => {
        for (const request of waiting) {
          if (signal.aborted) return;
          onPolled(await pollOne(checker, source, request, signal));
        }
      };
      await Promise.all(Array.from({ length: source.concurrency }, worker));
    }),
  );
}

async function pollOne(
  { warehouse, clock }: Pick<Checker, "warehouse" | "clock">,
  source: PollSource,
  request: string,
  signal: AbortSignal,
): Promise<Polled> {
  const at = clock.now();
  const id = await warehouse.beginPoll({ source: source.code, request, at });
  const outcome = await asked(source, request, signal);
  const ended = clock.now();
  await warehouse.endPoll(id, recordOf(outcome, ended));
  return { source: source.code, request, at, tookMs: ended - at, outcome };
}

/** The operator's problem of one request, a file that is refused for one, is that request's failure. */
async function asked(source: PollSource, request: string, signal: AbortSignal): Promise<PollOutcome> {
  try {
    return await source.poll(request, signal);
  } catch (error) {
    if (signal.aborted) return { kind: "failed", reason: "interrupted", retryAfterMs: null };
    if (!isStatisticoError(error)) throw error;
    return { kind: "failed", reason: error.message, retryAfterMs: null };
  }
}

function recordOf(outcome: PollOutcome, now: Instant): PollRecord {
  const failed = outcome.kind === "failed" ? outcome : null;
  return {
    outcome: outcome.kind,
    prices: outcome.kind === "stored" ? outcome.prices : 0,
    detail: failed?.reason ?? "",
    notBefore: failed?.retryAfterMs ? now + failed.retryAfterMs : null,
  };
}
