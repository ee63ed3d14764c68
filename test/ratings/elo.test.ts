import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ELO_ORIGINAL, rateElo } from "../../src/ratings/elo.js";
import { attackGain, rateEloGoals } from "../../src/ratings/elo-goals.js";
import { ratingsAsOf } from "../../src/ratings/history.js";
import { sharedAvailable } from "../support/shared.js";
import { leagues, played, referenceMatches, referenceRatings } from "./support.js";

const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [1, 0], season: 2017 });
const next = played({ id: 2, day: 18_000, home: "A", away: "B", goals: [1, 0], season: 2018 });

describe("rateElo", () => {
  it.skipIf(!sharedAvailable)("agrees with the reference on 2018-19 to 1e-9", () => {
    const reference = referenceRatings<number>("elo_k20_hfa100");
    const ratings = ratingsAsOf(rateElo(referenceMatches("input_epl1.json")), 20_000);
    expect(ratings).toHaveLength(20);
    for (const { team, attack, defence } of ratings) {
      expect(Math.abs(attack - reference[team.name])).toBeLessThan(1e-9);
      expect(defence).toBe(0);
    }
  });

  it("moves by k (1 - E) and honours neutral ground", () => {
    // E = 1 / (1 + 10^-0.25) = 0.6400649998 (hand): 20 x 0.3599350002 = 7.198700004.
    expect(rateElo([match]).entries[0].attackAfter).toBeCloseTo(1507.198700004, 8);
    const neutral = { ...match, fixture: { ...match.fixture, neutral: true } };
    expect(rateElo([neutral]).entries[0].attackAfter).toBe(1510);
  });

  it("carries the share of the distance to 1500 that it is told to", () => {
    // k 25, no home advantage: 1512.5, and 1500 + 0.96 x 12.5 = 1512 in the next season (hand).
    expect(rateElo([match, next], ELO_ORIGINAL).entries[2].attackBefore).toBeCloseTo(1512, 10);
    expect(rateElo([match, next]).entries[2].attackBefore).toBeCloseTo(1507.198700004, 8);
  });

  it("conserves the sum of every match", () => {
    fc.assert(
      fc.property(leagues, (matches) => {
        const { entries } = rateElo(matches);
        for (let i = 0; i < entries.length; i += 2) {
          const before = entries[i].attackBefore + entries[i + 1].attackBefore;
          expect(entries[i].attackAfter + entries[i + 1].attackAfter).toBeCloseTo(before, 9);
        }
      }),
      { seed: 42, numRuns: 50 },
    );
  });
});

describe("rateEloGoals", () => {
  it("takes 20 p0 for a blank and gives 20 g pg for goals", () => {
    // A = D: p0 = pg = 1/2. A 1900, D 1500: p0 = 1 / (0.1 + 1) = 10/11, pg = 1/11 (hand).
    expect(attackGain(0, 1500, 1500)).toBe(-10);
    expect(attackGain(3, 1500, 1500)).toBe(30);
    expect(attackGain(0, 1900, 1500)).toBeCloseTo(-200 / 11, 12);
    expect(attackGain(2, 1900, 1500)).toBeCloseTo(40 / 11, 12);
  });

  it("keeps home and away apart, shows their mean, and resets by 0.96", () => {
    const [home, away, later] = rateEloGoals([match, next]).entries;
    expect(home.detailAfter).toEqual({
      homeAttack: 1510,
      homeDefence: 1510,
      awayAttack: 1500,
      awayDefence: 1500,
    });
    expect(away.detailAfter).toEqual({
      homeAttack: 1500,
      homeDefence: 1500,
      awayAttack: 1490,
      awayDefence: 1490,
    });
    expect(home).toMatchObject({ attackAfter: 1505, defenceAfter: 1505 });
    expect(later.detailBefore?.homeAttack).toBeCloseTo(1509.6, 10);
  });
});
