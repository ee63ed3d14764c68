import type { Rng } from "../core/rng.js";
import type { GoalRates } from "../domain/goals.js";
import { lowScoreFactor } from "../models/dixon-coles-grid.js";
import type { PriceSheet } from "./sheet.js";

export type Simulation =
  | { readonly kind: "agreed"; readonly checked: number; readonly draws: number; readonly worst: number }
  | {
      readonly kind: "disagreed";
      readonly where: string;
      readonly expected: number;
      readonly frequency: number;
      /** Standard errors between the two. */
      readonly deviation: number;
    };

/** Five standard errors: about one false alarm in 20,000 sheets at some thirty numbers a sheet. */
const MOST_DEVIATION = 5;

/** A match played out: where each goal fell. */
interface PlayedOut {
  readonly home: number;
  readonly away: number;
  readonly homeAtHalf: number;
  readonly awayAtHalf: number;
  readonly first: "HOME" | "AWAY" | "NO_GOAL";
}

/**
 * Play the match `draws` times, goal by goal, and count: a check of a sheet that shares no arithmetic with it.
 *
 * Reaches the markets that have no closed form in `verifySheet`: halves, combinations, the next goal. Finds errors
 * larger than about 5 / sqrt(draws), no smaller ones.
 */
export function simulateSheet(sheet: PriceSheet, rng: Rng, draws: number): Simulation {
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++)
    for (const where of winnersOf(playOut(sheet, sheet.halfShare, rng)))
      counts.set(where, (counts.get(where) ?? 0) + 1);
  let worst = { where: "", expected: 0, frequency: 0, deviation: 0 };
  let checked = 0;
  for (const market of SIMULATED)
    for (const [runner, expected] of Object.entries(sheet.markets[market] ?? {})) {
      const where = `${market} ${runner}`;
      const frequency = (counts.get(where) ?? 0) / draws;
      const error = Math.sqrt(Math.max((expected * (1 - expected)) / draws, 1 / draws ** 2));
      const deviation = Number.isNaN(expected) ? Infinity : Math.abs(frequency - expected) / error;
      checked++;
      if (deviation > worst.deviation) worst = { where, expected, frequency, deviation };
    }
  if (worst.deviation <= MOST_DEVIATION) return { kind: "agreed", checked, draws, worst: worst.deviation };
  return { kind: "disagreed", ...worst };
}

const SIMULATED = [
  "MATCH_ODDS",
  "OVER_UNDER_25",
  "BOTH_TEAMS_TO_SCORE",
  "MATCH_ODDS_AND_BTTS",
  "GOAL_BANDS",
  "HALF_TIME",
  "HALF_TIME_FULL_TIME",
  "FIRST_HALF_GOALS_15",
  "NEXT_GOAL",
] as const;

function winnersOf(match: PlayedOut): readonly string[] {
  const { home, away, homeAtHalf, awayAtHalf, first } = match;
  const full = resultOf(home, away);
  const half = resultOf(homeAtHalf, awayAtHalf);
  const both = home > 0 && away > 0 ? "YES" : "NO";
  return [
    `MATCH_ODDS ${full}`,
    `OVER_UNDER_25 ${home + away > 2 ? "OVER" : "UNDER"}`,
    `BOTH_TEAMS_TO_SCORE ${both}`,
    `MATCH_ODDS_AND_BTTS ${full}_${both}`,
    `GOAL_BANDS ${bandOf(home + away)}`,
    `HALF_TIME ${half}`,
    `HALF_TIME_FULL_TIME ${half}_${full}`,
    `FIRST_HALF_GOALS_15 ${homeAtHalf + awayAtHalf > 1 ? "OVER" : "UNDER"}`,
    `NEXT_GOAL ${first}`,
  ];
}

function playOut(rates: GoalRates, halfShare: number, rng: Rng): PlayedOut {
  const [home, away] = drawScore(rates, rng);
  const goals = home + away;
  const first = goals === 0 ? "NO_GOAL" : rng() * goals < home ? "HOME" : "AWAY";
  return {
    home,
    away,
    homeAtHalf: thin(home, halfShare, rng),
    awayAtHalf: thin(away, halfShare, rng),
    first,
  };
}

/** Two Poissons, accepted in proportion to tau: rejection needs no normalising and no grid. */
function drawScore(rates: GoalRates, rng: Rng): readonly [number, number] {
  const most = Math.max(1, ...LOW_SCORES.map(([home, away]) => lowScoreFactor(home, away, rates)));
  for (;;) {
    const home = drawPoisson(rates.homeRate, rng);
    const away = drawPoisson(rates.awayRate, rng);
    if (rng() * most < lowScoreFactor(home, away, rates)) return [home, away];
  }
}

const LOW_SCORES = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/** Knuth's product of uniforms: as many draws as goals. */
function drawPoisson(rate: number, rng: Rng): number {
  const floor = Math.exp(-rate);
  let goals = 0;
  for (let product = rng(); product > floor; product *= rng()) goals++;
  return goals;
}

function thin(goals: number, share: number, rng: Rng): number {
  let kept = 0;
  for (let i = 0; i < goals; i++) if (rng() < share) kept++;
  return kept;
}

function resultOf(home: number, away: number): "HOME" | "DRAW" | "AWAY" {
  if (home === away) return "DRAW";
  return home > away ? "HOME" : "AWAY";
}

function bandOf(total: number): string {
  if (total <= 1) return "0-1";
  if (total <= 3) return "2-3";
  return total <= 6 ? "4-6" : "7_OR_MORE";
}
