import type { Instant } from "../core/clock.js";
import type { Fixture } from "../domain/fixture.js";
import type { PriceSnapshot } from "../domain/price.js";
import type { Picker } from "../strategy/pick.js";
import type { Strategy } from "../strategy/strategy.js";
import type { MarketView } from "../strategy/view.js";
import type { LedgerMode } from "../warehouse/ledger/port.js";
import type { Warehouse } from "../warehouse/port.js";

/** A fixture with the prices that its decision may see. */
export interface Sighted {
  readonly fixture: Fixture;
  readonly asOf: Instant;
  readonly prices: readonly PriceSnapshot[];
}

/** A strategy and what lets it see: the same look at a fixture that a backtest takes, handed in from outside. */
export interface TradedStrategy {
  readonly strategy: Strategy;
  readonly picker: Picker | null;
  readonly look: (
    sighted: readonly Sighted[],
    asOf: Instant,
  ) => Promise<readonly Omit<MarketView, "account">[]>;
}

/** What is traded: strategies, and the fixtures they are on. */
export interface Desk {
  readonly mode: LedgerMode;
  readonly strategies: readonly TradedStrategy[];
  readonly warehouse: Pick<Warehouse, "fixtures" | "aliases">;
  /** How far ahead markets are looked for. */
  readonly horizonMs: number;
}
