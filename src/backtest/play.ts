import type { PriceSnapshot } from "../domain/price.js";
import { considerSlot, type Intent, type RefusalKind } from "../strategy/decide.js";
import type { Picker } from "../strategy/pick.js";
import type { Strategy } from "../strategy/strategy.js";
import type { Account, MarketView } from "../strategy/view.js";
import { type Bet, settleFixture } from "./bet.js";
import { type ClosingBooks, closingBooks } from "./closing.js";
import { fillIntents } from "./fill.js";
import { openLedger } from "./ledger.js";
import type { PriceLookup } from "./price-book.js";
import type { Sight, SightSlot } from "./sights.js";

export interface Played {
  /** In the order in which they were struck. */
  readonly bets: readonly Bet[];
  /** How often a bet was not struck, by the kind of reason. */
  readonly refusals: ReadonlyMap<RefusalKind, number>;
}

export interface PlayOptions {
  readonly closingOf: (fixtureId: number) => ClosingBooks;
  /** Every price that is known of a fixture: where a bet is filled later than it was decided. */
  readonly pricesOf?: ((fixtureId: number) => readonly PriceSnapshot[]) | undefined;
  /** The strategy's code; null where its file says it all. */
  readonly picker?: Picker | null | undefined;
  readonly onSlot?: ((done: number) => void) | undefined;
}

/**
 * Bet through the slots.
 *
 * At each decision instant: pay out what had been settled, then decide every fixture of the slot on its prices. All
 * fixtures of a slot see the same bank.
 */
export function play(strategy: Strategy, slots: Iterable<SightSlot>, options: PlayOptions): Played {
  const ledger = openLedger(strategy.bankMinor);
  const bets: Bet[] = [];
  const refusals = new Map<RefusalKind, number>();
  const refuse = (kind: RefusalKind): void => void refusals.set(kind, (refusals.get(kind) ?? 0) + 1);
  let done = 0;
  for (const { asOf, sights } of slots) {
    ledger.settleUntil(asOf);
    const account = ledger.account(asOf);
    const views = sights.map(({ view }) => viewWith(view, account));
    const considered = considerSlot(strategy, views, options.picker ?? null);
    for (const [place, sight] of sights.entries()) {
      for (const { kind } of considered[place].refusals) refuse(kind);
      const struck = strikeBets(strategy, sight, considered[place].intents, options);
      for (let missed = struck.length; missed < considered[place].intents.length; missed++) refuse("no-fill");
      ledger.strike(struck, asOf);
      bets.push(...struck);
    }
    options.onSlot?.(++done);
  }
  return { bets, refusals };
}

/** Field by field, which is much faster than a copy that grows. */
function viewWith(view: Sight["view"], account: Account): MarketView {
  const { fixture, asOf, modelVersion, refusal, expected, books, form } = view;
  return { fixture, asOf, modelVersion, refusal, expected: expected ?? null, books, form, account };
}

function strikeBets(
  strategy: Strategy,
  { fixture, ending }: Sight,
  intents: readonly Intent[],
  { closingOf, pricesOf }: PlayOptions,
): Bet[] {
  if (intents.length === 0) return [];
  const later = strategy.fills.latencyMs === null ? [] : (pricesOf?.(fixture.id) ?? []);
  const { filled } = fillIntents(intents, later, fixture.kickOff, strategy.fills);
  return settleFixture(filled, fixture, ending, strategy, closingOf(fixture.id).of);
}

/** Closing books of each fixture, made when first asked for and kept. */
export function closingBooksIn(
  prices: PriceLookup,
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
