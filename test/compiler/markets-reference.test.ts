import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { FiveWay } from "../../src/compiler/five-way.js";
import { type PriceSheet, priceEverything } from "../../src/compiler/sheet.js";
import { sharedAvailable, sharedPath } from "../support/shared.js";

interface ReferenceFixture {
  readonly lambdaHome: number;
  readonly lambdaAway: number;
  readonly correctScore: Readonly<Record<string, number>>;
  readonly ahHome: Readonly<Record<string, readonly number[]>>;
  readonly ouOver: Readonly<Record<string, readonly number[]>>;
  readonly [name: string]: unknown;
}

const TOLERANCE = 1e-11;
const WAYS = ["fullWin", "halfWin", "push", "halfLoss", "fullLoss"] as const;

function read(name: string): unknown {
  return JSON.parse(readFileSync(sharedPath("reference", name), "utf8"));
}

function expectFiveWay(actual: FiveWay, wanted: readonly number[], where: string): void {
  WAYS.forEach((way, i) => {
    expect(Math.abs(actual[way] - wanted[i]), `${where} ${way}`).toBeLessThan(TOLERANCE);
  });
}

// Exact values of 20 fixtures, priced from a Dixon-Coles fit on a 60 x 60 grid; see the reference folder's README.
describe.skipIf(!sharedAvailable)("every market of the reference fixtures", () => {
  const { fixtures } = (sharedAvailable ? read("markets_reference.json") : { fixtures: [] }) as {
    fixtures: ReferenceFixture[];
  };
  const fits = (sharedAvailable ? read("fits.json") : {}) as Record<string, { rho: number }>;
  const priced = fixtures.map((fixture): readonly [ReferenceFixture, PriceSheet] => [
    fixture,
    priceEverything({
      homeRate: fixture.lambdaHome,
      awayRate: fixture.lambdaAway,
      rho: fits["epl5:dixon_coles:w"].rho,
    }),
  ]);

  it("tables of runners", () => {
    expect(priced.length).toBe(20);
    for (const [fixture, { markets: m }] of priced) {
      const pairs: readonly (readonly [string, number])[] = [
        ["home", m.MATCH_ODDS.HOME],
        ["draw", m.MATCH_ODDS.DRAW],
        ["away", m.MATCH_ODDS.AWAY],
        ["btts", m.BOTH_TEAMS_TO_SCORE.YES],
        ["winToNilHome", m.TEAM_A_WIN_TO_NIL.YES],
        ["winToNilAway", m.TEAM_B_WIN_TO_NIL.YES],
        ["cleanSheetHome", m.TEAM_A_CLEAN_SHEET.YES],
        ["cleanSheetAway", m.TEAM_B_CLEAN_SHEET.YES],
        ["over0.5", m.OVER_UNDER_05.OVER],
        ["over1.5", m.OVER_UNDER_15.OVER],
        ["over2.5", m.OVER_UNDER_25.OVER],
        ["over3.5", m.OVER_UNDER_35.OVER],
        ["over4.5", m.OVER_UNDER_45.OVER],
        ["push2", m.TOTAL_GOALS["2"]],
        ["push3", m.TOTAL_GOALS["3"]],
        ["dnbHome", m.DRAW_NO_BET.HOME],
        ["dnbAway", m.DRAW_NO_BET.AWAY],
      ];
      for (const [name, value] of pairs)
        expect(Math.abs(value - Number(fixture[name])), name).toBeLessThan(TOLERANCE);
    }
  });

  it("correct scores", () => {
    for (const [fixture, { markets }] of priced) {
      for (const [score, p] of Object.entries(fixture.correctScore))
        expect(Math.abs(markets.CORRECT_SCORE[score] - p), score).toBeLessThan(TOLERANCE);
    }
  });

  it("Asian handicaps and totals, five ways", () => {
    for (const [fixture, { markets }] of priced) {
      for (const [line, ways] of Object.entries(fixture.ahHome))
        expectFiveWay(markets.ASIAN_HANDICAP[String(Number(line))].home, ways, `handicap ${line}`);
      for (const [line, ways] of Object.entries(fixture.ouOver))
        expectFiveWay(markets.ALT_TOTAL_GOALS[String(Number(line))].over, ways, `total ${line}`);
    }
  });
});
