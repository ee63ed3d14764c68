import type { Instant } from "../core/clock.js";
import type { LadderType } from "../domain/ladder.js";
import type { Minor } from "../domain/money.js";

/**
 * An exchange as the trader sees it: Betfair, the practice exchange and the paper book answer the same questions.
 *
 * Nothing here throws for what a venue or the network says: answers are values with a `kind`, because a refusal, a
 * silence and a stale session lead to different states of a bet. Prices are ticks of the market's ladder, money is in
 * integer minor units of the account's currency, times are milliseconds since 1970 UTC.
 */
export interface Venue {
  /** Shown to the user and written on every bet: "betfair", "practice", "paper". */
  readonly name: string;
  /** Real money is at stake. */
  readonly live: boolean;
  /** Session opened, account and its currency read. Called before anything else, and once. */
  open(): Promise<VenueAnswer<Account>>;
  funds(): Promise<VenueAnswer<Funds>>;
  catalogue(filter: CatalogueFilter): Promise<VenueAnswer<readonly CatalogueMarket[]>>;
  /** Books as they are now; a market the venue does not know is left out. Split over requests as its limits ask. */
  books(marketIds: readonly string[]): Promise<VenueAnswer<readonly VenueBook[]>>;
  /** One market's orders in one request. Outcomes stand in the order of `orders`. */
  place(request: PlaceRequest): Promise<readonly PlaceOutcome[]>;
  /** Cancels what is unmatched of each bet. Never called without bets: an empty list means "everything" at a venue. */
  cancel(marketId: string, betIds: readonly string[]): Promise<VenueAnswer<readonly CancelOutcome[]>>;
  /** Every order that is open or matched and not settled, all pages; of `orderRefs` alone when given. */
  currentOrders(query: OrderQuery): Promise<VenueAnswer<readonly VenueOrder[]>>;
  /** Every order that has ended since `settledFrom`, all pages; of `orderRefs` alone when given. */
  clearedOrders(query: OrderQuery): Promise<VenueAnswer<readonly ClearedOrder[]>>;
  /** Net result and commission by market, since `settledFrom`: commission is known by market only. */
  clearedMarkets(query: OrderQuery): Promise<VenueAnswer<readonly ClearedMarket[]>>;
  /** Dead-man switch: unmatched bets are cancelled when this is not called again within the time. 0 ends it. */
  heartbeat(timeoutSeconds: number): Promise<VenueAnswer<string>>;
  /** Prices as they are published, where the venue has a stream. Never throws: how it is, is its state. */
  readonly watch?: (
    marketIds: readonly string[],
    onChange: (marketIds: readonly string[]) => void,
  ) => VenueWatch;
  close(): Promise<void>;
}

/** Books that are kept up to date. They are `unreliable` unless the stream is live and says that all is well. */
export interface VenueWatch {
  state(): "connecting" | "live" | "waiting" | "ended";
  /** Of these markets, or of all watched; a market not heard of yet is left out. */
  books(marketIds?: readonly string[]): readonly VenueBook[];
  close(): void;
}

/** `refused`: the venue said no, `code` in its own words. `failed`: no usable answer came; what was asked may have happened. */
export type VenueAnswer<T> =
  | { readonly kind: "ok"; readonly value: T /** The venue's clock, when it told. */; readonly at: Instant }
  | { readonly kind: "refused"; readonly code: string; readonly detail: string }
  | { readonly kind: "failed"; readonly code: string; readonly detail: string }
  | { readonly kind: "unauthorised"; readonly code: string; readonly detail: string };

export interface Account {
  readonly name: string;
  readonly currency: string;
  /** Share of the commission that is waived, in [0, 1). */
  readonly discount: number;
}

export interface Funds {
  readonly availableMinor: Minor;
  /** What could be lost on open bets, >= 0. */
  readonly exposureMinor: Minor;
}

export interface CatalogueFilter {
  readonly marketTypes: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  readonly competitions?: readonly string[] | undefined;
}

export interface CatalogueMarket {
  readonly marketId: string;
  readonly marketType: string;
  readonly marketName: string;
  readonly startsAt: Instant;
  readonly eventId: string;
  readonly eventName: string;
  readonly competition: string | null;
  readonly country: string | null;
  /** Whose prices it shows, where a venue shows several sources'; the exchange's own when left out. */
  readonly source?: string | undefined;
  readonly runners: readonly CatalogueRunner[];
}

export interface CatalogueRunner {
  readonly selectionId: number;
  readonly handicap: number;
  readonly name: string;
  readonly sortPriority: number;
}

export type BookStatus = "INACTIVE" | "OPEN" | "SUSPENDED" | "CLOSED";
export type RunnerStatus = "ACTIVE" | "REMOVED" | "WINNER" | "LOSER" | "PLACED" | "HIDDEN";

export interface VenueBook {
  readonly marketId: string;
  readonly status: BookStatus;
  readonly inPlay: boolean;
  /** Raised by every event that lapses orders; sent along with an order so that it lapses with the version. */
  readonly version: number;
  readonly betDelaySeconds: number;
  /** When the prices were last known to be true, by the venue's clock. */
  readonly pricedAt: Instant;
  readonly ladder: LadderType;
  /** Percent, as the venue gives it; null when it does not say. */
  readonly marketBaseRate: number | null;
  /** The feed itself calls its data unreliable, or is being taken up again. */
  readonly unreliable: boolean;
  readonly runners: readonly VenueRunner[];
}

export interface VenueRunner {
  readonly selectionId: number;
  readonly handicap: number;
  readonly status: RunnerStatus;
  /** Best first. */
  readonly toBack: readonly PriceSize[];
  readonly toLay: readonly PriceSize[];
  readonly lastTick: number | null;
}

export interface PriceSize {
  readonly tick: number;
  readonly sizeMinor: Minor;
}

export type Side = "back" | "lay";
/** What becomes of the unmatched part when the market turns in play. */
export type Persistence = "lapse" | "persist" | "market-on-close";

export interface PlaceRequest {
  readonly marketId: string;
  readonly ladder: LadderType;
  /** At most 32 characters of the venue's alphabet; the same again within 60 s is the same request. */
  readonly customerRef: string;
  /** At most 15 characters; kept with the bets. */
  readonly strategyRef: string;
  /** The version the decision was made on; null to accept any. */
  readonly marketVersion: number | null;
  readonly orders: readonly OrderInstruction[];
}

export interface OrderInstruction {
  /** At most 32 characters; kept with the bet and looked up by, but not unique at the venue. */
  readonly orderRef: string;
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  readonly tick: number;
  readonly sizeMinor: Minor;
  readonly persistence: Persistence;
  readonly fillOrKill: boolean;
}

/**
 * What became of an order that was to be sent.
 *
 * placed      the venue has it under `betId`
 * rejected    the venue refused it for good: nothing stands there
 * look-first  an earlier send of it exists: its state must be looked up
 * unknown     nothing can be concluded: it may stand there now or appear within two minutes
 * not-sent    it never left this machine
 */
export type PlaceOutcome =
  | {
      readonly kind: "placed";
      readonly betId: string;
      readonly placedAt: Instant;
      readonly status: "EXECUTABLE" | "EXECUTION_COMPLETE" | "EXPIRED" | "PENDING";
      readonly matchedMinor: Minor;
      /** Mean matched price, a decimal; null while nothing is matched. */
      readonly averagePrice: number | null;
    }
  | { readonly kind: "rejected"; readonly code: string; readonly detail: string }
  | { readonly kind: "look-first"; readonly code: string; readonly detail: string }
  | { readonly kind: "unknown"; readonly code: string; readonly detail: string }
  | { readonly kind: "not-sent"; readonly code: string; readonly detail: string };

export interface CancelOutcome {
  readonly betId: string;
  /** Null when the venue did not cancel: `code` says why. */
  readonly cancelledMinor: Minor | null;
  readonly code: string;
}

export interface OrderQuery {
  readonly orderRefs?: readonly string[] | undefined;
  readonly marketIds?: readonly string[] | undefined;
  readonly settledFrom?: Instant | undefined;
}

/** An order that stands at the venue: open, or matched and waiting for its market. */
export interface VenueOrder {
  readonly betId: string;
  readonly marketId: string;
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  /** The price asked, a decimal: an order of another hand may be off our ladder. */
  readonly price: number;
  readonly sizeMinor: Minor;
  readonly status: "EXECUTABLE" | "EXECUTION_COMPLETE" | "EXPIRED" | "PENDING";
  readonly placedAt: Instant;
  readonly matchedMinor: Minor;
  readonly averagePrice: number | null;
  readonly remainingMinor: Minor;
  readonly lapsedMinor: Minor;
  readonly cancelledMinor: Minor;
  readonly voidedMinor: Minor;
  /** "" for an order of another hand. */
  readonly orderRef: string;
  readonly strategyRef: string;
}

export type ClearedStatus = "SETTLED" | "VOIDED" | "LAPSED" | "CANCELLED";

export interface ClearedOrder {
  readonly betId: string;
  readonly marketId: string;
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  readonly status: ClearedStatus;
  readonly orderRef: string;
  readonly strategyRef: string;
  readonly placedAt: Instant;
  readonly settledAt: Instant;
  readonly priceRequested: number;
  readonly priceMatched: number | null;
  readonly settledMinor: Minor;
  /** What did not come to a bet: the size lapsed, cancelled or voided. */
  readonly sizeCancelledMinor: Minor;
  /** Before commission. */
  readonly profitMinor: Minor;
}

export interface ClearedMarket {
  readonly marketId: string;
  readonly settledAt: Instant;
  readonly profitMinor: Minor;
  readonly commissionMinor: Minor;
}
