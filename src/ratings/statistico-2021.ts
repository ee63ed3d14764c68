import { StatisticoError } from "../core/errors.js";
import { compareText, type PlayedMatch } from "../domain/fixture.js";
import type { SideGoals } from "./adjusted-goals.js";
import type { Rating, RatingHistory } from "./history.js";
import { confined, fromHundredths, type Hundredths, truncatedQuotient } from "./hundredths.js";
import { type RatingRule, replay } from "./replay.js";
import { goalsOf, type StatisticoOptions } from "./statistico.js";

/** Points scored and points conceded in hundredths. `conceded` is the formula's own figure: higher is WORSE. */
export interface Statistico2021State {
  readonly attack: Hundredths;
  readonly conceded: Hundredths;
}

export interface Statistico2021Options extends StatisticoOptions {
  /** K by league code, whole numbers; the formula's own four divisions when left out. */
  readonly leagueWeights?: ReadonlyMap<string, number>;
}

const BASE: Hundredths = 100_000;
/** From 100 to a million points: a guard of ours against exploding ratios; 34,572 matches since 2000 reached 20,851. */
const LEAST: Hundredths = 10_000;
const MOST: Hundredths = 100_000_000;

/** K of the English divisions, top to fourth: the only ones the formula was ever given. */
export const LEAGUE_WEIGHTS: ReadonlyMap<string, number> = new Map([
  ["E0", 5],
  ["E1", 4],
  ["E2", 3],
  ["E3", 2],
]);

/**
 * The formula of 2021: start 1000, no reset between seasons, a weight K for each competition.
 *
 *     g > 0:            points =  trunc2((A_own / D_opponent) K g)
 *     g = 0, A == D:    points = -K
 *     g = 0, A != D:    points = -trunc2((A_own / D_opponent) 1.5 K)
 *     attack += own points; conceded += the opponent's points
 *
 * `show` turns the sign: defence = 2000 - conceded, so that higher is stronger here as everywhere and 1000 stays the
 * start. The ratio rewards the already strong: the ratings spread without bound.
 *
 * Throws  StatisticoError for a league without a K (the original used 0, silently).
 * Source  the original ratings service, 2021; `docs/ratings.md`.
 */
export function statistico2021Rule(options: Statistico2021Options = {}): RatingRule<Statistico2021State> {
  const weights = options.leagueWeights ?? LEAGUE_WEIGHTS;
  return {
    start: { attack: BASE, conceded: BASE },
    newSeason: (state) => state,
    play: (home, away, match) =>
      play2021(home, away, goalsOf(match, options.adjustedGoals), weightOf(match.fixture.league, weights)),
    show: show2021,
  };
}

/** Ratings by the formula of 2021. Throws StatisticoError for a league without a K. */
export function rateStatistico2021(
  matches: readonly PlayedMatch[],
  options: Statistico2021Options = {},
): RatingHistory {
  return replay("statistico-2021", statistico2021Rule(options), matches);
}

/**
 * Points of one side in hundredths; `goals`, `attack` and `conceded` in hundredths, K whole. Exact.
 *
 * `attack` is the scorer's, `conceded` the opponent's.
 */
export function points2021(
  goals: Hundredths,
  attack: Hundredths,
  conceded: Hundredths,
  weight: number,
): Hundredths {
  if (goals > 0) return truncatedQuotient(attack * weight * goals, conceded);
  if (attack === conceded) return -100 * weight;
  return truncatedQuotient(-attack * 150 * weight, conceded);
}

function play2021(
  home: Statistico2021State,
  away: Statistico2021State,
  goals: SideGoals,
  weight: number,
): readonly [Statistico2021State, Statistico2021State] {
  const homePoints = points2021(goals.home, home.attack, away.conceded, weight);
  const awayPoints = points2021(goals.away, away.attack, home.conceded, weight);
  return [moved(home, homePoints, awayPoints), moved(away, awayPoints, homePoints)];
}

function moved(state: Statistico2021State, scored: Hundredths, conceded: Hundredths): Statistico2021State {
  return {
    attack: confined(state.attack + scored, LEAST, MOST),
    conceded: confined(state.conceded + conceded, LEAST, MOST),
  };
}

function weightOf(league: string, weights: ReadonlyMap<string, number>): number {
  const weight = weights.get(league);
  if (weight !== undefined) return weight;
  const known = [...weights.keys()].sort(compareText).join(", ");
  throw new StatisticoError(
    "data",
    `the 2021 formula has a weight for ${known} only, was ${league}`,
    `statistico rate --league ${league} --algorithm statistico`,
  );
}

function show2021({ attack, conceded }: Statistico2021State): Rating {
  return {
    attack: fromHundredths(attack),
    defence: fromHundredths(2 * BASE - conceded),
    detail: { conceded: fromHundredths(conceded) },
  };
}
