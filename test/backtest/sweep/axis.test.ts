import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Axis, parseAxis } from "../../../src/backtest/sweep/axis.js";
import { everyChoice, randomChoices, withChoice } from "../../../src/backtest/sweep/grid.js";
import { createRng } from "../../../src/core/rng.js";

describe("--set", () => {
  it("steps in decimals, both ends included", () => {
    expect(parseAxis("entry.edge.min=0.01:0.10:0.01")).toEqual({
      path: "entry.edge.min",
      values: [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1],
    });
    expect(parseAxis("a=3:1:-1").values).toEqual([3, 2, 1]);
  });

  it("takes lists of numbers, words and truths, each value once", () => {
    expect(parseAxis("model.halfLifeDays=200,400,200").values).toEqual([200, 400]);
    expect(parseAxis("side=back,lay").values).toEqual(["back", "lay"]);
    expect(parseAxis("x=true,false").values).toEqual([true, false]);
  });

  it.each(["", "a", "=1", "a=", "a=1:2:0", "a=2:1:1", "__proto__.x=1", "a.constructor=1", "a=0:1:0.0001"])(
    "refuses %j",
    (text) => expect(() => parseAxis(text)).toThrow(/^--set/),
  );
});

const AXES: readonly Axis[] = [
  { path: "entry.edge.min", values: [0.01, 0.02] },
  { path: "filters.1.games", values: [3, 5, 7] },
];

describe("grid", () => {
  it("turns the last axis fastest", () => {
    expect(everyChoice(AXES)).toEqual([
      [0.01, 3],
      [0.01, 5],
      [0.01, 7],
      [0.02, 3],
      [0.02, 5],
      [0.02, 7],
    ]);
  });

  it("puts a choice in its places and leaves the document alone", () => {
    const document = { name: "x", entry: { edge: { max: 1 } }, filters: [{ games: 1 }, { games: 2 }] };
    expect(withChoice(document, AXES, [0.02, 5])).toEqual({
      name: "x",
      entry: { edge: { max: 1, min: 0.02 } },
      filters: [{ games: 1 }, { games: 5 }],
    });
    expect(document.entry.edge).toEqual({ max: 1 });
  });

  it("draws different choices of the grid, in its order", () => {
    const whole = everyChoice(AXES).map((choice) => choice.join());
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 1e6 }), (count, seed) => {
        const drawn = randomChoices(AXES, count, createRng(seed, 0)).map((choice) => choice.join());
        expect(drawn.length).toBe(Math.min(count, whole.length));
        expect(whole.filter((choice) => drawn.includes(choice))).toEqual(drawn);
      }),
      { seed: 42, numRuns: 50 },
    );
  });
});
