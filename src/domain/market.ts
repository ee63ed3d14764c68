/** Markets that a full-time score alone settles and that a strategy may therefore bet on. */
export const TRADED_MARKETS = [
  "MATCH_ODDS",
  "DOUBLE_CHANCE",
  "DRAW_NO_BET",
  "BOTH_TEAMS_TO_SCORE",
  "OVER_UNDER_05",
  "OVER_UNDER_15",
  "OVER_UNDER_25",
  "OVER_UNDER_35",
  "OVER_UNDER_45",
  "OVER_UNDER_55",
  "OVER_UNDER_65",
  "OVER_UNDER_75",
  "OVER_UNDER_85",
  "ASIAN_HANDICAP",
  "ALT_TOTAL_GOALS",
  "CORRECT_SCORE",
] as const;

/**
 * Markets by the exchange's names, TEAM_A the home side. Totals are OVER_UNDER_05 to OVER_UNDER_85: the digits are the
 * line times ten.
 */
export const MARKETS = [
  ...TRADED_MARKETS,
  "ODD_OR_EVEN",
  "TOTAL_GOALS",
  "GOAL_BANDS",
  "WINNING_MARGIN",
  "MATCH_ODDS_AND_BTTS",
  "MATCH_ODDS_AND_OU_25",
  "TEAM_A_OVER_UNDER_05",
  "TEAM_A_OVER_UNDER_15",
  "TEAM_A_OVER_UNDER_25",
  "TEAM_A_OVER_UNDER_35",
  "TEAM_B_OVER_UNDER_05",
  "TEAM_B_OVER_UNDER_15",
  "TEAM_B_OVER_UNDER_25",
  "TEAM_B_OVER_UNDER_35",
  "TEAM_A_WIN_TO_NIL",
  "TEAM_B_WIN_TO_NIL",
  "TEAM_A_CLEAN_SHEET",
  "TEAM_B_CLEAN_SHEET",
  "NEXT_GOAL",
  "HALF_TIME",
  "HALF_TIME_SCORE",
  "HALF_TIME_FULL_TIME",
  "FIRST_HALF_GOALS_05",
  "FIRST_HALF_GOALS_15",
  "FIRST_HALF_GOALS_25",
] as const;

export type Market = (typeof MARKETS)[number];

/**
 * An outcome of a market, by the exchange's names: HOME, DRAW, AWAY, OVER, UNDER, YES, NO, HOME_OR_DRAW, ...;
 * "2-1" for a correct score.
 */
export type Runner = string;

/** The runners of the markets that sources quote, in the field's order. */
export const RUNNERS: Readonly<Partial<Record<Market, readonly Runner[]>>> = {
  MATCH_ODDS: ["HOME", "DRAW", "AWAY"],
  DOUBLE_CHANCE: ["HOME_OR_DRAW", "DRAW_OR_AWAY", "HOME_OR_AWAY"],
  DRAW_NO_BET: ["HOME", "AWAY"],
  BOTH_TEAMS_TO_SCORE: ["YES", "NO"],
  ASIAN_HANDICAP: ["HOME", "AWAY"],
  ALT_TOTAL_GOALS: ["OVER", "UNDER"],
  OVER_UNDER_05: ["OVER", "UNDER"],
  OVER_UNDER_15: ["OVER", "UNDER"],
  OVER_UNDER_25: ["OVER", "UNDER"],
  OVER_UNDER_35: ["OVER", "UNDER"],
  OVER_UNDER_45: ["OVER", "UNDER"],
  OVER_UNDER_55: ["OVER", "UNDER"],
  OVER_UNDER_65: ["OVER", "UNDER"],
  OVER_UNDER_75: ["OVER", "UNDER"],
  OVER_UNDER_85: ["OVER", "UNDER"],
  ODD_OR_EVEN: ["ODD", "EVEN"],
  HALF_TIME: ["HOME", "DRAW", "AWAY"],
};

/**
 * A line in quarter goals: -3 is a handicap of -0.75 on the home side, 10 is a total of 2.5. 0 where a market has no
 * line. OVER_UNDER markets carry their line in their name and 0 here.
 */
export type QuarterLine = number;

/** Goals of the line of an OVER_UNDER market, 2.5 for OVER_UNDER_25; null for any other market. */
export function totalLine(market: Market): number | null {
  const match = /^OVER_UNDER_(\d)(5)$/.exec(market);
  return match ? Number(`${match[1]}.${match[2]}`) : null;
}

/** What one price is about. */
export interface Selection {
  readonly fixtureId: number;
  readonly market: Market;
  readonly runner: Runner;
  readonly line: QuarterLine;
}
