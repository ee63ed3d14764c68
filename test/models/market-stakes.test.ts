import { describe, expect, it } from "vitest";
import { MARKET_INFORMED } from "../../src/models/market-parameters.js";
import { tableStakes } from "../../src/models/market-stakes.js";
import { emptyTable, enterResult, type Standing } from "../../src/models/market-table.js";

const parameters = MARKET_INFORMED.stakes;
const title = [{ rank: 1, weight: 2 }];

function table(...rows: readonly (readonly [points: number, played: number])[]) {
  const standings = rows.map(([points, played], i): [number, Standing] => [
    i + 1,
    { club: i + 1, played, points },
  ]);
  return new Map(standings);
}

/** The formula of the specification, written out: 3 phi(gap / sigma) / sigma r^-0.25, sigma = 1.5 sqrt(2 r). */
function stake(gap: number, r: number): number {
  const sigma = 1.5 * Math.sqrt(2 * r);
  return ((3 * Math.exp(-((gap / sigma) ** 2) / 2)) / Math.sqrt(2 * Math.PI) / sigma) * r ** -0.25;
}

describe("stakes from the table", () => {
  it("weigh the gap to the rival across a boundary", () => {
    const stakes = tableStakes(table([60, 36], [58, 36], [50, 36]), 38, parameters, title);
    expect(stakes.get(1)).toBeCloseTo(2 * stake(2, 2), 14);
    expect(stakes.get(2)).toBeCloseTo(2 * stake(-2, 2), 14);
    // Ten behind with two to play: the only boundary is dead.
    expect(stakes.get(3)).toBe(parameters.allDead);
  });

  it("are negative for a champion", () => {
    const stakes = tableStakes(table([70, 36], [60, 36], [50, 36]), 38, parameters, title);
    expect(stakes.get(1)).toBeCloseTo(parameters.allDead + parameters.champion, 14);
  });

  it("count matches in hand", () => {
    const stakes = tableStakes(table([60, 36], [59, 35]), 38, parameters, title);
    // The second has 59 + 1.35 and leads by 0.35 with three to play.
    expect(stakes.get(2)).toBeCloseTo(2 * stake(0.35, 3), 12);
    expect(stakes.get(1)).toBeCloseTo(2 * stake(-0.35, 2), 12);
  });

  it("are none before the last ten matches", () => {
    expect(tableStakes(table([40, 27], [38, 27]), 38, parameters, title).size).toBe(0);
    expect(tableStakes(table([40, 28], [38, 28]), 38, parameters, title).size).toBe(2);
  });

  it("are none for a club whose season outlasts its rounds", () => {
    const stakes = tableStakes(table([60, 38], [58, 37], [50, 37]), 38, parameters, title);
    expect([...stakes.keys()]).toEqual([2, 3]);
  });

  it("count boundaries from the bottom by the number of clubs", () => {
    const rows = table([9, 4], [8, 4], [7, 4], [6, 4], [5, 4]);
    const stakes = tableStakes(rows, 8, parameters, [{ rank: -3, weight: 1 }]);
    // n - 3 = 2 stay up: the second leads the third by one, the third is one behind.
    expect(stakes.get(2)).toBeCloseTo(stake(1, 4), 14);
    expect(stakes.get(3)).toBeCloseTo(stake(-1, 4), 14);
  });
});

describe("the table", () => {
  it("gives three points for a win, one for a draw, and passes over clubs outside it", () => {
    const standings = emptyTable([1, 2]);
    const result = { fixtureId: 1, revision: 0, halfTimeHome: null, halfTimeAway: null, knownAt: 0 };
    enterResult(standings, 1, 2, { ...result, homeGoals: 3, awayGoals: 1 });
    enterResult(standings, 2, 1, { ...result, homeGoals: 0, awayGoals: 0 });
    enterResult(standings, 1, 9, { ...result, homeGoals: 0, awayGoals: 1 });
    expect(standings.get(1)).toEqual({ club: 1, played: 3, points: 4 });
    expect(standings.get(2)).toEqual({ club: 2, played: 2, points: 1 });
    expect(standings.size).toBe(2);
  });
});
