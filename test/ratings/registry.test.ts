import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratingsAsOf } from "../../src/ratings/history.js";
import { isRatingAlgorithm, RATING_ALGORITHMS, rate } from "../../src/ratings/registry.js";
import { leagues, played } from "./support.js";

const names = Object.keys(RATING_ALGORITHMS).filter(isRatingAlgorithm);
const settings = { seed: 42, numRuns: 40 };

describe.each(names)("rate %s", (name) => {
  it("gives the same bytes whatever the order of the matches", () => {
    fc.assert(
      fc.property(leagues, fc.infiniteStream(fc.nat()), (matches, keys) => {
        const shuffled = matches
          .map((match, i) => ({ match, key: keys.next().value ?? 0, i }))
          .sort((a, b) => a.key - b.key || b.i - a.i)
          .map(({ match }) => match);
        expect(JSON.stringify(rate(name, shuffled))).toBe(JSON.stringify(rate(name, matches)));
      }),
      settings,
    );
  });

  it("knows nothing of a day when asked for ratings as of it", () => {
    fc.assert(
      fc.property(leagues, fc.integer({ min: 17_700, max: 17_720 }), (matches, day) => {
        const scrambled = matches.map((match) =>
          match.fixture.day < day
            ? match
            : { ...match, result: { ...match.result, homeGoals: 9, awayGoals: 4 } },
        );
        const past = matches.filter(({ fixture }) => fixture.day < day);
        const asOf = JSON.stringify(ratingsAsOf(rate(name, matches), day));
        expect(JSON.stringify(ratingsAsOf(rate(name, scrambled), day))).toBe(asOf);
        expect(JSON.stringify(ratingsAsOf(rate(name, past), day))).toBe(asOf);
      }),
      settings,
    );
  });

  it("brings into a match only what was known before its day", () => {
    fc.assert(
      fc.property(leagues, fc.integer({ min: 17_700, max: 17_720 }), (matches, day) => {
        const scrambled = matches.map((match) =>
          match.fixture.day < day
            ? match
            : { ...match, result: { ...match.result, homeGoals: 9, awayGoals: 4 } },
        );
        const known = (all: typeof matches) =>
          rate(name, all)
            .entries.filter((entry) => entry.day === day)
            .map((entry) => [entry.fixtureId, entry.team.id, entry.attackBefore, entry.defenceBefore]);
        expect(known(scrambled)).toEqual(known(matches));
      }),
      settings,
    );
  });

  it("has one entry a team and fixture, and counts a match given twice once", () => {
    fc.assert(
      fc.property(leagues, (matches) => {
        const history = rate(name, [...matches, ...matches]);
        const keys = history.entries.map((entry) => `${entry.team.id} ${entry.fixtureId}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys).toHaveLength(2 * matches.length);
        expect(history).toEqual(rate(name, matches));
      }),
      settings,
    );
  });

  it("counts the latest revision of a corrected result", () => {
    const first = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [0, 1] });
    const corrected = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [3, 1], revision: 1 });
    expect(rate(name, [corrected, first])).toEqual(rate(name, [corrected]));
  });

  it("holds a postponed match at the place it was played, not where it was inserted", () => {
    const late = played({ id: 1, day: 17_800, home: "A", away: "B", goals: [3, 0] });
    const early = played({ id: 2, day: 17_700, home: "A", away: "C", goals: [1, 0] });
    expect(rate(name, [late, early]).entries.map((entry) => entry.fixtureId)).toEqual([2, 2, 1, 1]);
  });

  it("ranks the winner of everything first and describes itself", () => {
    const sweep = ["B", "C", "D"].map((away, id) =>
      played({ id, day: 17_700 + id, home: "A", away, goals: [3, 0] }),
    );
    expect(ratingsAsOf(rate(name, sweep), 17_710)[0].team.name).toBe("A");
    expect(RATING_ALGORITHMS[name].describe.length).toBeGreaterThan(20);
  });

  it("has no ratings without matches", () => {
    expect(ratingsAsOf(rate(name, []), 17_710)).toEqual([]);
  });
});

describe("isRatingAlgorithm", () => {
  it("knows the names, and nothing inherited", () => {
    expect(isRatingAlgorithm("elo")).toBe(true);
    expect(isRatingAlgorithm("toString")).toBe(false);
  });
});
