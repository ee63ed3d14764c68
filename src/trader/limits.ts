import type { Minor } from "../domain/money.js";

/**
 * What may be at risk, over and above a strategy's own limits. Risk: the stake of a back, the liability of a lay. All
 * count what is on its way and what is unknown in full. Null = no limit; live trading wants every one of the amounts.
 */
export interface TradingLimits {
  readonly perBetMinor: Minor | null;
  readonly perSelectionMinor: Minor | null;
  readonly perMarketMinor: Minor | null;
  readonly perFixtureMinor: Minor | null;
  /** Open risk of one strategy. */
  readonly perStrategyMinor: Minor | null;
  /** Risk of all bets intended on one UTC day, settled or not. */
  readonly perDayMinor: Minor | null;
  /** Open risk of everything on the account, orders of other hands included. */
  readonly accountMinor: Minor | null;
  /** Loss of the bets settled on a UTC day together with all that open bets can lose. */
  readonly maxDailyLossMinor: Minor | null;
  /** How far the price may have moved against us since the decision, as a share of the net odds. */
  readonly maxDrift: number;
  readonly maxPriceAgeMs: number;
  readonly minTimeToOffMs: number;
  readonly maxBetsPerRun: number;
  /** Bets whose fate is unknown, at most: more, and nothing is sent until a person has looked. */
  readonly maxUnknown: number;
  readonly inPlay: boolean;
}

export const AMOUNT_LIMITS = [
  "perBetMinor",
  "perSelectionMinor",
  "perMarketMinor",
  "perFixtureMinor",
  "perStrategyMinor",
  "perDayMinor",
  "accountMinor",
  "maxDailyLossMinor",
] as const satisfies readonly (keyof TradingLimits)[];

/** Without a limits file: no amounts, and the rules that need no amount. */
export const DEFAULT_LIMITS: TradingLimits = {
  perBetMinor: null,
  perSelectionMinor: null,
  perMarketMinor: null,
  perFixtureMinor: null,
  perStrategyMinor: null,
  perDayMinor: null,
  accountMinor: null,
  maxDailyLossMinor: null,
  maxDrift: 0.02,
  maxPriceAgeMs: 30_000,
  minTimeToOffMs: 60_000,
  maxBetsPerRun: 50,
  maxUnknown: 3,
  inPlay: false,
};
