import { describe, expect, it } from "vitest";
import { StatisticoError } from "../../src/core/errors.js";
import { points2021, rateStatistico2021 } from "../../src/ratings/statistico-2021.js";
import { played } from "./support.js";

describe("rateStatistico2021", () => {
  it.each([
    // The check values of the original service, in hundredths: A, D, K, g -> points.
    [8_000, 3_000, 5, 200, 2666],
    [22_000, 20_000, 5, 0, -825],
    [10_000, 20_000, 5, 0, -375],
    // g = 0 and A == D: exactly -K.
    [100_000, 100_000, 4, 0, -400],
  ])("gives attack %d against %d, K %d, goals %d: %d", (attack, conceded, weight, goals, points) => {
    expect(points2021(goals, attack, conceded, weight)).toBe(points);
  });

  it("starts at 1000 and turns the sign of defence: higher is stronger", () => {
    const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [2, 0] });
    const [home, away] = rateStatistico2021([match]).entries;
    // K 5: +10 to A's attack, the same conceded by B; B blanks at A == D: -5, and A concedes -5.
    expect(home).toMatchObject({
      attackBefore: 1000,
      attackAfter: 1010,
      defenceBefore: 1000,
      defenceAfter: 1005,
    });
    expect(away).toMatchObject({ attackAfter: 995, defenceAfter: 990, detailAfter: { conceded: 1010 } });
  });

  it("weighs by division and does not reset between seasons", () => {
    const first = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [1, 1], league: "E3" });
    const second = played({
      id: 2,
      day: 18_000,
      home: "A",
      away: "B",
      goals: [0, 0],
      league: "E3",
      season: 2019,
    });
    expect(rateStatistico2021([first, second]).entries[2]).toMatchObject({
      attackBefore: 1002,
      defenceBefore: 998,
    });
  });

  it("refuses a league it has no weight for, naming it and those it has", () => {
    const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [1, 0], league: "D1" });
    expect(() => rateStatistico2021([match])).toThrow(StatisticoError);
    expect(() => rateStatistico2021([match])).toThrow(/E0, E1, E2, E3 only, was D1$/);
  });

  it("takes the weights it is given", () => {
    const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [1, 0], league: "D1" });
    const leagueWeights = new Map([["D1", 7]]);
    expect(rateStatistico2021([match], { leagueWeights }).entries[0].attackAfter).toBe(1007);
  });
});
