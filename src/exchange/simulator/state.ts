import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import type { TradeWatch } from "../recorded/apply.js";
import type { MarketBook } from "../recorded/book.js";
import type { MarketDefinition } from "../recorded/definition.js";
import type { MarketRecording } from "../recorded/recording.js";
import type { SimulationOptions } from "./options.js";
import type { Persistence, SimulatedOrder } from "./order.js";

interface Sent {
  readonly order: SimulatedOrder;
  readonly sentAt: Instant;
  readonly delayMs: number;
}

/** Something sent to the exchange and not yet executed there. */
export type Action =
  | (Sent & { readonly kind: "place" })
  | (Sent & { readonly kind: "cancel"; readonly sizeMinor: Minor })
  | (Sent & { readonly kind: "update"; readonly persistence: Persistence })
  | (Sent & { readonly kind: "replace"; readonly next: SimulatedOrder });

/** One market being replayed with our orders in it. Mutable; the orders are for reading only. */
export interface Simulation {
  readonly recording: MarketRecording;
  readonly options: SimulationOptions;
  readonly book: MarketBook;
  /** All orders ever sent, in that order. */
  readonly orders: SimulatedOrder[];
  /** Those that rest in the market. */
  live: SimulatedOrder[];
  /** Sent and not yet executed. */
  actions: Action[];
  /** Liquidity our orders took, by `takenKey`. */
  readonly taken: Map<number, Minor>;
  /** Traded sizes before this update, by runner and tick; see `TradeWatch`. */
  readonly traded: Map<number, Minor>;
  readonly watch: TradeWatch;
  /** Runners whose removal has been dealt with. */
  readonly removed: Set<number>;
  /** Slot of the next update. */
  at: number;
  /** The definition at the last update. */
  seen: MarketDefinition | null;
}
