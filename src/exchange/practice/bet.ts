import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import type { SimulatedOrder } from "../simulator/order.js";

/** A bet that stands, or stood, at the practice exchange. */
export interface Bet {
  readonly betId: string;
  readonly marketId: string;
  readonly order: SimulatedOrder;
  readonly placedAt: Instant;
  readonly orderRef: string;
  readonly strategyRef: string;
  /** Before this the lists do not show it: its reply was lost. */
  readonly visibleAt: Instant;
  matchedAt: Instant | null;
  /** When nothing could change any more but its market's result. */
  endedAt: Instant | null;
  settledAt: Instant | null;
  profitMinor: Minor;
  /** What was last told of it on the order stream. */
  told: string;
}
