import { formatDay } from "../../src/core/day.js";
import { createRng, type Rng } from "../../src/core/rng.js";
import { close, dayOf, early, type Row } from "./source.js";

const CLUBS = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel"];

export interface Market {
  /** Sum of 1/price - 1 of every book. */
  readonly margin: number;
  /** Spread of a bookmaker's error, on the log of each probability. */
  readonly error: number;
}

/**
 * Seasons of eight clubs, two rounds each, a round a week on Saturdays from 15 August 2015. Probabilities come from
 * fixed strengths; prices are those probabilities with an error and a margin in proportion.
 */
export function simulatedRows(seed: number, seasons: number, { margin, error }: Market): Row[] {
  const rng = createRng(seed);
  const rows: Row[] = [];
  for (let season = 0; season < seasons; season++)
    for (const [index, [home, away]] of roundRobin().entries()) {
      const day = formatDay(dayOf("2015-08-15") + 364 * season + 7 * Math.floor(index / 4));
      const truth = probabilities(CLUBS.indexOf(home), CLUBS.indexOf(away));
      const quote = (spread: number): number[] => priced(truth, spread, margin, rng);
      const prices = [
        early("B365", ...quote(error)),
        early("PS", ...quote(error)),
        close("PS", ...quote(error / 4)),
      ];
      rows.push({ day, home, away, score: drawn(truth, rng), prices });
    }
  return rows;
}

/** Every pairing twice, four matches a round (the circle method). */
function roundRobin(): [string, string][] {
  const pairs: [string, string][] = [];
  const [fixed, ...rest] = CLUBS;
  for (let round = 0; round < 14; round++) {
    const turned = [fixed, ...rest.map((_, i) => rest[(i + round) % rest.length])];
    for (let i = 0; i < 4; i++) {
      const pair: [string, string] = [turned[i], turned[7 - i]];
      pairs.push(round < 7 ? pair : [pair[1], pair[0]]);
    }
  }
  return pairs;
}

function probabilities(home: number, away: number): number[] {
  const weights = [Math.exp(0.4 + 0.15 * (away - home)), 0.9, Math.exp(0.15 * (home - away))];
  const sum = weights.reduce((total, each) => total + each, 0);
  return weights.map((each) => each / sum);
}

function priced(truth: readonly number[], spread: number, margin: number, rng: Rng): number[] {
  const blurred = truth.map((p) => p * Math.exp(spread * (2 * rng() - 1)));
  const sum = blurred.reduce((total, each) => total + each, 0);
  return blurred.map((p) => sum / (p * (1 + margin)));
}

function drawn(truth: readonly number[], rng: Rng): string {
  const uniform = rng();
  const goals = 1 + Math.floor(3 * rng());
  if (uniform < truth[0]) return `${goals}-0`;
  return uniform < truth[0] + truth[1] ? `${goals}-${goals}` : `0-${goals}`;
}
