import type { PlayedMatch } from "../domain/fixture.js";
import { rateColley } from "./colley.js";
import { type EloOptions, rateElo } from "./elo.js";
import { rateEloGoals } from "./elo-goals.js";
import type { RatingHistory } from "./history.js";
import { rateMassey } from "./massey.js";
import { ratePi, ratePi2013 } from "./pi.js";
import { rateStatistico } from "./statistico.js";
import { rateStatistico2021, type Statistico2021Options } from "./statistico-2021.js";

/** Each algorithm reads what concerns it and ignores the rest. */
export interface RateOptions extends Statistico2021Options {
  readonly elo?: Partial<EloOptions>;
}

export interface RatingAlgorithm {
  /** Pure: the same history for the same matches in any order. */
  readonly rate: (matches: readonly PlayedMatch[], options?: RateOptions) => RatingHistory;
  /** One line for people: what it learns from, its scale. */
  readonly describe: string;
  /** What the columns of `detail` are, when there are any. */
  readonly columns: readonly string[];
}

export const RATING_ALGORITHMS = {
  statistico: {
    rate: rateStatistico,
    describe: "attack and defence from (adjusted) goals, around 1500, half-way back to it each season",
    columns: [],
  },
  "statistico-2021": {
    rate: rateStatistico2021,
    describe: "the formula of 2021: from 1000, weighted by division (E0 to E3 only); spreads without bound",
    columns: ["conceded"],
  },
  elo: {
    rate: (matches, options) => rateElo(matches, options?.elo),
    describe: "one number from win, draw and loss, around 1500 (k 20, home advantage 100)",
    columns: [],
  },
  "elo-goals": {
    rate: (matches) => rateEloGoals(matches),
    describe: "attack and defence, home and away apart, from goals, around 1500 (20 a goal)",
    columns: ["homeAttack", "homeDefence", "awayAttack", "awayDefence"],
  },
  pi: {
    rate: (matches) => ratePi(matches),
    describe: "home and away rating in goals over an average team, error bounded",
    columns: ["home", "away"],
  },
  "pi-2013": {
    rate: (matches) => ratePi2013(matches),
    describe: "pi-rating with the formulas and constants of Constantinou & Fenton (2013)",
    columns: ["home", "away"],
  },
  massey: {
    rate: (matches) => rateMassey(matches),
    describe: "least squares on goal differences of one season, in goals a match",
    columns: [],
  },
  colley: {
    rate: (matches) => rateColley(matches),
    describe: "wins and losses of one season corrected for opponents, around 0.5",
    columns: [],
  },
} as const satisfies Readonly<Record<string, RatingAlgorithm>>;

export type RatingAlgorithmName = keyof typeof RATING_ALGORITHMS;

export function isRatingAlgorithm(name: string): name is RatingAlgorithmName {
  return Object.hasOwn(RATING_ALGORITHMS, name);
}

/**
 * Ratings before and after every match, in kick-off order.
 *
 * Throws StatisticoError when the algorithm has no parameters for a league of the matches.
 */
export function rate(
  name: RatingAlgorithmName,
  matches: readonly PlayedMatch[],
  options: RateOptions = {},
): RatingHistory {
  const algorithm: RatingAlgorithm = RATING_ALGORITHMS[name];
  return algorithm.rate(matches, options);
}
