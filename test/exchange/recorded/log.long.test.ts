import { describe, expect, it } from "vitest";
import { applyUpdate } from "../../../src/exchange/recorded/apply.js";
import { createBook } from "../../../src/exchange/recorded/book.js";
import { decodeLog, digestOf, encodeLog } from "../../../src/exchange/recorded/log.js";
import { createMcmReader, readLine, recordingsOf } from "../../../src/exchange/recorded/mcm.js";
import type { MarketRecording } from "../../../src/exchange/recorded/recording.js";
import { sharedAvailable } from "../../support/shared.js";
import { closing, scripted } from "../simulator/market.js";
import { runReference } from "../simulator/reference-strategy.js";
import { applyPlain, bookView, type PlainMarket, plainView } from "./plain-cache.js";
import { readSample, sampleLines } from "./samples.js";

const reread = (recording: MarketRecording) => decodeLog(encodeLog(recording, "f00d"), "x.market").recording;

describe("a market log", () => {
  const sample = () =>
    scripted(
      {
        at: 100,
        rc: [{ id: 1, trd: [[2, 45_000_000]], spn: "NaN", spb: [[4.4536071, 2]], bdatb: [[0, 2, 3]] }],
      },
      closing(900),
    );

  it("gives the recording and its source back", () => {
    const recording = sample();
    const { recording: again, source } = decodeLog(encodeLog(recording, "f00d"), "x.market");
    expect(source).toBe("f00d");
    expect({ ...again, events: null }).toEqual({ ...recording, events: null });
    expect([...again.events.words]).toEqual([
      ...recording.events.words.slice(0, 2 * recording.events.length),
    ]);
  });

  it("is the same bytes for the same market, and other bytes for another", () => {
    expect(encodeLog(sample(), "a")).toEqual(encodeLog(sample(), "a"));
    expect(digestOf(sample())).toBe(digestOf(sample()));
    expect(digestOf(sample())).not.toBe(digestOf(scripted(closing(900))));
  });

  it("refuses every cut, every turned bit and what is no log", () => {
    const bytes = encodeLog(sample(), "a");
    for (let length = 0; length < bytes.length; length += 7)
      expect(() => decodeLog(bytes.subarray(0, length), "x.market")).toThrow(
        /x.market is (no market log|damaged)/,
      );
    for (let at = 0; at < bytes.length; at += 5) {
      const turned = Uint8Array.from(bytes);
      turned[at] ^= 4;
      expect(() => decodeLog(turned, "x.market")).toThrow("x.market is");
    }
    expect(() =>
      decodeLog(Buffer.from("not a log at all, however long it may be, whatever it says"), "x"),
    ).toThrow("no market log");
  });

  it("is read wherever its bytes lie", () => {
    const bytes = encodeLog(sample(), "a");
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeLog(shifted.subarray(3), "x").recording.events.length).toBe(sample().events.length);
  });
});

describe.skipIf(!sharedAvailable)("logs of real files", () => {
  it.each([
    ["betfair_parser/1.242971311.bz2", 19],
    ["nautilus_trader/1-180305278.bz2", 151],
    ["flumine/1.197931750.gz", 3],
    ["betfair_trading_rl/1.159963367.bz2", 1],
  ])("replay book for book what the JSON says: %s, every %i-th", (name, every) => {
    const lines = sampleLines(name);
    const reader = createMcmReader();
    for (const line of lines) readLine(reader, line);
    const states = new Map(
      recordingsOf(reader).map((recording) => [
        recording.marketId,
        { log: reread(recording), book: createBook(recording.marketId), at: 0 },
      ]),
    );
    const plain = new Map<string, PlainMarket>();
    let compared = 0;
    for (const line of lines.filter((text) => text !== ""))
      for (const id of applyPlain(plain, JSON.parse(line))) {
        const state = states.get(id);
        const market = plain.get(id);
        if (state === undefined || market === undefined) return expect.unreachable(id);
        state.at = applyUpdate(state.book, state.log, state.at);
        if (compared++ % every === 0)
          expect(JSON.stringify(bookView(state.book))).toBe(JSON.stringify(plainView(market)));
      }
    for (const { log, at } of states.values()) expect(at).toBe(log.events.length);
    expect(compared).toBeGreaterThanOrEqual(101);
  });

  it("are a fifth to a third of the JSON in size", () => {
    const lines = sampleLines("flumine/1.200806927.gz");
    const [recording] = recordingsOf(readSample("flumine/1.200806927.gz"));
    expect(encodeLog(recording, "").length * 3).toBeLessThan(lines.join("\n").length);
  });

  it("give the same fills", () => {
    const [recording] = recordingsOf(readSample("flumine/1.200806927.gz"));
    const fills = (from: MarketRecording) =>
      runReference(from).orders.map(({ order, profitMinor }) => [order.fills, profitMinor]);
    expect(fills(reread(recording))).toEqual(fills(recording));
  });
});
