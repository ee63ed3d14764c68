import { describe, expect, it } from "vitest";
import { applyUpdate } from "../../../src/exchange/recorded/apply.js";
import { createBook } from "../../../src/exchange/recorded/book.js";
import { createMcmReader, readLine } from "../../../src/exchange/recorded/mcm.js";
import { sharedAvailable } from "../../support/shared.js";
import { applyPlain, bookView, type PlainMarket, plainView } from "./plain-cache.js";
import { sampleLines } from "./samples.js";

/** Enough of a file for every kind of change in it, and quick. */
const MOST_LINES = 3000;

/** Follow a file in both, compare every `every`-th changed book and all at the end; returns how many were compared. */
function follow(name: string, every: number): number {
  const reader = createMcmReader();
  const plain = new Map<string, PlainMarket>();
  const books = new Map<string, { book: ReturnType<typeof createBook>; at: number }>();
  let compared = 0;
  const compare = (id: string) => {
    const market = plain.get(id);
    const ours = books.get(id);
    if (market === undefined || ours === undefined) return expect.unreachable(id);
    expect(JSON.stringify(bookView(ours.book))).toBe(JSON.stringify(plainView(market)));
    compared += 1;
  };
  for (const [number, line] of sampleLines(name).slice(0, MOST_LINES).entries()) {
    if (readLine(reader, line) !== "applied") continue;
    for (const id of applyPlain(plain, JSON.parse(line))) {
      const recording = reader.markets.get(id)?.recording;
      if (recording === undefined) return expect.unreachable(id);
      const state = books.get(id) ?? { book: createBook(id), at: 0 };
      books.set(id, state);
      while (state.at < recording.events.length) state.at = applyUpdate(state.book, recording, state.at);
      if (number % every === 0) compare(id);
    }
  }
  for (const id of plain.keys()) compare(id);
  expect(reader.refusals).toEqual([]);
  return compared;
}

describe.skipIf(!sharedAvailable)("books of real files equal a plain cache of their JSON", () => {
  it.each([
    ["flumine/1.200806927.gz", 71],
    ["nautilus_trader/1-206064380.bz2", 83],
    ["nautilus_trader/1-180305278.bz2", 53],
    ["betfair_parser/1.127236622.bz2", 101],
    ["betfair_parser/1.242971311.bz2", 31],
    ["flumine/1.197931750.gz", 2],
    ["flumine/BASIC-1.132153978.gz", 1],
    ["betfair_trading_rl/1.159963367.bz2", 1],
    ["autoHubTutorials/PRO/2022/Mar/1/31270458/1.195395423.bz2", 97],
  ])("%s, every %i-th update", (name, every) => {
    expect(follow(name, every)).toBeGreaterThan(25);
  });
});
