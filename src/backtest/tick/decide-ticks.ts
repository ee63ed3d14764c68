import type { Runner } from "../../domain/market.js";
import { decide, type Intent } from "../../strategy/decide.js";
import type { Strategy } from "../../strategy/strategy.js";
import type { Account, BookView, Offer, RunnerView } from "../../strategy/view.js";
import type { Sight } from "../sights.js";
import type { TickMarket, TickOffer, TickQuote, TickRunner } from "./market.js";

/**
 * Decide a fixture on every quote of one of its markets: each runner is bet on once, where the strategy first wants it.
 *
 * The chances are those of the sight, which was made before the first quote: what the market does in between moves our
 * prices not at all. Pure; `decide` is the one that everything else calls.
 */
export function decideTicks(
  strategy: Strategy,
  { view }: Pick<Sight, "view">,
  market: TickMarket,
  account: Account,
): readonly Intent[] {
  const chances = chancesOf(view.books, market);
  const intents: Intent[] = [];
  const bet = new Set<Runner>();
  for (const quote of market.quotesFrom(view.asOf)) {
    if (bet.size === chances.size) break;
    const books = [bookOf(market, quote, chances, bet)];
    const now = { ...view, asOf: quote.at, books, account: withBets(account, intents) };
    for (const intent of decide(strategy, now)) {
      intents.push(intent);
      bet.add(intent.runner);
    }
  }
  return intents;
}

function chancesOf(
  books: readonly BookView[],
  { market, line }: TickMarket,
): ReadonlyMap<Runner, RunnerView> {
  const book = books.find((known) => known.market === market && known.line === line);
  return new Map(book?.runners.map((runner) => [runner.runner, runner]));
}

/** The book with every runner in it, for its overround; those that were bet on have no chance any more. */
function bookOf(
  { market, line, source }: TickMarket,
  { at, runners }: TickQuote,
  chances: ReadonlyMap<Runner, RunnerView>,
  bet: ReadonlySet<Runner>,
): BookView {
  return {
    market,
    line,
    runners: runners.map((runner) => {
      const known = chances.get(runner.runner);
      const open = known !== undefined && !bet.has(runner.runner);
      return {
        runner: runner.runner,
        chance: open ? known.chance : null,
        second: open ? (known.second ?? null) : null,
        offers: offersOf(runner, source, at),
      };
    }),
  };
}

function offersOf({ back, lay }: TickRunner, source: string, observedAt: number): Offer[] {
  const offer = (side: Offer["side"], best: TickOffer | null): Offer[] =>
    best === null ? [] : [{ source, side, price: best.price, size: best.sizeMinor / 100, observedAt }];
  return [...offer("BACK", back), ...offer("LAY", lay)];
}

function withBets(account: Account, intents: readonly Intent[]): Account {
  const risk = intents.reduce((sum, { liabilityMinor }) => sum + liabilityMinor, 0);
  return { ...account, openMinor: account.openMinor + risk, dayRiskMinor: account.dayRiskMinor + risk };
}
