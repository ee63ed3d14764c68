import { createRng } from "../src/core/rng.js";
import type { PlayedMatch, Team } from "../src/domain/fixture.js";
import { ratingsAsOf } from "../src/ratings/history.js";
import {
  isRatingAlgorithm,
  RATING_ALGORITHMS,
  type RatingAlgorithmName,
  rate,
} from "../src/ratings/registry.js";

export const name = "ratings before every match of 5 seasons, 20 teams";

const SEASONS = 5;
const ROUNDS = 3;

/** One replay that keeps what each side brought into each match, against a replay of the past for every match day. */
export function run(): readonly { label: string; ratio: number; unit?: string }[] {
  const matches = league();
  return Object.keys(RATING_ALGORITHMS)
    .filter(isRatingAlgorithm)
    .flatMap((algorithm) => compare(algorithm, matches));
}

function compare(algorithm: RatingAlgorithmName, matches: readonly PlayedMatch[]) {
  const naive: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    naive.push(elapsed(() => replayPerDay(algorithm, matches)));
    ours.push(elapsed(() => rate(algorithm, matches)));
  }
  return [
    { label: `${algorithm}: replay a day / one replay`, ratio: median(naive) / median(ours), unit: "times" },
    { label: `${algorithm}: thousand matches a second`, ratio: matches.length / median(ours), unit: "k/s" },
  ];
}

function replayPerDay(algorithm: RatingAlgorithmName, matches: readonly PlayedMatch[]): void {
  for (const day of new Set(matches.map(({ fixture }) => fixture.day))) {
    const past = matches.filter(({ fixture }) => fixture.day < day);
    ratingsAsOf(rate(algorithm, past), day);
  }
}

function league(): PlayedMatch[] {
  const rng = createRng(1);
  const teams: Team[] = Array.from({ length: 20 }, (_, id) => ({ id, name: `T${id}`, country: "England" }));
  return Array.from({ length: SEASONS * 38 }, (_, round) =>
    Array.from({ length: 10 }, (_, pair) => {
      const turn = (place: number) => (place === 0 ? 19 : (place + round) % 19);
      const [home, away] = [teams[turn(pair)], teams[turn(19 - pair)]];
      const season = 2010 + Math.floor(round / 38);
      const day = 14_800 + 365 * (season - 2010) + 7 * (round % 38);
      const id = round * 10 + pair;
      return {
        fixture: {
          id,
          league: "E0",
          season,
          day,
          kickOff: day * 86_400_000,
          kickOffKnown: false,
          home: round % 2 === 0 ? home : away,
          away: round % 2 === 0 ? away : home,
          neutral: false,
        },
        result: {
          fixtureId: id,
          revision: 0,
          homeGoals: Math.floor(3.2 * rng()),
          awayGoals: Math.floor(2.6 * rng()),
          halfTimeHome: null,
          halfTimeAway: null,
          knownAt: (day + 1) * 86_400_000,
        },
      };
    }),
  ).flat();
}

function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
