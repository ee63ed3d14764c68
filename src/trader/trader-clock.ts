import type { Clock } from "../core/clock.js";

/** The wall's time for what is written down, and a clock that only goes forward for ages. */
export interface TraderClock extends Clock {
  /** Milliseconds since some fixed start. */
  monotonic(): number;
  /** Resolves after so long, or at once when the trader is told to end. */
  sleep(ms: number): Promise<void>;
}
