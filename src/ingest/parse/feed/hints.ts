import type { Instant } from "../../../core/clock.js";

/** What a reader is told beside the bytes. */
export interface FeedHints {
  /** Path or address: some sources say there what league a file is of. */
  readonly name: string;
  /** When the bytes came in: the instant of prices that carry none. */
  readonly receivedAt: Instant;
  /** The league the operator says the file is of, for files that do not say. */
  readonly league?: string | undefined;
}
