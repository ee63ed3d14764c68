import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gridPricer } from "../../src/backtest/chance.js";
import type { Market } from "../../src/domain/market.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import { fairProbability } from "../../src/strategy/view.js";
import { sharedAvailable, sharedPath } from "../support/shared.js";

interface Reference {
  readonly lambdaHome: number;
  readonly lambdaAway: number;
  readonly home: number;
  readonly draw: number;
  readonly away: number;
  readonly btts: number;
  readonly "over0.5": number;
  readonly "over2.5": number;
  readonly "over4.5": number;
  readonly ahHome: Readonly<Record<string, readonly number[]>>;
  readonly ouOver: Readonly<Record<string, readonly number[]>>;
}

describe("gridPricer", () => {
  it("agrees with the exact values for rates of 1.55 and 1.20 (models.md, O4)", () => {
    const grid = scoreGrid({ homeRate: 1.55, awayRate: 1.2, rho: 0 });
    const win = (market: Market, runner: string) => gridPricer().chance(grid, market, runner, 0).shares.win;
    // Total goals are Poisson(2.75): P(<= 1) = 3.75 e^-2.75 and P(<= 3) by hand.
    expect(win("OVER_UNDER_15", "UNDER")).toBeCloseTo(3.75 * Math.exp(-2.75), 11);
    expect(win("OVER_UNDER_35", "UNDER")).toBeCloseTo(
      (1 + 2.75 + 2.75 ** 2 / 2 + 2.75 ** 3 / 6) * Math.exp(-2.75),
      11,
    );
    expect(win("BOTH_TEAMS_TO_SCORE", "YES")).toBeCloseTo((1 - Math.exp(-1.55)) * (1 - Math.exp(-1.2)), 11);
  });

  it("splits quarter lines in five", () => {
    // Spot values of models.md for Man City v Liverpool, rates 1.8411456764 and 1.0858848352 (epl5, rho -0.0456388028).
    const grid = scoreGrid({ homeRate: 1.8411456764, awayRate: 1.0858848352, rho: -0.0456388028 });
    const pricer = gridPricer();
    const five = (market: Market, runner: string, line: number) => {
      const { win, halfWin, push, halfLoss, loss } = pricer.chance(grid, market, runner, line).shares;
      return [win, halfWin, push, halfLoss, loss].map((share) => Math.round(share * 1e5) / 1e5);
    };
    expect(five("ASIAN_HANDICAP", "HOME", -1)).toEqual([0.54548, 0, 0, 0.23742, 0.2171]);
    expect(five("ASIAN_HANDICAP", "HOME", -3)).toEqual([0.3143, 0.23119, 0, 0, 0.45452]);
    expect(five("ALT_TOTAL_GOALS", "OVER", 9)).toEqual([0.56026, 0, 0, 0.23431, 0.20543]);
    expect(five("ALT_TOTAL_GOALS", "OVER", 11)).toEqual([0.33642, 0.22384, 0, 0, 0.43974]);
  });

  it("gives each side of a line the mirror of the other", () => {
    const grid = scoreGrid({ homeRate: 1.4, awayRate: 1.1, rho: -0.05 });
    const pricer = gridPricer();
    for (let line = -8; line <= 8; line++) {
      const home = fairProbability(pricer.chance(grid, "ASIAN_HANDICAP", "HOME", line).shares);
      const away = fairProbability(pricer.chance(grid, "ASIAN_HANDICAP", "AWAY", line).shares);
      expect(home + away).toBeCloseTo(1, 12);
    }
  });
});

describe.skipIf(!sharedAvailable)("gridPricer against the reference", () => {
  it("is within 1e-10 of markets_reference.json: 1X2, totals, both score, handicaps and Asian totals", () => {
    const { fixtures } = read<{ readonly fixtures: readonly Reference[] }>("markets_reference.json");
    const fits = read<Readonly<Record<string, { readonly rho: number }>>>("fits.json");
    const { rho } = fits["epl5:dixon_coles:w"];
    const pricer = gridPricer();
    let compared = 0;
    for (const fixture of fixtures) {
      const grid = scoreGrid({ homeRate: fixture.lambdaHome, awayRate: fixture.lambdaAway, rho });
      const expectFive = (
        market: Market,
        runner: string,
        line: number,
        expected: readonly number[],
      ): void => {
        const { win, halfWin, push, halfLoss, loss } = pricer.chance(grid, market, runner, line).shares;
        for (const [index, share] of [win, halfWin, push, halfLoss, loss].entries())
          expect(Math.abs(share - expected[index]), `${market} ${runner} ${line}`).toBeLessThan(1e-10);
        compared++;
      };
      const expectWin = (market: Market, runner: string, p: number): void =>
        expectFive(market, runner, 0, [p, 0, 0, 0, 1 - p]);
      expectWin("MATCH_ODDS", "HOME", fixture.home);
      expectWin("MATCH_ODDS", "DRAW", fixture.draw);
      expectWin("MATCH_ODDS", "AWAY", fixture.away);
      expectWin("BOTH_TEAMS_TO_SCORE", "YES", fixture.btts);
      expectWin("OVER_UNDER_05", "OVER", fixture["over0.5"]);
      expectWin("OVER_UNDER_25", "OVER", fixture["over2.5"]);
      expectWin("OVER_UNDER_45", "OVER", fixture["over4.5"]);
      for (const [line, five] of Object.entries(fixture.ahHome))
        expectFive("ASIAN_HANDICAP", "HOME", 4 * Number(line), five);
      for (const [line, five] of Object.entries(fixture.ouOver))
        expectFive("ALT_TOTAL_GOALS", "OVER", 4 * Number(line), five);
    }
    expect(compared).toBeGreaterThan(400);
  });
});

function read<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath("reference", name), "utf8")) as T;
}
