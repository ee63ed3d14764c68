/** The quoted prices of one market as margin removal reads them. */
export interface Book {
  readonly kind: "book";
  /** 1 / price of each runner, in (0, 1). */
  readonly inverse: readonly number[];
  /** What the fair probabilities must sum to: 1, or the number of places paid. */
  readonly winners: number;
  /** Sum of `inverse` less `winners`: 0.05 is a margin of 5%, below 0 an underround. */
  readonly overround: number;
}

export interface InvalidBook {
  readonly kind: "invalid";
  readonly reason: string;
}

/** Below this an overround is rounding, not an underround: six prices' worth of representation error. */
const ROUNDING = 1e-12;

/**
 * Read decimal prices of mutually exclusive runners, of which `winners` win.
 *
 * Returns `invalid`, with the reason, when fewer than two runners are quoted, a price is not a finite number above 1,
 * or `winners` is not between 0 and the number of runners (both excluded).
 */
export function readBook(prices: readonly number[], winners = 1): Book | InvalidBook {
  if (prices.length < 2) return invalid(`a book needs two runners or more, was ${prices.length}`);
  const bad = prices.findIndex((price) => !(price > 1 && Number.isFinite(price)));
  if (bad >= 0) return invalid(`price ${bad + 1} must be a number above 1, was ${prices[bad]}`);
  if (!(winners > 0 && winners < prices.length))
    return invalid(`winners must lie between 0 and ${prices.length}, was ${winners}`);
  const inverse = prices.map((price) => 1 / price);
  return { kind: "book", inverse, winners, overround: sum(inverse) - winners };
}

/** True when the prices pay out more than they take, by more than rounding. */
export function isUnderround(book: Book): boolean {
  return book.overround < -ROUNDING;
}

/** True when nothing is to be removed: the inverse prices are the probabilities. */
export function isFair(book: Book): boolean {
  return Math.abs(book.overround) <= ROUNDING;
}

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function invalid(reason: string): InvalidBook {
  return { kind: "invalid", reason };
}
