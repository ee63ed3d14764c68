import { additive } from "./additive.js";
import type { Book } from "./book.js";
import type { Removal } from "./method.js";

/**
 * Margin proportional to the odds: fair price = n x price / (n - overround x price).
 *
 * Written for q = 1 / price that is q - overround / n: the additive method under another name. Kept because people ask
 * for it; it is no independent evidence.
 * Source   Buchdahl, "Using the wisdom of the crowd to find value in a football match betting market".
 */
export function marginProportional(book: Book): Removal {
  return additive(book);
}
