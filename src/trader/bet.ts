import type { Instant } from "../core/clock.js";
import type { LadderType } from "../domain/ladder.js";
import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { Minor } from "../domain/money.js";
import type { SourceCode } from "../domain/price.js";
import type { Side } from "../exchange/venue.js";
import type { BetState } from "./bet-state.js";

/** A wish as it is written into the ledger: what is bet, and everything it was decided on. */
export interface BetIntent {
  readonly key: string;
  readonly orderRef: string;
  readonly strategyRef: string;
  readonly strategy: string;
  /** The decision that wished for it. */
  readonly slot: string;
  readonly venue: string;
  readonly marketId: string;
  readonly selectionId: number;
  readonly handicap: number;
  readonly ladder: LadderType;
  readonly side: Side;
  readonly tick: number;
  /** The price of that tick: the worst it may be matched at. */
  readonly price: number;
  readonly sizeMinor: Minor;
  readonly marketVersion: number | null;
  readonly fixtureId: number;
  /** "Arsenal v Burnley" */
  readonly fixture: string;
  readonly league: string;
  readonly startsAt: Instant;
  readonly market: Market;
  readonly runner: Runner;
  readonly line: QuarterLine;
  readonly why: Reason;
}

/** Why a bet was wished for, in figures. */
export interface Reason {
  readonly asOf: Instant;
  readonly modelVersion: string;
  readonly source: SourceCode;
  readonly quotedPrice: number;
  readonly observedAt: Instant;
  readonly probability: number;
  readonly edge: number;
  readonly because: string;
}

/** A control's word on an intent. */
export interface Verdict {
  readonly control: string;
  /** Null when it passed. */
  readonly refusal: string | null;
}

export interface Bet {
  readonly intent: BetIntent;
  readonly state: BetState;
  readonly intendedAt: Instant;
  /** In the order they were asked; the last one is the refusal, if there is one. */
  readonly verdicts: readonly Verdict[];
}

/** A wish that a control refused before it was written as an intent: its key is not used up. */
export interface Denial {
  readonly intent: BetIntent;
  readonly at: Instant;
  readonly verdicts: readonly Verdict[];
}
