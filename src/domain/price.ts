import type { Instant } from "../core/clock.js";
import type { Market, QuarterLine, Runner, Selection } from "./market.js";

/** A bookmaker's or exchange's code as its source writes it: B365, PS, BFE, Max, ... */
export type SourceCode = string;

/**
 * What a source is. `aggregate` is a maximum or average of many books: no single book where a bet can be struck.
 * `model` is our own compiled price.
 */
export type SourceKind = "bookmaker" | "exchange" | "aggregate" | "model";

export interface PriceSource {
  readonly code: SourceCode;
  readonly name: string;
  readonly kind: SourceKind;
}

/** BACK: the price a backer gets. LAY: the price a layer gives. */
export type Side = "BACK" | "LAY";

/**
 * Which price of a line this is. `early`: the collection slot, what a bet may use. `close`: the last before kick-off,
 * only for judging. `tick`: an observation at its own instant.
 */
export type Moment = "early" | "close" | "tick";

/** What a quoted column is about: shared by every row of a file, so that equal kinds are one object. */
export interface QuoteKind {
  readonly source: SourceCode;
  readonly market: Market;
  readonly runner: Runner;
  readonly side: Side;
  readonly moment: Moment;
}

/** One price as a source quotes it, not yet tied to a stored fixture. */
export interface Quote {
  readonly kind: QuoteKind;
  readonly line: QuarterLine;
  /** Decimal, > 1, exactly as quoted. */
  readonly price: number;
  /** Stake on offer in the source's currency; null when the source does not say. */
  readonly size: number | null;
  readonly observedAt: Instant;
}

/** A stored price. Append-only: a changed price is a further snapshot with a later `knownAt`. */
export interface PriceSnapshot extends Selection {
  readonly source: SourceCode;
  readonly side: Side;
  readonly moment: Moment;
  readonly price: number;
  readonly size: number | null;
  /** When the price stood, or its collection slot. */
  readonly observedAt: Instant;
}
