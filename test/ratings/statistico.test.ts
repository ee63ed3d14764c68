import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratingsAsOf } from "../../src/ratings/history.js";
import { rateStatistico, type StatisticoState, statisticoRule } from "../../src/ratings/statistico.js";
import { byName, leagues, played } from "./support.js";

const BASE: StatisticoState = { attack: 150_000, defence: 150_000 };

function play(home: Partial<StatisticoState>, away: Partial<StatisticoState>, goals: [number, number]) {
  const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals });
  return statisticoRule().play({ ...BASE, ...home }, { ...BASE, ...away }, match);
}

describe("rateStatistico", () => {
  it("gives the published points of Arsenal 4-3 Leicester, 2017", () => {
    // Published: A_home 1766.05, D_away 1359.63, g 4 -> +18.47; A_away 1655.18, D_home 1465.30, g 3 -> +23.90.
    const [arsenal, leicester] = play(
      { attack: 176_605, defence: 146_530 },
      { attack: 165_518, defence: 135_963 },
      [4, 3],
    );
    expect(arsenal).toEqual({ attack: 176_605 + 1847, defence: 146_530 - 2390 });
    expect(leicester).toEqual({ attack: 165_518 + 2390, defence: 135_963 - 1847 });
  });

  it("takes 12 from a home side and 18 from an away side without a goal, at equal ratings", () => {
    const [home, away] = play({}, {}, [0, 0]);
    expect(home).toEqual({ attack: 150_000 - 1200, defence: 150_000 + 1800 });
    expect(away).toEqual({ attack: 150_000 - 1800, defence: 150_000 + 1200 });
  });

  it("truncates towards zero, losses as well as gains", () => {
    // -12 x 1500.01 / 1500 = -12.00008 -> -12.00; +6 x 1499.99 / 1500 = 5.99996 -> 5.99 (hand).
    expect(play({}, { defence: 150_001 }, [0, 0])[0].attack).toBe(150_000 - 1200);
    expect(play({}, { defence: 149_999 }, [1, 0])[0].attack).toBe(150_000 + 599);
  });

  it("begins at 1500, goes half-way back at a new season and keeps every total to the hundredth", () => {
    const first = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [1, 0], season: 2017 });
    const second = played({ id: 2, day: 18_000, home: "A", away: "B", goals: [2, 1], season: 2018 });
    const { entries } = rateStatistico([second, first]);
    // 1500 + 6 = 1506 and 1500 + 18 = 1518 (hand); half-way back 1503 and 1509.
    expect(entries[0]).toMatchObject({ attackBefore: 1500, attackAfter: 1506, defenceAfter: 1518 });
    expect(entries[1]).toMatchObject({ defenceBefore: 1500, attackAfter: 1482, defenceAfter: 1494 });
    expect(entries[2]).toMatchObject({ fixtureId: 2, attackBefore: 1503, defenceBefore: 1509 });
    expect(entries[3]).toMatchObject({ attackBefore: 1491, defenceBefore: 1497 });
  });

  it("counts adjusted goals where they are known and plain goals elsewhere", () => {
    const match = played({ id: 7, day: 17_700, home: "A", away: "B", goals: [2, 0] });
    const adjustedGoals = new Map([[7, { home: 1.37, away: 0 }]]);
    // 6 x 1.37 = 8.22 exactly, where a truncation of a binary product may lose the last hundredth.
    expect(rateStatistico([match], { adjustedGoals }).entries[0].attackAfter).toBe(1508.22);
    expect(rateStatistico([match]).entries[0].attackAfter).toBe(1512);
  });

  it("stays between 100 and 10,000, however long a team goes without a goal", () => {
    const barren = Array.from({ length: 400 }, (_, i) =>
      played({ id: i, day: 17_000 + i, home: "A", away: "B", goals: [0, 5] }),
    );
    const ratings = byName(ratingsAsOf(rateStatistico(barren), 20_000));
    expect(ratings.get("A")).toMatchObject({ attack: 100, defence: 100 });
    expect(ratings.get("B")?.defence).toBe(10_000);
  });

  it("keeps every total a whole number of hundredths", () => {
    fc.assert(
      fc.property(leagues, (matches) => {
        for (const entry of rateStatistico(matches).entries) {
          for (const total of [entry.attackBefore, entry.attackAfter, entry.defenceAfter]) {
            expect(total).toBe(Math.round(total * 100) / 100);
          }
        }
      }),
      { seed: 42, numRuns: 50 },
    );
  });
});
