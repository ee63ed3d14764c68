import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratingsAsOf } from "../../src/ratings/history.js";
import { PI_2013, PI_BOUNDED, piRule, ratePi, ratePi2013 } from "../../src/ratings/pi.js";
import { sharedAvailable } from "../support/shared.js";
import { leagues, played, referenceMatches, referenceRatings } from "./support.js";

describe("ratePi", () => {
  it.skipIf(!sharedAvailable)("agrees with the reference on 2018-19 to 1e-12", () => {
    const reference = referenceRatings<{ home: number; away: number }>("pi");
    const ratings = ratingsAsOf(ratePi(referenceMatches("input_epl1.json")), 20_000);
    expect(ratings).toHaveLength(20);
    for (const { team, detail } of ratings) {
      expect(Math.abs((detail?.home ?? 9) - reference[team.name].home)).toBeLessThan(1e-12);
      expect(Math.abs((detail?.away ?? 9) - reference[team.name].away)).toBeLessThan(1e-12);
    }
  });

  it.each([
    ["the bounded form", PI_BOUNDED],
    ["the form of 2013", PI_2013],
  ])("is symmetric in %s: swapping all sides and signs mirrors the ratings", (_name, form) => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
        fc.tuple(...Array.from({ length: 4 }, () => fc.double({ min: -3, max: 3, noNaN: true }))),
        (goals, [a, b, c, d]) => {
          const rule = piRule(form);
          const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals });
          const mirror = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [goals[1], goals[0]] });
          const [home, away] = rule.play({ home: a, away: b }, { home: c, away: d }, match);
          // The same match told from the other side: host and visitor, home and away exchanged.
          const [other, self] = rule.play({ home: d, away: c }, { home: b, away: a }, mirror);
          expect(self.away).toBeCloseTo(home.home, 12);
          expect(self.home).toBeCloseTo(home.away, 12);
          expect(other.home).toBeCloseTo(away.away, 12);
          expect(other.away).toBeCloseTo(away.home, 12);
        },
      ),
      { seed: 42, numRuns: 100 },
    );
  });

  it("sums to 0 over all teams", () => {
    fc.assert(
      fc.property(leagues, (matches) => {
        for (const history of [ratePi(matches), ratePi2013(matches)]) {
          const total = ratingsAsOf(history, 20_000).reduce((sum, { attack }) => sum + attack, 0);
          expect(Math.abs(total)).toBeLessThan(1e-12);
        }
      }),
      { seed: 42, numRuns: 50 },
    );
  });

  it("follows the paper's formulas", () => {
    // Hand: R_host home 1.6, R_visitor away -1.2. Expected 10^(1.6/3) - 1 + 10^(1.2/3) - 1 = 2.414548874 +
    // 1.511886432 = 3.926435305; result 4-1, e = -0.926435305, psi = -3 log10(1.926435305) = -0.854263,
    // x 0.035 = -0.029899; x 0.7 = -0.020929.
    const match = played({ id: 1, day: 17_700, home: "A", away: "B", goals: [4, 1] });
    const [host, visitor] = piRule(PI_2013).play({ home: 1.6, away: 0.4 }, { home: 0.3, away: -1.2 }, match);
    expect(host.home).toBeCloseTo(1.6 - 0.029899, 5);
    expect(host.away).toBeCloseTo(0.4 - 0.020929, 5);
    expect(visitor.away).toBeCloseTo(-1.2 + 0.029899, 5);
    expect(visitor.home).toBeCloseTo(0.3 + 0.020929, 5);
  });
});
