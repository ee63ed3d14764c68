import { describe, expect, it } from "vitest";
import { type MarketSummary, summarise } from "../../../src/exchange/recorded/market-summary.js";
import { recordingsOf } from "../../../src/exchange/recorded/mcm.js";
import { sharedAvailable } from "../../support/shared.js";
import { closing, runners, START, scripted } from "../simulator/market.js";
import { readLines, readSample, sampleLines } from "./samples.js";

const summaries = (name: string): MarketSummary[] => recordingsOf(readSample(name)).map(summarise);
const only = (name: string): MarketSummary => {
  const all = summaries(name);
  expect(all.length).toBe(1);
  return all[0];
};

/** [last traded, best back, best lay] of a runner in the closing prices. */
function closingPrices({ closing: found }: MarketSummary, id: number) {
  if (found.kind !== "closing") return found.why;
  const price = found.prices.find(({ selectionId }) => selectionId === id);
  return price && [price.lastTraded, price.bestBack, price.bestLay];
}

// Expected values: read off the files by a separate script in another language that keeps sets of prices.
describe.skipIf(!sharedAvailable)("summaries of real files", () => {
  it("football, BASIC: names and times change, every price is in play: closing price none", () => {
    const summary = only("betfair_trading_rl/1.159963367.bz2");
    expect(summary.eventNames).toEqual([
      "Linfield (W) v Crusaders (W)",
      "Linfield (W) v Crusaders Newtownabbey Strikers (W)",
    ]);
    expect(summary.marketTimes.map((at) => at % 86_400_000)).toEqual([
      19 * 3_600_000,
      19 * 3_600_000 - 53_000,
    ]);
    expect(summary.inPlayAt).toBe(1_561_575_548_602);
    expect(summary.closing).toEqual({ kind: "none", why: "no price before the off" });
    expect(summary.result).toMatchObject({
      winners: [11213164],
      settledAt: Date.UTC(2019, 5, 26, 20, 52, 40),
    });
    expect(summary.updates).toBe(101);
  });

  it("cricket, full depth: best prices of the last open moment before the off", () => {
    const summary = only("flumine/1.200806927.gz");
    expect(summary.closing).toMatchObject({ kind: "closing", basis: "in-play", at: 1_657_537_220_540 });
    expect(closingPrices(summary, 228749)).toEqual([1.26, 1.23, 1.26]);
    expect(closingPrices(summary, 2857977)).toEqual([4.8, 4.7, 6]);
    expect(summary.result?.winners).toEqual([228749]);
    expect(summary.eventNames).toEqual([]);
    expect(summary.statuses.map(({ status, inPlay }) => (inPlay ? `${status} in play` : status))).toEqual([
      "OPEN",
      "SUSPENDED",
      "OPEN in play",
      "SUSPENDED in play",
      "SUSPENDED in play",
      "SUSPENDED in play",
      "CLOSED in play",
    ]);
  });

  it("horses with a starting price and several suspensions", () => {
    const summary = only("nautilus_trader/1-206064380.bz2");
    expect(summary.inPlayAt).toBe(1_667_795_529_016);
    expect(closingPrices(summary, 46315468)).toEqual([7, 7.2, 7.4]);
    expect(closingPrices(summary, 35834588)).toEqual([8.2, 8.6, 8.8]);
    expect(summary.result?.winners).toEqual([38523163]);
  });

  it("horses that opened again after a suspension before the off", () => {
    const summary = only("betfair_parser/1.127236622.bz2");
    expect(summary.statuses.slice(-7).map(({ status }) => status)).toContain("SUSPENDED");
    expect(closingPrices(summary, 6197967)).toEqual([70, 70, 75]);
    expect(closingPrices(summary, 10926535)).toEqual([6, 6.6, 6.8]);
    expect(summary.result?.winners).toEqual([11129238]);
  });

  it("BASIC without depth: last trades alone", () => {
    expect(closingPrices(only("flumine/BASIC-1.132153978.gz"), 11695059)).toEqual([20, null, null]);
  });

  it("a dog race that never turns in play: the last prices before its close", () => {
    const summary = only("flumine/1.197931750.gz");
    expect(summary.closing).toMatchObject({ kind: "closing", basis: "closed", at: 1_650_392_996_470 });
    expect(closingPrices(summary, 42930960)).toEqual([9.8, 9.8, 10.5]);
    expect(summary.result?.winners).toEqual([37947503]);
  });

  it("a market time that moves ten times, and a meeting called off: closed without a winner", () => {
    const summary = only("autoHubTutorials/PRO/2022/Mar/1/31270458/1.195395421.bz2");
    expect(summary.marketTimes.length).toBe(10);
    expect(summary.result?.winners).toEqual([]);
    expect(closingPrices(summary, 43154452)).toEqual([3.6, 4.4, 4.5]);
  });

  it("tennis under two names", () => {
    const summary = only("betfair-database/official/1.223716976.bz2");
    expect(summary.eventNames).toEqual(["Cameron Norrie v Casper Ruud", "Norrie v Ruud"]);
    expect(summary.marketTimes.length).toBe(5);
    expect(closingPrices(summary, 42669524)).toEqual([3.35, null, null]);
  });

  it("files that never close have neither result nor closing price", () => {
    for (const summary of [
      only("nautilus_trader/1-166564490.bz2"),
      ...summaries("betfair_parser/1.242971311.bz2"),
    ]) {
      expect(summary.result).toBeNull();
      expect(summary.closing).toEqual({ kind: "none", why: "no off in the file" });
    }
  });

  it("200 football markets of one file: types, ladders and base rates stay with their market", () => {
    const all = summaries("betfair_parser/1.242971311.bz2").flatMap(({ definition }) => definition ?? []);
    const count = (type: string, ladder: string) =>
      all.filter(({ marketType, ladderType }) => marketType === type && ladderType === ladder).length;
    expect([count("MATCH_ODDS", "CLASSIC"), count("ASIAN_HANDICAP", "FINEST"), all.length]).toEqual([
      140, 60, 200,
    ]);
    expect(new Set(all.map(({ baseRate }) => baseRate))).toEqual(new Set([5, 6]));
    expect(new Set(all.map(({ eventTypeId }) => eventTypeId))).toEqual(new Set(["1"]));
  });

  it("X3: a market is updated by its own changes only", () => {
    // 2,821 changes in 1,736 lines of 200 markets: not every market with every line.
    const updates = summaries("betfair_parser/1.242971311.bz2").reduce(
      (sum, summary) => sum + summary.updates,
      0,
    );
    expect(updates).toBe(2821);
  });

  it("a file cut in the middle is a market that never closed", () => {
    const lines = sampleLines("flumine/1.200806927.gz").slice(0, 900);
    const [summary] = recordingsOf(readLines(lines)).map(summarise);
    expect(summary.result).toBeNull();
    expect(summary.inPlayAt).toBeNull();
  });
});

describe("summaries of scripted markets", () => {
  const back = (price: number) => [{ id: 1, atb: [[price, 5]], ltp: price }];

  it("in play with the first update", () => {
    const recording = scripted();
    recording.definitions[0] = { ...recording.definitions[0], inPlay: true };
    expect(summarise(recording).closing).toEqual({ kind: "none", why: "in play from the start" });
  });

  it("settled from SUSPENDED without ever trading", () => {
    const summary = summarise(
      scripted({ at: 100, definition: { status: "SUSPENDED" } }, closing(900, {}, { status: "WINNER" })),
    );
    expect(summary.closing).toEqual({ kind: "none", why: "no price before the off" });
    expect(summary.result?.winners).toEqual([2]);
  });

  it("an unknown market type, a runner that was placed and a starting price of NaN", () => {
    const definition = {
      marketType: "NEVER_SEEN",
      status: "CLOSED",
      runners: runners({ status: "PLACED", bsp: "NaN" }),
    };
    const summary = summarise(scripted({ at: 100, definition }));
    expect(summary.definition?.marketType).toBe("NEVER_SEEN");
    expect(summary.result?.runners[0]).toMatchObject({ status: "PLACED", startingPrice: null });
  });

  it("takes what stood before the update that turned it in play, not what came with it", () => {
    const turn = { at: 300, definition: { inPlay: true, version: 2 }, rc: back(9) };
    const summary = summarise(scripted({ at: 100, rc: back(3) }, turn, { at: 400, rc: back(8) }));
    expect(summary.closing).toMatchObject({ at: START + 300 });
    expect(closingPrices(summary, 1)).toEqual([3, 3, null]);
  });

  it("takes the best prices of the last open moment although the suspension emptied the book", () => {
    const updates = [
      { at: 100, rc: back(3) },
      { at: 200, definition: { status: "SUSPENDED" }, rc: [{ id: 1, atb: [[3, 0]] }] },
      { at: 250, definition: {}, rc: back(4) },
      {
        at: 280,
        definition: { status: "SUSPENDED", version: 2 },
        rc: [
          {
            id: 1,
            atb: [
              [3, 0],
              [4, 0],
            ],
          },
        ],
      },
      { at: 300, definition: { inPlay: true, version: 3 } },
    ];
    expect(closingPrices(summarise(scripted(...updates)), 1)).toEqual([4, 4, null]);
  });

  it("strips control characters from names", () => {
    const summary = summarise(scripted({ at: 100, definition: { eventName: "A\u001b[2J v  B\u202e" } }));
    expect(summary.eventNames).toEqual(["A[2J v B"]);
  });
});
