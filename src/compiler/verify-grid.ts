import type { Rng } from "../core/rng.js";
import type { ScoreGrid } from "../models/grid.js";
import { type Played, type PlayScore, playerOf } from "./play-scores.js";
import { weibullPlayer } from "./play-weibull.js";

/** What a grid says of an event and how often it came about, in standard errors between the two. */
export interface PlayedOut {
  readonly where: string;
  readonly expected: number;
  readonly frequency: number;
  readonly deviation: number;
}

const EVENTS: Readonly<Record<string, (home: number, away: number) => boolean>> = {
  "home win": (home, away) => home > away,
  draw: (home, away) => home === away,
  "away win": (home, away) => home < away,
  "over 2.5": (home, away) => home + away > 2,
  "both score": (home, away) => home > 0 && away > 0,
  "0-0": (home, away) => home === 0 && away === 0,
  "1-0": (home, away) => home === 1 && away === 0,
  "0-1": (home, away) => home === 0 && away === 1,
  "1-1": (home, away) => home === 1 && away === 1,
  "2-2": (home, away) => home === 2 && away === 2,
};

/** Waiting times are counted in so many times as many matches as are played from the counts. */
const COUNTED_PER_DRAW = 4;

/**
 * Play a fixture `draws` times by the story of its distribution and hold a grid against the count: the event furthest
 * off. Null for a distribution without a story.
 *
 * Finds errors larger than about 5 / sqrt(draws), no smaller ones.
 */
export function playOutGrid(
  model: string,
  played: Played,
  grid: ScoreGrid,
  draws: number,
  rng: Rng,
): PlayedOut | null {
  const weibull = model === "weibull-copula";
  const play = weibull ? weibullPlayer(played, COUNTED_PER_DRAW * draws, rng) : playerOf(model, played);
  if (play === null) return null;
  const counted = countEvents(play, draws, rng);
  // The counted distributions of the two sides have an error of their own.
  const doubt = weibull ? 1 + 2 / COUNTED_PER_DRAW : 1;
  let worst: PlayedOut | null = null;
  for (const [where, happens] of Object.entries(EVENTS)) {
    const expected = chanceOf(grid, happens);
    const frequency = (counted.get(where) ?? 0) / draws;
    const error = Math.sqrt(Math.max((doubt * expected * (1 - expected)) / draws, 1 / draws ** 2));
    const deviation = Math.abs(frequency - expected) / error;
    if (worst === null || !(deviation <= worst.deviation)) worst = { where, expected, frequency, deviation };
  }
  return worst;
}

function countEvents(play: PlayScore, draws: number, rng: Rng): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const [home, away] = play(rng);
    for (const [where, happens] of Object.entries(EVENTS))
      if (happens(home, away)) counts.set(where, (counts.get(where) ?? 0) + 1);
  }
  return counts;
}

function chanceOf({ cells, maxGoals }: ScoreGrid, happens: (home: number, away: number) => boolean): number {
  let sum = 0;
  for (let i = 0, cell = 0; i <= maxGoals; i++)
    for (let j = 0; j <= maxGoals; j++, cell++) if (happens(i, j)) sum += cells[cell];
  return sum;
}
