import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratingsAsOf } from "../../src/ratings/history.js";
import { rateMassey } from "../../src/ratings/massey.js";
import { sharedAvailable } from "../support/shared.js";
import { byName, leagues, played, referenceMatches, referenceRatings } from "./support.js";

describe("rateMassey", () => {
  it.skipIf(!sharedAvailable)("agrees with the reference on 2018-19 to 1e-12", () => {
    const reference = referenceRatings<[number, number, number]>("massey");
    const ratings = ratingsAsOf(rateMassey(referenceMatches("input_epl1.json")), 20_000);
    expect(ratings).toHaveLength(20);
    for (const { team, attack, defence } of ratings) {
      const [overall, offence, defensive] = reference[team.name];
      expect(Math.abs(attack + defence - overall)).toBeLessThan(1e-12);
      expect(Math.abs(attack - offence)).toBeLessThan(1e-12);
      expect(Math.abs(defence - defensive)).toBeLessThan(1e-12);
    }
  });

  it("solves a triangle by hand", () => {
    // A 2-0 B, B 1-0 C, C 0-3 A. Differences A +5, B -1, C -4; 3 r = difference: 5/3, -1/3, -4/3.
    // (T + P) d = T r - f: A 10/3 - 5, B -2/3 - 1, C -8/3 - 0 = -5/3, -5/3, -8/3; sum of d = -6/4 = -1.5,
    // d = that + 1.5: -1/6, -1/6, -7/6.
    const day = 17_700;
    const matches = [
      played({ id: 1, day, home: "A", away: "B", goals: [2, 0] }),
      played({ id: 2, day: day + 1, home: "B", away: "C", goals: [1, 0] }),
      played({ id: 3, day: day + 2, home: "C", away: "A", goals: [0, 3] }),
    ];
    const ratings = byName(ratingsAsOf(rateMassey(matches), day + 3));
    const expected = { A: [5 / 3 + 1 / 6, -1 / 6], B: [-1 / 3 + 1 / 6, -1 / 6], C: [-4 / 3 + 7 / 6, -7 / 6] };
    for (const [name, [attack, defence]] of Object.entries(expected)) {
      expect(ratings.get(name)?.attack).toBeCloseTo(attack, 12);
      expect(ratings.get(name)?.defence).toBeCloseTo(defence, 12);
    }
  });

  it("gives a single match its shortest solution: half the margin each way", () => {
    // 3-1: r = +1, -1. d_A + d_B = r_A - 3 = -2, and nothing tells them apart: -1 each; attacks 2 and 0.
    const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [3, 1] });
    const [home, away] = rateMassey([match]).entries;
    expect(home).toMatchObject({ attackBefore: 0, defenceBefore: 0 });
    expect(home.attackAfter).toBeCloseTo(2, 12);
    expect(home.defenceAfter).toBeCloseTo(-1, 12);
    expect(away.attackAfter).toBeCloseTo(0, 12);
    expect(away.defenceAfter).toBeCloseTo(-1, 12);
  });

  it("sums to 0 on every day of any league, islands or not", () => {
    fc.assert(
      fc.property(leagues, (matches) => {
        for (const { ratings } of rateMassey(matches).tables) {
          const total = ratings.reduce((sum, { attack, defence }) => sum + attack + defence, 0);
          expect(Math.abs(total)).toBeLessThan(1e-9);
        }
      }),
      { seed: 42, numRuns: 100 },
    );
  });

  it("predicts each team's total of goals: the normal equations of attack and defence hold", () => {
    fc.assert(
      fc.property(leagues, (matches) => {
        const season = matches.filter(({ fixture }) => fixture.season === 2017);
        const ratings = byName(ratingsAsOf(rateMassey(season), 20_000));
        const error = new Map<string, number>();
        const add = (name: string, value: number) => error.set(name, (error.get(name) ?? 0) + value);
        for (const { fixture, result } of season) {
          const [home, away] = [ratings.get(fixture.home.name), ratings.get(fixture.away.name)];
          if (!home || !away) throw new Error("a rated match has two rated teams");
          add(fixture.home.name, result.homeGoals - (home.attack - away.defence));
          add(fixture.away.name, result.awayGoals - (away.attack - home.defence));
        }
        for (const sum of error.values()) expect(Math.abs(sum)).toBeLessThan(1e-9);
      }),
      { seed: 42, numRuns: 100 },
    );
  });
});
