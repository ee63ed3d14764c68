import { createRng, type Rng } from "../../src/core/rng.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import type { GoalMatch } from "../../src/models/goal-match.js";

/** Known truth of a simulated league; attack and defence sum to zero. */
export interface Truth {
  readonly intercept: number;
  readonly homeAdvantage: number;
  readonly rho: number;
  readonly attack: readonly number[];
  readonly defence: readonly number[];
}

/** A truth with ratings spread evenly over +-0.4 and shuffled by a fixed stride; `teams` prime to 3. */
export function evenTruth(teams: number, rho: number, homeAdvantage = 0.25): Truth {
  const rating = (t: number) => (0.8 * t) / (teams - 1) - 0.4;
  return {
    intercept: 0.1,
    homeAdvantage,
    rho,
    attack: Array.from({ length: teams }, (_, t) => rating(t)),
    defence: Array.from({ length: teams }, (_, t) => rating((3 * t + 1) % teams)),
  };
}

export function teamName(t: number): string {
  return `Team ${String(t).padStart(2, "0")}`;
}

/** Log rates of a meeting. */
export function logRates(truth: Truth, home: number, away: number): [number, number] {
  return [
    truth.intercept + truth.homeAdvantage + truth.attack[home] - truth.defence[away],
    truth.intercept + truth.attack[away] - truth.defence[home],
  ];
}

/** A score drawn from a grid's cells by inversion. */
export function drawScore(cells: Float64Array, maxGoals: number, rng: Rng): [number, number] {
  let left = rng();
  let at = 0;
  while (at < cells.length - 1 && left >= cells[at]) left -= cells[at++];
  return [Math.floor(at / (maxGoals + 1)), at % (maxGoals + 1)];
}

/** `seasons` double round robins drawn from the truth. */
export function simulateSeasons(truth: Truth, seasons: number, seed: number): GoalMatch[] {
  const rng = createRng(seed);
  const matches: GoalMatch[] = [];
  for (let season = 0; season < seasons; season++)
    for (let h = 0; h < truth.attack.length; h++)
      for (let a = 0; a < truth.attack.length; a++) {
        if (h === a) continue;
        const [homeLog, awayLog] = logRates(truth, h, a);
        const grid = scoreGrid({ homeRate: Math.exp(homeLog), awayRate: Math.exp(awayLog), rho: truth.rho });
        const [homeGoals, awayGoals] = drawScore(grid.cells, grid.maxGoals, rng);
        matches.push({ home: teamName(h), away: teamName(a), homeGoals, awayGoals });
      }
  return matches;
}
