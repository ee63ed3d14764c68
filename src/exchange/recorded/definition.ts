import type { Instant } from "../../core/clock.js";
import { FINEST, type Ladder, type LadderType, type LineRange, lineLadder } from "../../domain/ladder.js";

export type MarketStatus = "INACTIVE" | "OPEN" | "SUSPENDED" | "CLOSED";
export type RunnerStatus = "ACTIVE" | "WINNER" | "LOSER" | "PLACED" | "REMOVED" | "REMOVED_VACANT" | "HIDDEN";

/** A runner of a definition. One horse or team may stand in it once for every handicap. */
export interface DefinedRunner {
  readonly selectionId: number;
  /** 0 where the market has none. */
  readonly handicap: number;
  /** Self-recorded files carry no names. */
  readonly name: string | null;
  readonly status: RunnerStatus;
  /** The starting price once reconciled; null before, and where the exchange says NaN. */
  readonly startingPrice: number | null;
  /** Percent taken off the others' prices when this one is removed. */
  readonly adjustmentFactor: number | null;
  readonly removedAt: Instant | null;
}

/** A market as the exchange describes it at one moment. Any market type is accepted. */
export interface MarketDefinition {
  readonly eventTypeId: string;
  readonly eventId: string;
  readonly eventName: string | null;
  readonly name: string | null;
  readonly marketType: string;
  readonly bettingType: string;
  readonly status: MarketStatus;
  readonly inPlay: boolean;
  readonly turnInPlayEnabled: boolean;
  readonly persistenceEnabled: boolean;
  readonly bspMarket: boolean;
  readonly bspReconciled: boolean;
  /** Whole seconds that a bet waits in play. */
  readonly betDelay: number;
  readonly numberOfWinners: number;
  /** Percent of the net winnings, before a customer's discount. */
  readonly baseRate: number;
  readonly version: number;
  /** The planned start; it may move, and often does. */
  readonly marketTime: Instant;
  readonly settledTime: Instant | null;
  readonly ladderType: LadderType;
  readonly lines: LineRange | null;
  readonly runners: readonly DefinedRunner[];
}

/** The ladder a book of this market counts its ticks on: every kind of odds shares FINEST, see `OP`. */
export function bookLadder({ ladderType, lines }: MarketDefinition): Ladder {
  return ladderType === "LINE_RANGE" && lines !== null ? lineLadder(lines) : FINEST;
}
