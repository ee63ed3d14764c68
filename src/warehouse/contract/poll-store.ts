import type { Instant } from "../../core/clock.js";

/** What the checker remembers between runs, so that cron can drive it. */
export interface PollStore {
  /**
   * A request is about to be sent: it counts from now on, whatever becomes of it. Its new id. A process that dies
   * before it says what came of it leaves a poll without an outcome, which counts as failed.
   */
  beginPoll(poll: {
    readonly source: string;
    readonly request: string;
    readonly at: Instant;
  }): Promise<number>;
  endPoll(id: number, outcome: PollRecord): Promise<void>;
  /** What is known of each request that was ever sent, by source and request. */
  pollStates(): Promise<readonly PollState[]>;
  /** Requests of a source sent at or after an instant. */
  pollCount(source: string, since: Instant): Promise<number>;
  /** Forget polls sent before an instant and requests not sent since; how many polls. */
  forgetPolls(before: Instant): Promise<number>;
}

export interface PollRecord {
  readonly outcome: "stored" | "unchanged" | "failed";
  /** New prices. */
  readonly prices: number;
  /** Why it failed; "" when it did not. */
  readonly detail: string;
  readonly notBefore: Instant | null;
}

export interface PollState {
  readonly source: string;
  readonly request: string;
  readonly lastPoll: Instant;
  readonly lastSuccess: Instant | null;
  /** Failures since the last success. */
  readonly failures: number;
  /** Why the last one failed; "" when it did not. */
  readonly detail: string;
  readonly notBefore: Instant | null;
}
