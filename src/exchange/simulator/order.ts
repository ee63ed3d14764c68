import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import type { Side } from "../../domain/price.js";
import type { RunnerBook } from "../recorded/book.js";
import type { Levels } from "../recorded/levels.js";

/** What becomes of the unmatched part when the market turns in play. */
export type Persistence = "LAPSE" | "PERSIST" | "MARKET_ON_CLOSE";

export interface LimitRequest {
  readonly type: "LIMIT";
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  /** A price on the market's ladder. */
  readonly price: number;
  readonly sizeMinor: Minor;
  readonly persistence: Persistence;
  /** Matched at once or not at all; the price is then the worst average over the whole fill. */
  readonly fillOrKill?: boolean;
  /** With `fillOrKill`: what is enough. The whole size when absent. */
  readonly minFillMinor?: Minor;
  /** The order lapses when the market has moved on from this version. */
  readonly marketVersion?: number;
}

/** Taken at the starting price. Liability: the stake of a back, what a lay can lose. */
export interface CloseRequest {
  readonly type: "LIMIT_ON_CLOSE" | "MARKET_ON_CLOSE";
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  readonly liabilityMinor: Minor;
  /** LIMIT_ON_CLOSE: the worst starting price that is taken. */
  readonly price?: number;
  readonly marketVersion?: number;
}

export type OrderRequest = LimitRequest | CloseRequest;

/** The exchange's words: PENDING is sent and not yet executed, EXPIRED a fill-or-kill that was not filled. */
export type OrderStatus = "PENDING" | "EXECUTABLE" | "EXECUTION_COMPLETE" | "EXPIRED" | "REFUSED";

/** Why an order was refused, or why its unmatched part is gone. Refusals carry the exchange's error codes. */
export type OrderReason =
  | "INVALID_RUNNER"
  | "INVALID_ODDS"
  | "INVALID_BET_SIZE"
  | "INVALID_MIN_FILL_SIZE"
  | "EXPOSURE_LIMIT"
  | "MARKET_NOT_OPEN_FOR_BETTING"
  | "MARKET_NOT_OPEN_FOR_BSP_BETTING"
  | "RUNNER_REMOVED"
  | "MARKET_VERSION"
  | "MARKET_SUSPENDED"
  | "TURNED_IN_PLAY"
  | "FILL_OR_KILL"
  | "CANCELLED"
  | "STARTING_PRICE_LIMIT"
  | "STARTING_PRICE_LIABILITY"
  | "NO_STARTING_PRICE"
  | "MARKET_CLOSED"
  | "RECORDING_ENDED";

export interface Fill {
  readonly at: Instant;
  /** Price x 100: whole for ladder prices and reduced ones, any number for a starting price. */
  readonly hundredths: number;
  readonly sizeMinor: Minor;
}

/** An order through its life. matched + cancelled + lapsed + voided + remaining is always its size. */
export interface SimulatedOrder {
  /** From 1, in the order they were sent. */
  readonly id: number;
  readonly request: OrderRequest;
  /** Index of the runner in its recording; -1 when there is no such runner. */
  readonly runner: number;
  /** Tick on the book's ladder; -1 for MARKET_ON_CLOSE. */
  tick: number;
  readonly sentAt: Instant;
  /** Publish time of the update that found it due; null when it never came to that. */
  placedAt: Instant | null;
  status: OrderStatus;
  reason: OrderReason | null;
  persistence: Persistence;
  fills: Fill[];
  /** LIMIT: the size asked for. Starting price: 0 until it is known, then what was matched. */
  sizeMinor: Minor;
  matchedMinor: Minor;
  cancelledMinor: Minor;
  lapsedMinor: Minor;
  voidedMinor: Minor;
  /** What still queues in front, in currency units: an estimate, not money, and never rounded. */
  ahead: number;
  marketVersion: number;
  /** What of the liability is left after withdrawals; starting-price orders only. */
  liabilityMinor: Minor;
}

/** What has not been matched, cancelled, lapsed or voided. */
export function remainingMinor(order: SimulatedOrder): Minor {
  return order.sizeMinor - order.matchedMinor - order.cancelledMinor - order.lapsedMinor - order.voidedMinor;
}

/** Whether an order can still be matched, or is on its way to be. */
export function isLive({ status }: SimulatedOrder): boolean {
  return status === "PENDING" || status === "EXECUTABLE";
}

/** The ladder an order takes from: backers take what is there to back. */
export function oppositeLadder(side: Side, { back, lay }: RunnerBook): Levels | null {
  return side === "BACK" ? back : lay;
}

/** The ladder an order rests in: an unmatched back is there to be laid. */
export function ownLadder(side: Side, { back, lay }: RunnerBook): Levels | null {
  return side === "BACK" ? lay : back;
}

/** Whether trading at `tick` is as good for the order as its own price, or better. */
export function reaches(side: Side, tick: number, orderTick: number): boolean {
  return side === "BACK" ? tick >= orderTick : tick <= orderTick;
}
