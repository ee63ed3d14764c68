import { createHash, type Hash } from "node:crypto";
import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import type { ChangeJson } from "../recorded/encode.js";
import type { Bet } from "./bet.js";
import type { PracticeMarket } from "./market.js";
import type { PracticeFixture } from "./match-script.js";

export interface ExchangeOptions {
  readonly seed: number;
  readonly startsAt: Instant;
  readonly fixtures: readonly PracticeFixture[];
  readonly balanceMinor: Minor;
}

/** Told of what happens, for the stream. Nothing the exchange does depends on them. */
export interface Listeners {
  market: (market: PracticeMarket, change: ChangeJson, publishTime: Instant) => void;
  bets: (market: PracticeMarket, bets: readonly Bet[], at: Instant) => void;
}

/**
 * The practice exchange without sockets, faults or a clock: markets that play themselves, and one account's bets.
 *
 * The same options and operations give the same bets, fills and money, which `eventHash` stands for.
 */
export interface Exchange {
  readonly options: ExchangeOptions;
  readonly markets: ReadonlyMap<string, PracticeMarket>;
  readonly bets: Map<string, Bet>;
  readonly listeners: Listeners;
  /** customerRef of each request of the last minute. */
  readonly recent: Map<string, Instant>;
  /** Of each market that is settled: before and after commission. */
  readonly settled: Map<string, { readonly profitMinor: Minor; readonly commissionMinor: Minor }>;
  readonly hashes: Map<string, Hash>;
  balanceMinor: Minor;
  lastBet: number;
}

export function exposureMinor({ markets }: Exchange): Minor {
  let sum = 0;
  for (const market of markets.values()) sum += market.exposureMinor;
  return sum;
}

/** A digest of everything that became of every bet, market by market. */
export function eventHash({ hashes }: Exchange): string {
  const whole = createHash("sha256");
  for (const hash of hashes.values()) whole.update(hash.copy().digest());
  return whole.digest("hex");
}
