import { readFileSync } from "node:fs";
import poisson from "@stdlib/stats-base-dists-poisson";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../src/core/rng.js";
import { balancedLine, drawScore, fairChances, handicapShare } from "../../../src/ingest/simulate/score.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";

describe("drawScore", () => {
  const rates = { homeRate: 1.5, awayRate: 1.1, rho: -0.05 };

  // Dixon & Coles (1997), section 4, written out on stdlib's Poisson masses: nothing shared with the sampler.
  function mass(home: number, away: number): number {
    const factor = new Map([
      ["0-0", 1 + 1.5 * 1.1 * 0.05],
      ["0-1", 1 - 1.5 * 0.05],
      ["1-0", 1 - 1.1 * 0.05],
      ["1-1", 1 + 0.05],
    ]);
    return (factor.get(`${home}-${away}`) ?? 1) * poisson.pmf(home, 1.5) * poisson.pmf(away, 1.1);
  }

  it("draws every score as often as its probability says", () => {
    const draws = 60_000;
    const rng = createRng(11);
    const counts = new Map<string, number>();
    for (let i = 0; i < draws; i++) {
      const [home, away] = drawScore(rng, rates);
      const cell = home <= 3 && away <= 3 ? `${home}-${away}` : "rest";
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    let chiSquare = 0;
    let expectedRest = draws;
    for (let home = 0; home <= 3; home++)
      for (let away = 0; away <= 3; away++) {
        const expected = draws * mass(home, away);
        expectedRest -= expected;
        chiSquare += ((counts.get(`${home}-${away}`) ?? 0) - expected) ** 2 / expected;
      }
    chiSquare += ((counts.get("rest") ?? 0) - expectedRest) ** 2 / expectedRest;
    // 17 cells, 16 degrees of freedom: 39.25 is the 99.9 % point. Without the factor about 110 is expected.
    expect(chiSquare).toBeLessThan(39.25);
  });
});

describe.skipIf(!sharedAvailable)("fairChances and handicapShare", () => {
  interface Reference {
    readonly lambdaHome: number;
    readonly lambdaAway: number;
    readonly home: number;
    readonly draw: number;
    readonly away: number;
    readonly "over2.5": number;
    readonly ahHome: Readonly<Record<string, readonly number[]>>;
  }
  const { fixtures }: { readonly fixtures: readonly Reference[] } = sharedAvailable
    ? JSON.parse(readFileSync(sharedPath("reference", "markets_reference.json"), "utf8"))
    : { fixtures: [] };
  // The fit those markets were priced from: fits.json, epl5:dixon_coles:w.
  const rho = -0.045638802828876286;

  it("agrees with the reference markets of twenty fixtures", () => {
    expect(fixtures).toHaveLength(20);
    for (const fixture of fixtures) {
      const chances = fairChances({ homeRate: fixture.lambdaHome, awayRate: fixture.lambdaAway, rho });
      expect(chances.home).toBeCloseTo(fixture.home, 6);
      expect(chances.draw).toBeCloseTo(fixture.draw, 6);
      expect(chances.away).toBeCloseTo(fixture.away, 6);
      expect(chances.over25).toBeCloseTo(fixture["over2.5"], 6);
    }
  });

  it("turns the five outcomes of each handicap into the fair share", () => {
    for (const fixture of fixtures) {
      const chances = fairChances({ homeRate: fixture.lambdaHome, awayRate: fixture.lambdaAway, rho });
      for (const [line, [win, halfWin, , halfLoss, loss]] of Object.entries(fixture.ahHome)) {
        // Fair price f: win (f - 1) + half win (f - 1) / 2 = loss + half loss / 2, and the share is 1 / f.
        const gain = win + halfWin / 2;
        const pain = loss + halfLoss / 2;
        expect(handicapShare(chances, Number(line))).toBeCloseTo(gain / (gain + pain), 6);
      }
    }
  });

  it("chooses the line whose sides are most alike", () => {
    for (const fixture of fixtures) {
      const chances = fairChances({ homeRate: fixture.lambdaHome, awayRate: fixture.lambdaAway, rho });
      const line = balancedLine(chances);
      const gap = (at: number) => Math.abs(handicapShare(chances, at) - 0.5);
      expect(gap(line)).toBeLessThanOrEqual(Math.min(gap(line - 0.25), gap(line + 0.25)));
    }
  });
});
