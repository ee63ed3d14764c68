import type { Account, Venue } from "../exchange/venue.js";
import type { Bet } from "./bet.js";
import type { BetBook } from "./bet-book.js";
import type { TradingLimits } from "./limits.js";
import type { TraderClock } from "./trader-clock.js";

/** What a trader works with: one ledger, one venue, one clock, one set of limits. */
export interface Floor {
  readonly book: BetBook;
  readonly venue: Venue;
  readonly account: Account;
  readonly clock: TraderClock;
  readonly limits: TradingLimits;
  /** Copies of one request at most, the first included: 1 = never sent again. */
  readonly mostAttempts: number;
  /** Why trading is stopped; null when it is not. Asked before every send. */
  halted(): string | null;
  /** Whether a bet that was proven absent is to be sent anew; by default it expires. */
  readonly stillWanted: (bet: Bet) => boolean;
  warn(line: string): void;
}
