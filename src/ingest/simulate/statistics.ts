import type { Rng } from "../../core/rng.js";
import type { GoalRates } from "../../domain/goals.js";
import { drawBinomial, drawPoisson } from "./draw.js";

/** Counts of one side, as in the columns HS, HST, HF, HC, HY, HR. */
export interface SimulatedCounts {
  readonly shots: number;
  readonly onTarget: number;
  readonly fouls: number;
  readonly corners: number;
  readonly yellow: number;
  readonly red: number;
}

// Averages of a usual top division: 13 shots of which 4.5 on target, 5 corners, 11 fouls, 1.9 yellow cards a side.
const USUAL_RATE = 1.37;

/**
 * Shots and corners rise with the side's own true rate, fouls and cards with the opponent's. A goal is a shot on
 * target, so that shots carry information on strength beyond the goals.
 */
export function drawCounts(rng: Rng, goals: number, ownRate: number, otherRate: number): SimulatedCounts {
  const pressure = Math.sqrt(ownRate / USUAL_RATE);
  const onTarget = goals + drawPoisson(rng, 3.1 * pressure);
  return {
    shots: onTarget + drawPoisson(rng, 8.4 * pressure),
    onTarget,
    fouls: drawPoisson(rng, 11 * Math.sqrt(otherRate / USUAL_RATE)),
    corners: drawPoisson(rng, 5 * pressure),
    yellow: drawPoisson(rng, 1.9 * Math.sqrt(otherRate / USUAL_RATE)),
    red: rng() < 0.055 ? 1 : 0,
  };
}

/** Goals before the interval: 45 in 100 fall there. */
export function drawHalfTime(rng: Rng, goals: number): number {
  return drawBinomial(rng, goals, 0.45);
}

/** Both sides' counts of one match. */
export function drawMatchCounts(rng: Rng, home: number, away: number, rates: GoalRates) {
  return {
    home: drawCounts(rng, home, rates.homeRate, rates.awayRate),
    away: drawCounts(rng, away, rates.awayRate, rates.homeRate),
  };
}
