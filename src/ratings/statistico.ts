import type { PlayedMatch } from "../domain/fixture.js";
import type { SideGoals } from "./adjusted-goals.js";
import type { Rating, RatingHistory } from "./history.js";
import { confined, fromHundredths, type Hundredths, toHundredths, truncatedQuotient } from "./hundredths.js";
import { type RatingRule, replay } from "./replay.js";

/** Attack and defence in hundredths of a point. */
export interface StatisticoState {
  readonly attack: Hundredths;
  readonly defence: Hundredths;
}

export interface StatisticoOptions {
  /** Adjusted goals by fixture id, where goal events are known; the plain goals count for every other fixture. */
  readonly adjustedGoals?: ReadonlyMap<number, SideGoals>;
}

const BASE: Hundredths = 150_000;
/**
 * Ratings stay between 100 and 10,000 points, so that no ratio of two of them can explode or change its sign. A guard
 * of ours: over 34,572 matches of three English divisions since 2000 they ran from 877 to 2311.
 */
const LEAST: Hundredths = 10_000;
const MOST: Hundredths = 1_000_000;

const HOME = { perGoal: 6, blank: 12 } as const;
const AWAY = { perGoal: 9, blank: 18 } as const;

/**
 * The formula behind the published ratings of 2017 to 2023: start and season mean 1500; at a season's start each
 * rating goes half-way back to 1500.
 *
 *     home  g > 0: +6 g D_away / A_home    g = 0: -12 D_away / A_home
 *     away  g > 0: +9 g D_home / A_away    g = 0: -18 D_home / A_away       truncated to two decimals
 *     attack += own points; defence -= the opponent's points
 *
 * It reverts to the mean (a strong attack earns less), but is not zero-mean.
 *
 * Source  inferred from the published ratings; `docs/ratings.md` tells how well they agree.
 */
export function statisticoRule(options: StatisticoOptions = {}): RatingRule<StatisticoState> {
  return {
    start: { attack: BASE, defence: BASE },
    newSeason: ({ attack, defence }) => ({ attack: halfWayBack(attack), defence: halfWayBack(defence) }),
    play: (home, away, match) => playStatistico(home, away, goalsOf(match, options.adjustedGoals)),
    show: showStatistico,
  };
}

/** Ratings by the default Statistico formula. */
export function rateStatistico(
  matches: readonly PlayedMatch[],
  options: StatisticoOptions = {},
): RatingHistory {
  return replay("statistico", statisticoRule(options), matches);
}

/** Goals in hundredths as a formula counts them: adjusted ones where known, else the result's. */
export function goalsOf(
  { fixture, result }: PlayedMatch,
  adjusted?: ReadonlyMap<number, SideGoals>,
): SideGoals {
  const goals = adjusted?.get(fixture.id) ?? { home: result.homeGoals, away: result.awayGoals };
  return { home: toHundredths(goals.home), away: toHundredths(goals.away) };
}

function playStatistico(
  home: StatisticoState,
  away: StatisticoState,
  goals: SideGoals,
): readonly [StatisticoState, StatisticoState] {
  const homePoints = pointsOf(goals.home, home.attack, away.defence, HOME);
  const awayPoints = pointsOf(goals.away, away.attack, home.defence, AWAY);
  return [moved(home, homePoints, -awayPoints), moved(away, awayPoints, -homePoints)];
}

/** Points of one side in hundredths, `goals` in hundredths. Exact: everything is a whole number. */
function pointsOf(
  goals: Hundredths,
  attack: Hundredths,
  defence: Hundredths,
  weights: { readonly perGoal: number; readonly blank: number },
): Hundredths {
  if (goals > 0) return truncatedQuotient(weights.perGoal * goals * defence, attack);
  return truncatedQuotient(-weights.blank * 100 * defence, attack);
}

function halfWayBack(rating: Hundredths): Hundredths {
  return truncatedQuotient(rating + BASE, 2);
}

function moved(state: StatisticoState, attack: Hundredths, defence: Hundredths): StatisticoState {
  return {
    attack: confined(state.attack + attack, LEAST, MOST),
    defence: confined(state.defence + defence, LEAST, MOST),
  };
}

function showStatistico({ attack, defence }: StatisticoState): Rating {
  return { attack: fromHundredths(attack), defence: fromHundredths(defence), detail: null };
}
