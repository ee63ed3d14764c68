import { describe, expect, it } from "vitest";
import { seriesOf } from "../../../src/exchange/recorded/market-series.js";
import { quotesAt, quotesFrom } from "../../../src/exchange/recorded/quotes.js";
import { closing, START, scripted } from "../simulator/market.js";

const recording = scripted(
  { at: 1000, rc: [{ id: 1, atb: [[2, 10]], atl: [[2.1, 20]], trd: [[2, 5]] }] },
  { at: 2000, rc: [{ id: 2, tv: 3 }] },
  { at: 3000, definition: { status: "SUSPENDED" }, rc: [{ id: 1, atb: [[2, 0]], atl: [[2.1, 0]] }] },
  {
    at: 4000,
    definition: { status: "OPEN" },
    rc: [
      {
        id: 1,
        atb: [[3, 7]],
        trd: [
          [2, 5],
          [3, 4],
        ],
        ltp: 3,
      },
    ],
  },
  { at: 5000, definition: { inPlay: true, version: 2 }, rc: [{ id: 1, atb: [[5, 1]] }] },
  { at: 8000, rc: [{ id: 1, trd: [] }] },
  closing(9000),
);

describe("a series of a market", () => {
  const series = seriesOf(recording, { from: START, to: START + 10_000, points: 6 });

  it("shows at each time what stood by then", () => {
    expect(series.times.map((at) => at - START)).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
    expect(series.runners[0]).toMatchObject({
      back: [null, 2, 3, 5, 5, 5],
      lay: [null, 2.1, null, null, null, null],
      lastTraded: [null, null, 3, 3, 3, 3],
    });
  });

  it("adds the volume up, and keeps what the close empties", () => {
    expect(series.runners[0]?.volumeMinor).toEqual([0, 500, 900, 900, 900, 900]);
    expect(series.volumeMinor).toEqual([0, 800, 1200, 1200, 1200, 1200]);
  });

  it("knows when the market was suspended", () => {
    expect(series.suspended).toEqual([[START + 3000, START + 4000]]);
  });
});

describe("the quotes of a market", () => {
  it("are those moments before the turn in play at which a best offer changed while it was open", () => {
    const quotes = [...quotesFrom(recording, START)];
    expect(quotes.map(({ at, runners }) => [at - START, runners[0]?.back, runners[0]?.lay])).toEqual([
      [0, null, null],
      [1000, { price: 2, sizeMinor: 1000 }, { price: 2.1, sizeMinor: 2000 }],
      [4000, { price: 3, sizeMinor: 700 }, null],
    ]);
    expect([...quotesFrom(recording, START + 1001)].map(({ at }) => at - START)).toEqual([2000, 4000]);
  });

  it("stand at given times as the last update of the open market left them, each once", () => {
    const at = (...times: number[]) =>
      quotesAt(
        recording,
        times.map((time) => START + time),
      ).map((quote) => quote.at - START);
    expect(at(-5, 1500, 2500, 2600, 3500, 4500)).toEqual([1000, 2000, 4000]);
    expect(at(4999, 5000)).toEqual([4000]);
    expect(at(5000, 6000)).toEqual([]);
  });
});
