import type { Minor } from "../../domain/money.js";

/**
 * How much of what stands at a price is in front of our order.
 *
 * "peer": what stood there on arrival, less half of what trades (the peers' assumption). "pessimistic": whatever is
 * visible there, newcomers too. "optimistic": cancellations too are taken to be in front. For the same orders, fills are
 * never fewer from one to the next in the order pessimistic, peer, optimistic.
 */
export type QueueMode = "pessimistic" | "peer" | "optimistic";

export interface SimulationOptions {
  /** From sending to executing, milliseconds; placing and replacing wait for the market's bet delay too. */
  readonly latencyMs: {
    readonly place: number;
    readonly cancel: number;
    readonly update: number;
    readonly replace: number;
  };
  readonly queue: QueueMode;
  /** Whether what one order takes off the ladder is gone for the next. */
  readonly takeOnce: boolean;
  /**
   * Whether LAPSE orders also lapse when the market turns in play without a suspension in between. The exchange does;
   * the reference simulation of the peers does not.
   */
  readonly lapseInPlay: boolean;
  readonly minimum: Minimum;
  /** Most that the market may lose, pending orders counted as matched; no limit when absent. */
  readonly maxLossMinor?: Minor;
}

/** Smallest bets: `sizeMinor`, or `payoutMinor` (price x size); for starting prices a lay's liability. */
export interface Minimum {
  readonly sizeMinor: Minor;
  readonly payoutMinor: Minor;
  readonly bspLiabilityMinor: Minor;
}

/** By currency, in minor units. Source: Betfair, "Currency parameters"; older pages say GBP 2. */
export const MINIMUMS: Readonly<Record<string, Minimum>> = {
  GBP: minimum(1, 10, 10),
  EUR: minimum(1, 20, 10),
  USD: minimum(1, 20, 20),
  AUD: minimum(5, 30, 30),
  NZD: minimum(2, 10, 10),
  CAD: minimum(2, 30, 30),
  SGD: minimum(2, 30, 30),
  DKK: minimum(15, 150, 150),
  NOK: minimum(10, 150, 150),
  SEK: minimum(15, 150, 150),
  HKD: minimum(10, 125, 125),
  RON: minimum(5, 50, 50),
  BRL: minimum(5, 50, 50),
};

function minimum(size: number, payout: number, bspLiability: number): Minimum {
  return { sizeMinor: size * 100, payoutMinor: payout * 100, bspLiabilityMinor: bspLiability * 100 };
}

/** The peers' latencies (flumine 2.13 defaults) and queue, sterling minimums. */
export const DEFAULT_OPTIONS: SimulationOptions = {
  latencyMs: { place: 120, cancel: 170, update: 150, replace: 280 },
  queue: "peer",
  takeOnce: true,
  lapseInPlay: false,
  minimum: minimum(1, 10, 10),
};
