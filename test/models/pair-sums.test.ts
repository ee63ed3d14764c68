import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/core/assert.js";
import { createWork } from "../../src/models/goal-work.js";
import {
  addScore,
  addTeam,
  createPairSums,
  MOST_TEAMS,
  PAIR_CELLS,
  type PairSums,
  scaleSums,
} from "../../src/models/pair-sums.js";

/** What each pair holds, in the order in which pairs first met. */
function rowsOf(sums: PairSums): number[][] {
  return Array.from({ length: sums.pairs }, (_, p) => [
    ...sums.cells.slice(p * PAIR_CELLS, (p + 1) * PAIR_CELLS),
  ]);
}

describe("pair sums", () => {
  it("keep weights and low scores by ordered pair, neutral meetings apart, goals by team", () => {
    const sums = createPairSums(2);
    addScore(sums, 0, 1, 0, 0, 0.5, false);
    addScore(sums, 0, 1, 1, 0, 0.25, false);
    addScore(sums, 1, 0, 0, 1, 2, false);
    addScore(sums, 0, 1, 1, 1, 4, true);
    expect(sums.pairs).toBe(3);
    // A row a pair: weight of 0-0, 0-1, 1-0, 1-1 and other scores; weighted goals; a cell unused.
    expect(rowsOf(sums)).toEqual([
      [0.5, 0, 0.25, 0, 0, 0.25, 0, 0],
      [0, 2, 0, 0, 0, 0, 2, 0],
      [0, 0, 0, 4, 0, 4, 4, 0],
    ]);
    const work = createWork(sums);
    expect([...work.goalsFor]).toEqual([0.25 + 2 + 4, 4]);
    expect([...work.goalsAgainst]).toEqual([4, 6.25]);
    expect([work.homeWeight, work.homeGoals, work.awayGoals]).toEqual([2.75, 0.25, 2]);
    expect([work.totalWeight, sums.totalMatches, ...sums.matches.slice(0, 2)]).toEqual([6.75, 4, 4, 4]);
  });

  it("scale as if every weight had been smaller from the start", () => {
    const [late, early] = [createPairSums(3), createPairSums(3)];
    for (const [sums, factor] of [
      [late, 1],
      [early, 0.25],
    ] as const)
      for (const [h, a, x, y] of [
        [0, 1, 1, 1],
        [1, 2, 0, 1],
        [2, 0, 5, 0],
      ])
        addScore(sums, h, a, x, y, 2 * factor, false);
    scaleSums(late, 0.25);
    expect(late).toEqual(early);
  });

  it("grow by teams and pairs without losing any", () => {
    const sums = createPairSums(0);
    for (let t = 0; t < 70; t++) expect(addTeam(sums)).toBe(t);
    for (let round = 0; round < 2; round++)
      for (let h = 0; h < 70; h++)
        for (let a = 0; a < 70; a++) if (h !== a) addScore(sums, h, a, 2, 0, 1, false);
    expect(sums.pairs).toBe(70 * 69);
    for (const row of rowsOf(sums)) expect(row).toEqual([0, 0, 0, 0, 2, 4, 0, 0]);
    expect(createWork(sums).goalsFor[69]).toBe(2 * 69 * 2);
  });

  it("know their limit", () => {
    const sums = createPairSums(MOST_TEAMS);
    expect(() => addTeam(sums)).toThrow(InvariantError);
  });

  it("mark goals that are not whole: they are no low score", () => {
    const sums = createPairSums(2);
    addScore(sums, 0, 1, 0.5, 0, 1, false);
    expect(sums.wholeGoals).toBe(false);
    expect(rowsOf(sums)).toEqual([[0, 0, 0, 0, 1, 0.5, 0, 0]]);
  });
});
