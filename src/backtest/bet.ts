import type { Instant } from "../core/clock.js";
import type { Fixture, Result } from "../domain/fixture.js";
import type { Minor } from "../domain/money.js";
import type { Intent } from "../strategy/decide.js";
import { type FateRevision, type Settled, settleMarket, settlementEntries } from "../strategy/resettle.js";
import type { Outcome } from "../strategy/settlement.js";
import { commissionOf, type Strategy } from "../strategy/strategy.js";
import type { ClosingPrice } from "./closing.js";
import { type Ending, fatesOf } from "./ending.js";

/** What a correction of a result moved for one bet. */
export interface Correction {
  readonly knownAt: Instant;
  readonly outcome: Outcome;
  /** What the bet has made in all, as of then. */
  readonly profitMinor: Minor;
  readonly changeMinor: Minor;
}

/** A bet of a backtest from decision to settlement. */
export interface Bet extends Intent {
  readonly fixture: Fixture;
  /** When its money came back into the bank. */
  readonly settledAt: Instant;
  /** Null when the match never had a result: the stake came back. */
  readonly result: Result | null;
  /** For the one who struck the bet: a lay is won when its runner lost. */
  readonly outcome: Outcome;
  /** Under the last correction of the result, as are commission and profit. */
  readonly grossMinor: Minor;
  /** Its share of the commission on the market. */
  readonly commissionMinor: Minor;
  /** After commission. */
  readonly profitMinor: Minor;
  /** Entries that later corrections of the result made; the first settlement is the profit less what they moved. */
  readonly corrections: readonly Correction[];
  /** Closing price and fair probability of the same runner and line; null where none was quoted. */
  readonly closing: ClosingPrice | null;
  /** Back: price x fair closing probability - 1; lay: its negative. Null without a closing price. */
  readonly closingLineValue: number | null;
}

/** Share of net winnings, of sources without a rate of their own and of those with one. */
export type CommissionRates = Pick<Strategy, "commission" | "commissionBySource">;

/** Settle all bets on one fixture. Each source takes its commission market by market, on the net of its own bets. */
export function settleFixture(
  intents: readonly Intent[],
  fixture: Fixture,
  ending: Ending,
  rates: CommissionRates,
  closingOf: (intent: Intent) => ClosingPrice | null,
): Bet[] {
  const settled = settledIn(intents, fatesOf(ending), rates);
  return intents.map((intent, index) => {
    const { outcome, grossMinor, commissionMinor, corrections } = settled[index];
    const closing = closingOf(intent);
    // Field by field: a copy of this many fields that then grows is fifty times slower, and there are thousands.
    return {
      fixtureId: intent.fixtureId,
      market: intent.market,
      runner: intent.runner,
      line: intent.line,
      side: intent.side,
      asOf: intent.asOf,
      price: intent.price,
      quotedPrice: intent.quotedPrice,
      source: intent.source,
      observedAt: intent.observedAt,
      probability: intent.probability,
      edge: intent.edge,
      stakeMinor: intent.stakeMinor,
      liabilityMinor: intent.liabilityMinor,
      modelVersion: intent.modelVersion,
      because: intent.because,
      fixture,
      result: ending.result,
      settledAt: ending.settledAt,
      outcome,
      grossMinor,
      commissionMinor,
      profitMinor: grossMinor - commissionMinor,
      corrections,
      closing,
      closingLineValue: closing === null ? null : closingLineValue(intent, closing.fairProbability),
    };
  });
}

interface SettledBet extends Settled {
  readonly corrections: readonly Correction[];
}

/** Account by account: what a source is owed is reckoned on its bets on a market. */
function settledIn(
  intents: readonly Intent[],
  fates: readonly FateRevision[],
  rates: CommissionRates,
): SettledBet[] {
  const settled: SettledBet[] = new Array(intents.length);
  const accountOf = ({ source, market }: Intent): string => `${source} ${market}`;
  for (const account of new Set(intents.map(accountOf))) {
    const places = intents.flatMap((intent, index) => (accountOf(intent) === account ? [index] : []));
    const own = places.map((index) => intents[index]);
    for (const [at, bet] of settledAccount(own, fates, commissionOf(rates, own[0].source)).entries())
      settled[places[at]] = bet;
  }
  return settled;
}

const NONE: readonly Correction[] = [];

function settledAccount(
  bets: readonly Intent[],
  fates: readonly FateRevision[],
  commission: number,
): SettledBet[] {
  const last = settleMarket(bets, fates[fates.length - 1].fate, commission);
  if (fates.length === 1) return last.map((settled) => ({ ...settled, corrections: NONE }));
  const later = settlementEntries(bets, fates, commission).filter(
    ({ revision }) => revision !== fates[0].revision,
  );
  return last.map((settled, index) => ({
    ...settled,
    corrections: later.filter(({ bet }) => bet === index),
  }));
}

/** What the price was worth against the fair closing price, per unit of stake. */
export function closingLineValue(bet: Pick<Intent, "side" | "price">, fairProbability: number): number {
  const backer = bet.price * fairProbability - 1;
  return bet.side === "BACK" ? backer : 0 - backer;
}
