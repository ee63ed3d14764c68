import type { Instant } from "../core/clock.js";
import type { Fixture, Result } from "../domain/fixture.js";
import type { Minor } from "../domain/money.js";
import type { Intent } from "../strategy/decide.js";
import {
  commissionShares,
  grossProfitMinor,
  layerOutcome,
  type Outcome,
  settleRunner,
} from "../strategy/settlement.js";
import { commissionOf, type Strategy } from "../strategy/strategy.js";
import type { ClosingPrice } from "./closing.js";

/** A bet of a backtest from decision to settlement. */
export interface Bet extends Intent {
  readonly fixture: Fixture;
  /** When its money came back into the bank. */
  readonly settledAt: Instant;
  /** Null when the match never had a result: the stake came back. */
  readonly result: Result | null;
  /** For the one who struck the bet: a lay is won when its runner lost. */
  readonly outcome: Outcome;
  readonly grossMinor: Minor;
  /** Its share of the commission on the market. */
  readonly commissionMinor: Minor;
  /** After commission. */
  readonly profitMinor: Minor;
  /** Closing price and fair probability of the same runner and line; null where none was quoted. */
  readonly closing: ClosingPrice | null;
  /** Back: price x fair closing probability - 1; lay: its negative. Null without a closing price. */
  readonly closingLineValue: number | null;
}

/** How a fixture ended for money: `result` is the last correction, `settledAt` when it first could be known. */
export interface Ending {
  readonly result: Result | null;
  readonly settledAt: Instant;
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
  const outcomes = intents.map((intent) => outcomeOf(intent, ending.result));
  const gross = intents.map((intent, index) =>
    grossProfitMinor(intent.side, intent.stakeMinor, intent.price, backersView(intent, outcomes[index])),
  );
  const shares = commissionByMarket(intents, gross, rates);
  return intents.map((intent, index) => {
    const closing = closingOf(intent);
    return {
      ...intent,
      ...ending,
      fixture,
      outcome: outcomes[index],
      grossMinor: gross[index],
      commissionMinor: shares[index],
      profitMinor: gross[index] - shares[index],
      closing,
      closingLineValue: closing === null ? null : closingLineValue(intent, closing.fairProbability),
    };
  });
}

function outcomeOf(intent: Intent, result: Result | null): Outcome {
  if (result === null) return "void";
  const { market, runner, line, side } = intent;
  const outcome = settleRunner(market, runner, line, result.homeGoals, result.awayGoals);
  return side === "BACK" ? outcome : layerOutcome(outcome);
}

function backersView(intent: Intent, outcome: Outcome): Outcome {
  return intent.side === "BACK" ? outcome : layerOutcome(outcome);
}

function commissionByMarket(
  intents: readonly Intent[],
  gross: readonly Minor[],
  rates: CommissionRates,
): Minor[] {
  const shares = intents.map(() => 0);
  const accountOf = ({ source, market }: Intent): string => `${source} ${market}`;
  for (const account of new Set(intents.map(accountOf))) {
    const indices = intents.flatMap((intent, index) => (accountOf(intent) === account ? [index] : []));
    const due = commissionShares(
      indices.map((index) => gross[index]),
      commissionOf(rates, intents[indices[0]].source),
    );
    for (const [place, index] of indices.entries()) shares[index] = due[place];
  }
  return shares;
}

/** What the price was worth against the fair closing price, per unit of stake. */
export function closingLineValue(bet: Pick<Intent, "side" | "price">, fairProbability: number): number {
  const backer = bet.price * fairProbability - 1;
  return bet.side === "BACK" ? backer : 0 - backer;
}
