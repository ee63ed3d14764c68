import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillInformation } from "../../src/models/goal-information.js";
import { evaluateGoals } from "../../src/models/goal-likelihood.js";
import { collectMatches, type GoalMatch } from "../../src/models/goal-match.js";
import { createWork } from "../../src/models/goal-work.js";
import { matchLogLikelihood } from "../../src/models/match-likelihood.js";
import { rhoInterval } from "../../src/models/rho-interval.js";

const TEAMS = ["A", "B", "C", "D", "E"];
const matchArbitrary = fc
  .record({
    home: fc.constantFrom(...TEAMS),
    away: fc.constantFrom(...TEAMS),
    homeGoals: fc.integer({ min: 0, max: 3 }),
    awayGoals: fc.integer({ min: 0, max: 3 }),
    weight: fc.double({ min: 0.1, max: 1, noNaN: true }),
    neutral: fc.boolean(),
  })
  .filter(({ home, away }) => home !== away);
const matchesArbitrary = fc.array(matchArbitrary, { minLength: 20, maxLength: 40 });
const rating = fc.double({ min: -0.6, max: 0.6, noNaN: true });
const pointArbitrary = fc.record({
  ratings: fc.array(rating, { minLength: 11, maxLength: 11 }),
  share: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
});

interface Case {
  readonly matches: GoalMatch[];
  readonly ridge: number;
  readonly lowScores: boolean;
  readonly point: { ratings: number[]; share: number };
}

const caseArbitrary = fc.record({
  matches: matchesArbitrary,
  ridge: fc.constantFrom(0, 0.7),
  lowScores: fc.boolean(),
  point: pointArbitrary,
});

/** Sums, scratch space and a point inside the bounds of rho. */
function prepare({ matches, point, lowScores }: Case) {
  const collected = collectMatches(matches, { xi: 0, asOf: null });
  if (collected.kind !== "collected") throw new Error(collected.kind);
  const { sums, teams } = collected;
  const work = createWork(sums);
  const theta = new Float64Array(work.order);
  theta.set(point.ratings.slice(0, work.order - 1));
  const { low, high } = rhoInterval(theta, teams.length);
  theta[work.order - 1] = lowScores ? low + point.share * (high - low) : 0;
  return { sums, teams, work, theta };
}

describe("evaluateGoals", () => {
  it("is the sum over matches of the formula, tau by its one definition (1e-10)", () => {
    fc.assert(
      fc.property(caseArbitrary, (given) => {
        const { sums, teams, work, theta } = prepare(given);
        const naive = matchLogLikelihood(given.matches, {
          intercept: 0,
          homeAdvantage: theta[2 * teams.length],
          rho: theta[2 * teams.length + 1],
          attack: new Map(teams.map((team, t) => [team, theta[t]])),
          defence: new Map(teams.map((team, t) => [team, theta[teams.length + t]])),
        });
        const value = evaluateGoals(work, theta, { ridge: 0, lowScores: given.lowScores });
        expect(Math.abs(value - sums.logFactorials - naive)).toBeLessThan(1e-10);
      }),
      { seed: 42 },
    );
  });

  it("has the gradient of its own central differences, tau cross terms and all (defect M1: 1e-6)", () => {
    fc.assert(
      fc.property(caseArbitrary, (given) => {
        const { work, theta } = prepare(given);
        evaluateGoals(work, theta, given);
        const gradient = work.gradient.slice();
        const h = 1e-6;
        for (let i = 0; i < (given.lowScores ? work.order : work.order - 1); i++) {
          const up = evaluateGoals(work, shifted(theta, i, h), given);
          const down = evaluateGoals(work, shifted(theta, i, -h), given);
          expect(Math.abs((up - down) / (2 * h) - gradient[i])).toBeLessThan(
            1e-6 * Math.max(1, Math.abs(gradient[i])),
          );
        }
      }),
      { seed: 42 },
    );
  });
});

describe("fillInformation", () => {
  it("is minus the central difference of the gradient, apart from the gauge term (1e-5)", () => {
    fc.assert(
      fc.property(caseArbitrary, (given) => {
        const { teams, work, theta } = prepare(given);
        evaluateGoals(work, theta, given);
        fillInformation(work, theta, given);
        const gauge = (work.totalWeight + given.ridge) / teams.length ** 2;
        const h = 1e-6;
        const size = given.lowScores ? work.order : work.order - 1;
        for (let i = 0; i < size; i++) {
          evaluateGoals(work, shifted(theta, i, h), given);
          const up = work.gradient.slice();
          evaluateGoals(work, shifted(theta, i, -h), given);
          for (let j = i; j < size; j++) {
            const found = work.matrix[j * work.order + i];
            const numeric = -(up[j] - work.gradient[j]) / (2 * h) + (j < 2 * teams.length ? gauge : 0);
            const pinned = j === i && numeric === 0 ? 1 : numeric;
            expect(Math.abs(found - pinned)).toBeLessThan(1e-5 * Math.max(1, Math.abs(found)));
          }
        }
      }),
      { seed: 42, numRuns: 60 },
    );
  });
});

describe("rhoInterval", () => {
  it("is the intersection of the bounds of all ordered pairs, at home and on neutral ground", () => {
    fc.assert(
      fc.property(fc.array(rating, { minLength: 11, maxLength: 11 }), (values) => {
        const theta = Float64Array.from(values);
        let low = Number.NEGATIVE_INFINITY;
        let high = 1;
        for (let h = 0; h < 5; h++)
          for (let a = 0; a < 5; a++)
            for (const lift of h === a ? [] : [0, theta[10]]) {
              const homeRate = Math.exp(lift + theta[h] - theta[5 + a]);
              const awayRate = Math.exp(theta[a] - theta[5 + h]);
              low = Math.max(low, -1 / homeRate, -1 / awayRate);
              high = Math.min(high, 1 / (homeRate * awayRate));
            }
        const found = rhoInterval(theta, 5);
        expect(found.low).toBeCloseTo(low, 12);
        expect(found.high).toBeCloseTo(high, 12);
      }),
      { seed: 42 },
    );
  });
});

function shifted(theta: Float64Array, at: number, by: number): Float64Array {
  const moved = theta.slice();
  moved[at] += by;
  return moved;
}
