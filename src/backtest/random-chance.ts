import { formatDay } from "../core/day.js";
import { createRng } from "../core/rng.js";
import { textHash } from "../core/text.js";
import type { Fixture } from "../domain/fixture.js";
import type { SourceCode } from "../domain/price.js";
import type { Strategy } from "../strategy/strategy.js";
import { type Chance, plainShares } from "../strategy/view.js";
import type { PriceBook } from "./price-book.js";
import { completeQuote } from "./price-book.js";

/** The model that knows nothing: it draws one runner of each book, and believes its price to be fair but for the margin. */
export const RANDOM = "random";

export interface Chooser {
  readonly seed: number;
  /** Share of the books in which it draws a runner at all, (0, 1]. */
  readonly share: number;
  /** Whose price says what a runner is worth, the first that quotes the whole book. */
  readonly sources: readonly SourceCode[];
}

/** The chooser of a strategy; null where its model is another. */
export function chooserOf({ model, prices }: Pick<Strategy, "model" | "prices">): Chooser | null {
  if (model.name !== RANDOM) return null;
  const { seed = 1, share = 1 } = model.parameters;
  return { seed: Number(seed), share: Number(share), sources: prices.sources };
}

/**
 * One runner of a book, drawn evenly, with its margin-free probability (margin in proportion); no other has a chance.
 *
 * The draw depends on the seed, the fixture's league, day and names, and the book: not on the order of the fixtures, nor
 * on any id, nor on any price.
 */
export function randomChances(
  chooser: Chooser,
  fixture: Fixture,
  book: PriceBook,
): readonly (Chance | null)[] {
  const none = book.runners.map(() => null);
  const prices = quoteOf(chooser, book);
  const rng = createRng(chooser.seed, textHash(keyOf(fixture, book)));
  const [whether, which] = [rng(), rng()];
  if (prices === null || whether >= chooser.share) return none;
  const chosen = Math.floor(which * book.runners.length);
  const sum = prices.reduce((total, price) => total + 1 / price, 0);
  return book.runners.map((_, index) =>
    index === chosen ? { shares: plainShares(1 / (prices[index] * sum)), low: null, high: null } : null,
  );
}

function quoteOf({ sources }: Chooser, book: PriceBook): Float64Array | null {
  for (const source of sources) {
    const quote = completeQuote(book, source);
    if (quote !== null) return quote;
  }
  return null;
}

function keyOf({ league, day, home, away }: Fixture, { market, line }: PriceBook): string {
  return [league, formatDay(day), home.name, away.name, market, line].join("|");
}
