import type { Instant } from "../../core/clock.js";
import type { Market, Runner } from "../../domain/market.js";

/** A runner of an exchange market at its end, and its last prices before the off; null where there was none. */
export interface ExchangeRunner {
  readonly selectionId: number;
  readonly handicap: number;
  readonly name: string | null;
  readonly status: string;
  readonly startingPrice: number | null;
  readonly lastTraded: number | null;
  readonly bestBack: number | null;
  readonly bestLay: number | null;
}

/** One recording of an exchange market: what its last definition says, and how it closed. */
export interface ExchangeRecording {
  readonly venue: string;
  readonly marketId: string;
  /** Of everything the market did: the name of its compiled log, and equal for equal recordings. */
  readonly digest: string;
  readonly updates: number;
  readonly logBytes: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** "" where the recording has no definition at all. */
  readonly eventTypeId: string;
  readonly eventId: string;
  readonly eventName: string | null;
  readonly name: string | null;
  readonly marketType: string;
  readonly bettingType: string;
  readonly status: string;
  /** The planned start, as last told; null without a definition. */
  readonly kickOff: Instant | null;
  readonly inPlayAt: Instant | null;
  readonly settledAt: Instant | null;
  /** Percent of the net winnings; null without a definition. */
  readonly baseRate: number | null;
  readonly numberOfWinners: number;
  /** "in-play", "closed", or why there is no closing price. */
  readonly closing: string;
  readonly closingAt: Instant | null;
  readonly runners: readonly ExchangeRunner[];
}

/** Whether a market was known before a file: "different" when it was, but not like this. */
export type ExchangeNovelty = "new" | "same" | "different";

/** An exchange market as its best recording has it: a closed one before one that stops early, then the longer. */
export interface ExchangeMarket extends ExchangeRecording {
  readonly recordings: number;
  readonly link: ExchangeLink | null;
}

/** Which of our fixtures and markets an exchange market is, and which of our runners its selections are. */
export interface ExchangeLink {
  readonly venue: string;
  readonly marketId: string;
  readonly fixtureId: number;
  readonly market: Market;
  readonly runners: readonly {
    readonly selectionId: number;
    readonly handicap: number;
    readonly runner: Runner;
  }[];
}

export interface ExchangeQuery {
  readonly venue?: string | undefined;
  readonly marketIds?: readonly string[] | undefined;
  readonly eventTypeId?: string | undefined;
  readonly marketType?: string | undefined;
  readonly fixtureIds?: readonly number[] | undefined;
  /** Only markets that are, or are not, linked to a fixture. */
  readonly linked?: boolean | undefined;
  readonly limit?: number | undefined;
}
