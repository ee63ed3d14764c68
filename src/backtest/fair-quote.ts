import { powerProbabilities } from "../compiler/margin/power.js";
import type { SourceCode } from "../domain/price.js";
import { completeQuote, type PriceBook } from "./price-book.js";

/**
 * Margin-free probabilities of a source's backs by the power method; null unless it quotes every runner.
 *
 * Source   Clarke, Kovalchik & Ingram (2017), as in compiler/margin/power.ts.
 */
export function fairQuote(book: PriceBook, source: SourceCode): Float64Array | null {
  const prices = completeQuote(book, source);
  return prices !== null && powerProbabilities(prices, prices) > 0 ? prices : null;
}
