import { consider, type RefusalKind } from "../strategy/decide.js";
import type { Strategy } from "../strategy/strategy.js";
import { type Bet, settleFixture } from "./bet.js";
import { type ClosingBooks, closingBooks } from "./closing.js";
import { openLedger } from "./ledger.js";
import type { PricesByFixture } from "./price-book.js";
import type { SightSlot } from "./sights.js";

export interface Played {
  /** In the order in which they were struck. */
  readonly bets: readonly Bet[];
  /** How often a bet was not struck, by the kind of reason. */
  readonly refusals: ReadonlyMap<RefusalKind, number>;
}

export interface PlayOptions {
  readonly closingOf: (fixtureId: number) => ClosingBooks;
  readonly onSlot?: ((done: number, of: number) => void) | undefined;
}

/**
 * Bet through the slots.
 *
 * At each decision instant: pay out what had been settled, then decide every fixture of the slot on its prices. All
 * fixtures of a slot see the same bank.
 */
export function play(
  strategy: Strategy,
  slots: readonly SightSlot[],
  { closingOf, onSlot }: PlayOptions,
): Played {
  const ledger = openLedger(strategy.bankMinor);
  const bets: Bet[] = [];
  const refusals = new Map<RefusalKind, number>();
  for (const [index, { asOf, sights }] of slots.entries()) {
    ledger.settleUntil(asOf);
    for (const { fixture, ending, view } of sights) {
      const considered = consider(strategy, { ...view, account: ledger.account(asOf) });
      for (const { kind } of considered.refusals) refusals.set(kind, (refusals.get(kind) ?? 0) + 1);
      if (considered.intents.length === 0) continue;
      const closing = closingOf(fixture.id);
      const struck = settleFixture(considered.intents, fixture, ending, strategy.commission, closing.of);
      ledger.strike(struck, asOf);
      bets.push(...struck);
    }
    onSlot?.(index + 1, slots.length);
  }
  return { bets, refusals };
}

/** Closing books of each fixture, made when first asked for and kept. */
export function closingBooksIn(
  prices: PricesByFixture,
  { closing, maxOverround }: Strategy["prices"],
): (fixtureId: number) => ClosingBooks {
  const known = new Map<number, ClosingBooks>();
  return (fixtureId) => {
    let books = known.get(fixtureId);
    if (books === undefined) {
      books = closingBooks(prices.get(fixtureId) ?? [], closing, maxOverround);
      known.set(fixtureId, books);
    }
    return books;
  };
}
