import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWork } from "../../src/models/goal-work.js";
import { connectionOf, connectionOfWork } from "../../src/models/islands.js";
import { addScore, createPairSums } from "../../src/models/pair-sums.js";

function sumsOf(teams: number, pairs: readonly (readonly [number, number])[]) {
  const sums = createPairSums(teams);
  for (const [home, away] of pairs) addScore(sums, home, away, 1, 1, 1, false);
  return sums;
}

describe("connectionOf", () => {
  it("finds one island in a round robin, and no halves", () => {
    const pairs = [0, 1, 2].flatMap((h) => [0, 1, 2].filter((a) => a !== h).map((a) => [h, a] as const));
    expect(connectionOf(sumsOf(3, pairs))).toEqual({ islands: [[0, 1, 2]], halves: null });
  });

  it("finds islands, a lone team among them", () => {
    expect(
      connectionOf(
        sumsOf(6, [
          [0, 3],
          [3, 5],
          [5, 0],
          [1, 4],
        ]),
      ),
    ).toEqual({
      islands: [[0, 3, 5], [1, 4], [2]],
      halves: null,
    });
  });

  it("finds the halves of a schedule in which like never met like", () => {
    expect(
      connectionOf(
        sumsOf(4, [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 0],
        ]),
      ),
    ).toEqual({
      islands: [[0, 1, 2, 3]],
      halves: [
        [0, 2],
        [1, 3],
      ],
    });
  });

  it("agrees with reachability by walking the matches", () => {
    const pair = fc.tuple(fc.nat(6), fc.nat(6)).filter(([h, a]) => h !== a);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
        const sums = sumsOf(7, pairs);
        const connection = connectionOf(sums);
        const { islands } = connection;
        expect(connectionOfWork(createWork(sums), sums)).toEqual(connection);
        const reached = new Set([0]);
        for (let round = 0; round < 7; round++)
          for (const [h, a] of pairs) if (reached.has(h) || reached.has(a)) reached.add(h).add(a);
        expect(islands.find((island) => island.includes(0))?.toSorted()).toEqual([...reached].sort());
        expect(islands.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
      }),
      { seed: 42 },
    );
  });
});
