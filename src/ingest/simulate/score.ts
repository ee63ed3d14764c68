import type { Rng } from "../../core/rng.js";
import type { GoalRates } from "../../domain/goals.js";
import { lowScoreFactor } from "../../models/dixon-coles-grid.js";
import { drawPoisson } from "./draw.js";

/**
 * One score from the Dixon-Coles distribution, by rejection: a pair of independent Poisson counts is kept with
 * probability factor / greatest factor, and drawn anew otherwise. Exact, and about one draw in ten is thrown away.
 */
export function drawScore(rng: Rng, rates: GoalRates): readonly [home: number, away: number] {
  const greatest = Math.max(1, lowScoreFactor(0, 0, rates), lowScoreFactor(1, 1, rates));
  for (;;) {
    const home = drawPoisson(rng, rates.homeRate);
    const away = drawPoisson(rng, rates.awayRate);
    if (rng() * greatest < lowScoreFactor(home, away, rates)) return [home, away];
  }
}

/** Most goals of a side that `fairChances` sums over: beyond lies less than 1e-8 for rates up to 3.5. */
const MOST_GOALS = 18;

/** Chances read from the score grid. `margin[d + MOST_GOALS]` is P(home goals - away goals = d). */
export interface FairChances {
  readonly home: number;
  readonly draw: number;
  readonly away: number;
  readonly over25: number;
  readonly margin: readonly number[];
}

/** Sum a small own score grid, so that the simulated truth does not lean on the models it is there to test. */
export function fairChances(rates: GoalRates): FairChances {
  const home = poissonMasses(rates.homeRate);
  const away = poissonMasses(rates.awayRate);
  const margin = new Array<number>(2 * MOST_GOALS + 1).fill(0);
  let under25 = 0;
  for (let i = 0; i <= MOST_GOALS; i++)
    for (let j = 0; j <= MOST_GOALS; j++) {
      const mass = home[i] * away[j] * lowScoreFactor(i, j, rates);
      margin[i - j + MOST_GOALS] += mass;
      if (i + j < 2.5) under25 += mass;
    }
  const draw = margin[MOST_GOALS];
  const homeWin = sum(margin.slice(MOST_GOALS + 1));
  return { home: homeWin, draw, away: 1 - homeWin - draw, over25: 1 - under25, margin };
}

/**
 * Share of the money that is fair on the home side at a handicap of `line` goals (a multiple of 0.25): the inverse of
 * its fair price. A quarter line is half a stake on each neighbour; a push takes no side.
 */
export function handicapShare({ margin }: FairChances, line: number): number {
  const low = Math.floor(line * 2) / 2;
  const high = Math.ceil(line * 2) / 2;
  let won = 0;
  let lost = 0;
  for (let i = 0; i < margin.length; i++) {
    const difference = i - MOST_GOALS;
    won += margin[i] * (Number(difference + low > 0) + Number(difference + high > 0));
    lost += margin[i] * (Number(difference + low < 0) + Number(difference + high < 0));
  }
  return won / (won + lost);
}

/** The quarter line nearest to an even bet, from -4 to 4. */
export function balancedLine(chances: FairChances): number {
  let best = 0;
  let bestGap = 1;
  for (let quarter = -16; quarter <= 16; quarter++) {
    const gap = Math.abs(handicapShare(chances, quarter / 4) - 0.5);
    if (gap < bestGap) [best, bestGap] = [quarter / 4, gap];
  }
  return best;
}

function poissonMasses(rate: number): number[] {
  const masses = [Math.exp(-rate)];
  for (let k = 1; k <= MOST_GOALS; k++) masses.push((masses[k - 1] * rate) / k);
  return masses;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
