import type { ChangeJson } from "../recorded/encode.js";
import type { Bet } from "./bet.js";
import type { Exchange } from "./exchange-state.js";
import type { PracticeMarket } from "./market.js";

/** Something that happened, as the streams tell it. */
export interface Told {
  readonly seq: number;
  readonly marketId: string;
  readonly publishTime: number;
  /** A market's change, or what became of bets in it. */
  readonly change: ChangeJson | null;
  readonly bets: readonly Bet[];
}

/** The latest happenings, so that a client that was away can be told what it missed. */
export interface StreamLog {
  /** Of the last happening; 0 before the first. */
  readonly last: () => number;
  /** Everything after `seq`, or null when that is no longer known. */
  after(seq: number): readonly Told[] | null;
  onTold(listener: (told: Told) => void): () => void;
}

const KEPT = 4096;

/** Listens to the exchange from now on. */
export function createStreamLog(exchange: Exchange): StreamLog {
  let last = 0;
  let kept: Told[] = [];
  const listeners = new Set<(told: Told) => void>();
  const add = (
    market: PracticeMarket,
    publishTime: number,
    change: ChangeJson | null,
    bets: readonly Bet[],
  ): void => {
    last += 1;
    const told = { seq: last, marketId: market.marketId, publishTime, change, bets };
    kept.push(told);
    if (kept.length > 2 * KEPT) kept = kept.slice(-KEPT);
    for (const listener of listeners) listener(told);
  };
  exchange.listeners.market = (market, change, publishTime) => add(market, publishTime, change, []);
  exchange.listeners.bets = (market, bets, at) => add(market, at, null, [...bets]);
  return {
    last: () => last,
    after(seq) {
      if (seq > last || seq < last - kept.length) return null;
      return kept.filter((told) => told.seq > seq);
    },
    onTold(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
