import { totalLine } from "../domain/market.js";
import { type ClosedForms, closedForms, lineWays, sumOver } from "./closed-forms.js";
import type { FiveWay } from "./five-way.js";
import type { PriceSheet } from "./sheet.js";

/** A number of a sheet beside what another path says it should be. */
interface Expected {
  readonly where: string;
  readonly actual: number;
  readonly expected: number;
}

export type Verification =
  | { readonly kind: "agreed"; readonly checked: number; readonly worst: number }
  | {
      readonly kind: "disagreed";
      readonly where: string;
      readonly actual: number;
      readonly expected: number;
      readonly difference: number;
    };

/** The grid leaves out less than 1e-12; this is a hundred times that. */
const TOLERANCE = 1e-10;

const WAYS = ["fullWin", "halfWin", "push", "halfLoss", "fullLoss"] as const;

/**
 * Check a sheet against closed forms that use no grid: results, totals, handicaps, correct scores and both to score.
 *
 * Agreed means every number checked lies within `tolerance`; otherwise the number furthest off is named. `forms` are
 * those of the sheet's rates and rho unless the grid is of another distribution.
 */
export function verifySheet(
  sheet: PriceSheet,
  tolerance = TOLERANCE,
  forms: ClosedForms = closedForms(sheet),
): Verification {
  const checks = [
    ...expectedResults(sheet, forms),
    ...expectedTotals(sheet, forms),
    ...expectedScores(sheet, forms),
    ...expectedLines(sheet, forms),
  ];
  let worst = checks[0];
  for (const check of checks) if (gap(check) > gap(worst)) worst = check;
  const difference = gap(worst);
  if (difference <= tolerance) return { kind: "agreed", checked: checks.length, worst: difference };
  return { kind: "disagreed", ...worst, difference };
}

/** A number that is missing is as wrong as can be. */
function gap({ actual, expected }: Expected): number {
  const difference = Math.abs(actual - expected);
  return Number.isNaN(difference) ? Infinity : difference;
}

function expectedResults({ markets }: PriceSheet, { difference, reach }: ClosedForms): readonly Expected[] {
  const { HOME, DRAW, AWAY } = markets.MATCH_ODDS;
  const home = sumOver(difference, 1, reach);
  const away = sumOver(difference, -reach, -1);
  return [
    { where: "MATCH_ODDS HOME", actual: HOME, expected: home },
    { where: "MATCH_ODDS DRAW", actual: DRAW, expected: difference(0) },
    { where: "MATCH_ODDS AWAY", actual: AWAY, expected: away },
    { where: "DRAW_NO_BET HOME", actual: markets.DRAW_NO_BET.HOME, expected: home / (home + away) },
  ];
}

function expectedTotals({ markets }: PriceSheet, { total, reach }: ClosedForms): readonly Expected[] {
  const checks: Expected[] = [];
  for (const market of OVER_UNDERS) {
    const under = sumOver(total, 0, Math.floor(totalLine(market) ?? 0));
    const over = sumOver(total, Math.ceil(totalLine(market) ?? 0), reach);
    checks.push({ where: `${market} UNDER`, actual: markets[market].UNDER, expected: under });
    checks.push({ where: `${market} OVER`, actual: markets[market].OVER, expected: over });
  }
  const even = sumOver((k) => total(2 * k), 0, reach);
  checks.push({ where: "ODD_OR_EVEN EVEN", actual: markets.ODD_OR_EVEN.EVEN, expected: even });
  return checks;
}

const OVER_UNDERS = [
  "OVER_UNDER_05",
  "OVER_UNDER_15",
  "OVER_UNDER_25",
  "OVER_UNDER_35",
  "OVER_UNDER_45",
  "OVER_UNDER_55",
  "OVER_UNDER_65",
  "OVER_UNDER_75",
  "OVER_UNDER_85",
] as const;

/** "Not both score" is the two clean sheets less 0-0. */
function expectedScores({ markets }: PriceSheet, forms: ClosedForms): readonly Expected[] {
  const { score, homeNone, awayNone } = forms;
  const both = 1 - homeNone - awayNone + score(0, 0);
  const checks: Expected[] = [
    { where: "BOTH_TEAMS_TO_SCORE YES", actual: markets.BOTH_TEAMS_TO_SCORE.YES, expected: both },
    { where: "TEAM_A_CLEAN_SHEET YES", actual: markets.TEAM_A_CLEAN_SHEET.YES, expected: awayNone },
    { where: "TEAM_B_CLEAN_SHEET YES", actual: markets.TEAM_B_CLEAN_SHEET.YES, expected: homeNone },
    {
      where: "TEAM_A_WIN_TO_NIL YES",
      actual: markets.TEAM_A_WIN_TO_NIL.YES,
      expected: awayNone - score(0, 0),
    },
  ];
  for (const [runner, actual] of Object.entries(markets.CORRECT_SCORE)) {
    const match = /^(\d+)-(\d+)$/.exec(runner);
    if (match === null) continue;
    checks.push({
      where: `CORRECT_SCORE ${runner}`,
      actual,
      expected: score(Number(match[1]), Number(match[2])),
    });
  }
  return checks;
}

function expectedLines({ markets }: PriceSheet, forms: ClosedForms): readonly Expected[] {
  const { difference, total, reach } = forms;
  const handicaps = Object.entries(markets.ASIAN_HANDICAP).flatMap(([line, { home }]) =>
    expectedWays(`ASIAN_HANDICAP ${line} home`, home, lineWays(difference, reach, 4 * Number(line))),
  );
  const totals = Object.entries(markets.ALT_TOTAL_GOALS).flatMap(([line, { over }]) =>
    expectedWays(`ALT_TOTAL_GOALS ${line} over`, over, lineWays(total, reach, -4 * Number(line))),
  );
  return [...handicaps, ...totals];
}

function expectedWays(where: string, line: FiveWay, expected: readonly number[]): readonly Expected[] {
  return WAYS.map((way, i) => ({ where: `${where} ${way}`, actual: line[way], expected: expected[i] }));
}
