import type { Quote } from "../../domain/price.js";
import { readBlock } from "./handicap-block.js";
import { type Observed, type QuoteReader, readGroup } from "./quote-group.js";

/**
 * All prices of a row, each as quoted.
 *
 * A cell that is no price is set aside alone. A group falls as a whole when its sum or its line shows that the row's
 * cells are not what their columns say. `line` is the home side's handicap on both runners of a handicap.
 */
export function readQuotes(reader: QuoteReader, observed: Observed): Quote[] {
  const quotes: Quote[] = [];
  for (const group of reader.odds.plain) readGroup(reader, group, 0, observed, quotes);
  for (const block of reader.odds.handicaps) readBlock(reader, block, observed, quotes);
  return quotes;
}
