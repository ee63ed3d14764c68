import type { PlayedMatch } from "../domain/fixture.js";
import type { Rating, RatingHistory } from "./history.js";
import { type RatingRule, replay } from "./replay.js";

/** Goals by which a team beats an average one, at home and away. */
export interface PiState {
  readonly home: number;
  readonly away: number;
}

/** What tells one form of pi-rating from another. */
export interface PiForm {
  /** Expected goal difference of the home side, from its home rating and the visitor's away rating. */
  readonly expect: (home: number, away: number) => number;
  /** Error of the expectation to what is learnt from it, odd and increasing: 5-0 teaches less than five 1-0. */
  readonly diminish: (error: number) => number;
  /** Share learnt where the match was played. */
  readonly rate: number;
  /** Share learnt by the rating of the other venue. */
  readonly crossRate: number;
}

const BASE = 10;
const SPREAD = 3;

/** The form of the paper: b = 10, c = 3, lambda = 0.035, gamma = 0.7. */
export const PI_2013: PiForm = {
  expect: (home, away) => goalsOver(home) - goalsOver(away),
  diminish: (error) => Math.sign(error) * SPREAD * Math.log10(1 + Math.abs(error)),
  rate: 0.035,
  crossRate: 0.035 * 0.7,
};

/** The form in common use today: ratings read as goals directly, the error bounded by e / (1 + 0.75 |e|). */
export const PI_BOUNDED: PiForm = {
  expect: (home, away) => home - away,
  diminish: (error) => error / (1 + 0.75 * Math.abs(error)),
  rate: 0.15,
  crossRate: 0.1,
};

/**
 * Pi-ratings: a home and an away rating a team, learnt from the error in goal difference.
 *
 *     e = (goals_home - goals_away) - expect(R_home of the host, R_away of the visitor)
 *     host     R_home += rate psi(e),  R_away += crossRate psi(e)
 *     visitor  R_away -= rate psi(e),  R_home -= crossRate psi(e)
 *
 * Start 0, no reset. What one side gains the other loses, so all ratings sum to 0. `show` gives the mean of both.
 *
 * Source  Constantinou & Fenton, Journal of Quantitative Analysis in Sports 9(1), 2013.
 */
export function piRule(form: PiForm): RatingRule<PiState> {
  return {
    start: { home: 0, away: 0 },
    newSeason: (state) => state,
    play: (host, visitor, { result }) => {
      const error = result.homeGoals - result.awayGoals - form.expect(host.home, visitor.away);
      const learnt = form.diminish(error);
      const direct = form.rate * learnt;
      const cross = form.crossRate * learnt;
      return [
        { home: host.home + direct, away: host.away + cross },
        { home: visitor.home - cross, away: visitor.away - direct },
      ];
    },
    show: showPi,
  };
}

/** Pi-ratings in the bounded form; `detail` holds the home and the away rating. */
export function ratePi(matches: readonly PlayedMatch[]): RatingHistory {
  return replay("pi", piRule(PI_BOUNDED), matches);
}

/** Pi-ratings in the form of the paper. */
export function ratePi2013(matches: readonly PlayedMatch[]): RatingHistory {
  return replay("pi-2013", piRule(PI_2013), matches);
}

/** Goals by which a rating beats an average team: sign(R) (b^(|R|/c) - 1). */
function goalsOver(rating: number): number {
  return Math.sign(rating) * (BASE ** (Math.abs(rating) / SPREAD) - 1);
}

function showPi({ home, away }: PiState): Rating {
  return { attack: (home + away) / 2, defence: 0, detail: { home, away } };
}
