import { type FullTimeResult, fullTimeResult, type PlayedMatch } from "../domain/fixture.js";
import type { Rating, RatingHistory } from "./history.js";
import { type RatingRule, replay } from "./replay.js";

export interface EloOptions {
  /** Points at stake in a match. */
  readonly k: number;
  /** Points added to the home side in the expectation; none on neutral ground. */
  readonly homeAdvantage: number;
  /** Share of the distance to 1500 that is kept over the summer; 1 = all of it. */
  readonly seasonCarry: number;
}

const START = 1500;
const SCALE = 400;

export const ELO_DEFAULTS: EloOptions = { k: 20, homeAdvantage: 100, seasonCarry: 1 };
/** The result Elo inside the original's compiler: K = 25, soft reset of 0.96; it states no home advantage. */
export const ELO_ORIGINAL: EloOptions = { k: 25, homeAdvantage: 0, seasonCarry: 0.96 };

/**
 * Result Elo: the winner takes from the loser what the expectation had not foreseen; their sum does not change.
 *
 *     E_home = 1 / (1 + 10^((R_away - R_home - homeAdvantage) / 400));  R += k (S - E), S = 1, 1/2, 0
 *
 * Source  Elo, The Rating of Chessplayers, 1978; home advantage as at eloratings.net.
 */
export function eloRule(options: Partial<EloOptions> = {}): RatingRule<number> {
  const { k, homeAdvantage, seasonCarry } = { ...ELO_DEFAULTS, ...options };
  return {
    start: START,
    newSeason: (rating) => carried(rating, seasonCarry),
    play: (home, away, { fixture, result }) => {
      const expected = eloExpectation(home, away, fixture.neutral ? 0 : homeAdvantage);
      const change = k * (SCORE[fullTimeResult(result.homeGoals, result.awayGoals)] - expected);
      return [home + change, away - change];
    },
    show: showElo,
  };
}

/** Ratings by result Elo; `attack` holds the one number. */
export function rateElo(matches: readonly PlayedMatch[], options: Partial<EloOptions> = {}): RatingHistory {
  return replay("elo", eloRule(options), matches);
}

/** Expected score of the home side, a draw being half a win: in (0, 1). */
export function eloExpectation(home: number, away: number, homeAdvantage: number): number {
  return 1 / (1 + 10 ** ((away - home - homeAdvantage) / SCALE));
}

/** A rating drawn back to 1500 over the summer. */
export function carried(rating: number, share: number): number {
  return share === 1 ? rating : START + share * (rating - START);
}

const SCORE: Readonly<Record<FullTimeResult, number>> = { H: 1, D: 0.5, A: 0 };

function showElo(rating: number): Rating {
  return { attack: rating, defence: 0, detail: null };
}
