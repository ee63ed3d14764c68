import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateColley } from "../../src/ratings/colley.js";
import { ratingsAsOf } from "../../src/ratings/history.js";
import { sharedAvailable } from "../support/shared.js";
import { byName, leagues, played, referenceMatches, referenceRatings } from "./support.js";

describe("rateColley", () => {
  it.skipIf(!sharedAvailable)(
    "agrees with the reference on 2018-19 to 1e-12, a draw being half and half",
    () => {
      // The reference's other variant, `colley_draws_True`, averages 1.3875: a defect, not matched.
      const reference = referenceRatings<number>("colley_draws_False");
      const ratings = ratingsAsOf(rateColley(referenceMatches("input_epl1.json")), 20_000);
      expect(ratings).toHaveLength(20);
      for (const { team, attack, defence } of ratings) {
        expect(Math.abs(attack - reference[team.name])).toBeLessThan(1e-12);
        expect(defence).toBe(0);
      }
    },
  );

  it("gives one win 5/8 and 3/8", () => {
    // (3 r - s = 3/2, 3 s - r = 1/2) by hand: r = 5/8, s = 3/8. Colley's own smallest case is of this form.
    const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [1, 0] });
    const ratings = byName(ratingsAsOf(rateColley([match]), 17_701));
    expect(ratings.get("A")?.attack).toBeCloseTo(5 / 8, 14);
    expect(ratings.get("B")?.attack).toBeCloseTo(3 / 8, 14);
  });

  it("leaves two teams that draw at 1/2", () => {
    const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [2, 2] });
    for (const { attack } of ratingsAsOf(rateColley([match]), 17_701)) expect(attack).toBeCloseTo(0.5, 14);
  });

  it("averages 1/2 on every day of any league", () => {
    fc.assert(
      fc.property(leagues, (matches) => {
        for (const { ratings } of rateColley(matches).tables) {
          const mean = ratings.reduce((sum, { attack }) => sum + attack, 0) / ratings.length;
          expect(Math.abs(mean - 0.5)).toBeLessThan(1e-12);
        }
      }),
      { seed: 42, numRuns: 100 },
    );
  });
});
