import type { Instant } from "../../core/clock.js";
import type { Market, QuarterLine, Runner } from "../../domain/market.js";
import type { Minor } from "../../domain/money.js";
import type { Side, SourceCode } from "../../domain/price.js";

export interface TickOffer {
  readonly price: number;
  readonly sizeMinor: Minor;
}

/** The best offers of a runner; null where there is none. */
export interface TickRunner {
  readonly runner: Runner;
  readonly back: TickOffer | null;
  readonly lay: TickOffer | null;
}

/** A market at an instant at which one of its best offers changed. */
export interface TickQuote {
  readonly at: Instant;
  readonly runners: readonly TickRunner[];
}

/** A limit order, sent on the quote of its instant. `stakeMinor`: the backer's. */
export interface TickOrder {
  readonly at: Instant;
  readonly runner: Runner;
  readonly side: Side;
  readonly price: number;
  readonly stakeMinor: Minor;
}

/** What became of an order. `profitMinor` is before commission. */
export interface TickFill {
  readonly matchedMinor: Minor;
  /** 0 when nothing was matched. */
  readonly averagePrice: number;
  readonly profitMinor: Minor;
}

/**
 * How orders are filled. "pessimistic" and "peer" are replays with the exchange's latency: newcomers queue in front, or
 * half of what trades at a price was in front. "full": every order whole, at once, at its own price.
 */
export type FillMode = "pessimistic" | "peer" | "full";
export const FILL_MODES: readonly FillMode[] = ["pessimistic", "peer", "full"];

export interface TickReplay {
  /** One an order, in their order. */
  readonly fills: readonly TickFill[];
  /** On the market's net winnings, by its own rate. */
  readonly commissionMinor: Minor;
}

/** A recorded exchange market of a fixture, to be decided on and bet in. What lies behind it is the caller's. */
export interface TickMarket {
  readonly fixtureId: number;
  readonly market: Market;
  readonly line: QuarterLine;
  readonly source: SourceCode;
  /** Quotes from an instant on until the market turns in play. */
  quotesFrom(from: Instant): Iterable<TickQuote>;
  replay(orders: readonly TickOrder[], mode: FillMode): TickReplay;
}
