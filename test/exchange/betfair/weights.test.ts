import { describe, expect, it } from "vitest";
import { createGate, createSpacer } from "../../../src/exchange/betfair/pace.js";
import { bookWeight, chunked, marketsPerRequest } from "../../../src/exchange/betfair/weights.js";

// Weights: Betfair, "Market data request limits"; 200 a request.
describe("weights of listMarketBook", () => {
  it.each([
    [[], 2, 100],
    [["SP_AVAILABLE"], 3, 66],
    [["EX_BEST_OFFERS"], 5, 40],
    [["SP_TRADED"], 7, 28],
    [["EX_ALL_OFFERS"], 17, 11],
    [["EX_TRADED"], 17, 11],
    [["EX_BEST_OFFERS", "EX_TRADED"], 20, 10],
    [["EX_ALL_OFFERS", "EX_TRADED"], 32, 6],
  ] as const)("%j is %i: %i markets", (data, weight, markets) => {
    expect(bookWeight(data)).toBe(weight);
    expect(marketsPerRequest(weight)).toBe(markets);
  });

  it("grow with the depth of best offers", () => {
    expect(bookWeight(["EX_BEST_OFFERS"], 9)).toBe(15);
  });

  it("split a list whole and in order", () => {
    expect(chunked([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunked([], 2)).toEqual([]);
  });
});

describe("pace", () => {
  it("lets three run at once and all of them run", async () => {
    const gate = createGate(3);
    let running = 0;
    let most = 0;
    const task = async (n: number) => {
      running += 1;
      most = Math.max(most, running);
      for (let i = 0; i < n % 4; i++) await Promise.resolve();
      running -= 1;
      return n;
    };
    const done = await Promise.all(Array.from({ length: 50 }, (_, n) => gate(() => task(n))));
    expect(done).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(most).toBe(3);
  });

  it("goes on after a task that failed", async () => {
    const gate = createGate(1);
    await expect(gate(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await gate(async () => 1)).toBe(1);
  });

  it("asks for one market no more than five times a second", async () => {
    let now = 0;
    const sleep = async (ms: number) => {
      now += ms;
    };
    const space = createSpacer({ clock: { now: () => now }, sleep }, 200);
    const at: number[] = [];
    for (let i = 0; i < 6; i++) {
      await space(["1.1", `1.${i + 2}`]);
      at.push(now);
    }
    expect(at).toEqual([0, 200, 400, 600, 800, 1000]);
    await space(["1.9"]);
    expect(now).toBe(1000);
  });
});
