import type { PlayedMatch } from "../domain/fixture.js";
import { carried } from "./elo.js";
import type { Rating, RatingHistory } from "./history.js";
import { type RatingRule, replay } from "./replay.js";

export interface EloGoalsState {
  readonly homeAttack: number;
  readonly homeDefence: number;
  readonly awayAttack: number;
  readonly awayDefence: number;
}

const START = 1500;
const SCALE = 400;
const K = 20;
const SEASON_CARRY = 0.96;

/**
 * Goal Elo of the original's compiler (2019-20): attack and defence apart, at home and away apart; the attack of one
 * side plays the defence of the other, and what one wins the other loses.
 *
 *     p0 = 1 / (10^((D - A) / 400) + 1)      pg = 1 - p0
 *     g = 0:  A -= 20 p0      D += 20 p0
 *     g > 0:  A += 20 g pg    D -= 20 g pg
 *
 * p0 is the expectation of the attack, largest when A > D. Every rating keeps 0.96 of its distance to 1500 over the
 * summer. `show` gives the mean of home and away.
 *
 * Source  the original odds compiler; `docs/ratings.md`.
 */
export const ELO_GOALS_RULE: RatingRule<EloGoalsState> = {
  start: { homeAttack: START, homeDefence: START, awayAttack: START, awayDefence: START },
  newSeason: (state) => ({
    homeAttack: carried(state.homeAttack, SEASON_CARRY),
    homeDefence: carried(state.homeDefence, SEASON_CARRY),
    awayAttack: carried(state.awayAttack, SEASON_CARRY),
    awayDefence: carried(state.awayDefence, SEASON_CARRY),
  }),
  play: (home, away, { result }) => {
    const homeGain = attackGain(result.homeGoals, home.homeAttack, away.awayDefence);
    const awayGain = attackGain(result.awayGoals, away.awayAttack, home.homeDefence);
    return [
      { ...home, homeAttack: home.homeAttack + homeGain, homeDefence: home.homeDefence - awayGain },
      { ...away, awayAttack: away.awayAttack + awayGain, awayDefence: away.awayDefence - homeGain },
    ];
  },
  show: showGoals,
};

/** Ratings by goal Elo; the four numbers of a team are in `detail`. */
export function rateEloGoals(matches: readonly PlayedMatch[]): RatingHistory {
  return replay("elo-goals", ELO_GOALS_RULE, matches);
}

/** What an attack gains, and the defence it met loses, by `goals`. */
export function attackGain(goals: number, attack: number, defence: number): number {
  const expectation = 1 / (10 ** ((defence - attack) / SCALE) + 1);
  return goals === 0 ? -K * expectation : K * goals * (1 - expectation);
}

function showGoals(state: EloGoalsState): Rating {
  return {
    attack: (state.homeAttack + state.awayAttack) / 2,
    defence: (state.homeDefence + state.awayDefence) / 2,
    detail: { ...state },
  };
}
