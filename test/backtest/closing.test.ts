import { describe, expect, it } from "vitest";
import { closingBooks } from "../../src/backtest/closing.js";
import type { Market } from "../../src/domain/market.js";
import { close, memory, type RowPrices } from "./source.js";

async function books(sources: readonly string[], ...prices: readonly RowPrices[]) {
  const source = memory([{ day: "2015-08-15", home: "Ash", away: "Birch", score: "1-0", prices }]);
  return closingBooks(await source.prices({}), sources, 0.15);
}

function selection(market: Market, runner: string, line = 0) {
  return { market, runner, line };
}

describe("closingBooks", () => {
  it("removes the margin over the whole book by the power method", async () => {
    const total: RowPrices = { source: "PS", moment: "close", market: "OVER_UNDER_25", prices: [1.9, 1.9] };
    const found = (await books(["PS"], total)).of(selection("OVER_UNDER_25", "UNDER"));
    expect(found).toEqual({ source: "PS", price: 1.9, fairProbability: expect.closeTo(0.5, 12) });
    // 2.6 3.25 3.0: the exponent is 1.0236867619 (models.md, spot values); 2.6^-1.0236867619.
    const match = (await books(["PS"], close("PS", 2.6, 3.25, 3))).of(selection("MATCH_ODDS", "HOME"));
    expect(match?.fairProbability).toBeCloseTo(2.6 ** -1.0236867619, 9);
  });

  it("goes down the list of sources, and no further", async () => {
    const both = [close("B365", 2, 4, 4), close("PS", 3, 3, 3)];
    expect((await books(["PS", "B365"], ...both)).of(selection("MATCH_ODDS", "HOME"))?.source).toBe("PS");
    expect((await books(["PS", "B365"], both[0])).of(selection("MATCH_ODDS", "HOME"))?.source).toBe("B365");
    expect((await books(["PS"], both[0])).of(selection("MATCH_ODDS", "HOME"))).toBeNull();
  });

  it("leaves out incomplete books, garbage, early prices and other lines", async () => {
    const home = selection("MATCH_ODDS", "HOME");
    expect((await books(["PS"], close("PS", 2, 4))).of(home)).toBeNull();
    // 2.14 1.01 1.01 once closed an exchange: the book sums to 2.4.
    expect((await books(["PS"], close("PS", 2.14, 1.01, 1.01))).of(home)).toBeNull();
    expect((await books(["PS"], { ...close("PS", 2, 4, 4), moment: "early" })).of(home)).toBeNull();
    const handicap: RowPrices = {
      source: "PS",
      moment: "close",
      market: "ASIAN_HANDICAP",
      line: -1,
      prices: [2, 2],
    };
    expect(
      (await books(["PS"], handicap)).of(selection("ASIAN_HANDICAP", "AWAY", -1))?.fairProbability,
    ).toBeCloseTo(0.5, 12);
    expect((await books(["PS"], handicap)).of(selection("ASIAN_HANDICAP", "AWAY", -2))).toBeNull();
  });

  it("does not judge markets whose runners overlap", async () => {
    const chance: RowPrices = {
      source: "PS",
      moment: "close",
      market: "DOUBLE_CHANCE",
      prices: [1.3, 1.4, 1.3],
    };
    expect((await books(["PS"], chance)).of(selection("DOUBLE_CHANCE", "HOME_OR_DRAW"))).toBeNull();
  });
});
