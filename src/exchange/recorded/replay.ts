import { applyUpdate } from "./apply.js";
import { createBook, type MarketBook } from "./book.js";
import type { MarketRecording } from "./recording.js";

/**
 * Show the book of a market after each of its updates. The book is one object that changes: copy what is to be kept.
 *
 * Returns it as it stands at the end.
 */
export function replay(recording: MarketRecording, show: (book: MarketBook) => void = () => {}): MarketBook {
  const book = createBook(recording.marketId);
  for (let at = 0; at < recording.events.length; ) {
    at = applyUpdate(book, recording, at);
    show(book);
  }
  return book;
}
