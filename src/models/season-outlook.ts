import { invariant } from "../core/assert.js";
import type { Team } from "../domain/fixture.js";
import { blockCount, type SeasonPlan, simulateBlocks } from "./season-simulation.js";
import { addTallies, type SeasonTally, WHOLE } from "./season-tally.js";

/** A figure of a simulation with its Monte Carlo standard error. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

export interface TeamOutlook {
  readonly team: Team;
  readonly points: Estimate;
  /** Probability of each position, the first being the title; they sum to 1. */
  readonly positions: readonly number[];
  readonly meanPosition: number;
  readonly title: Estimate;
  readonly topFour: Estimate;
  readonly relegation: Estimate;
}

/** How many clubs a league sends up and down. */
export interface Places {
  readonly top: number;
  readonly relegated: number;
}

const PLACES: Places = { top: 4, relegated: 3 };

/**
 * What the rest of a season may bring to each team, by Monte Carlo in one thread.
 *
 * The same plan gives the same bytes as `simulateBlocks` spread over workers, added up and read by `outlookOf`.
 * Returns  the teams in the order of the plan's table.
 * Throws   InvariantError as `simulateBlocks` does.
 */
export function simulateSeason(plan: SeasonPlan, places: Places = PLACES): TeamOutlook[] {
  return outlookOf(plan, [simulateBlocks(plan, 0, blockCount(plan))], places);
}

/** Read the tallies of all blocks. Throws InvariantError when they do not make up all runs of the plan. */
export function outlookOf(
  plan: SeasonPlan,
  tallies: readonly SeasonTally[],
  places: Places = PLACES,
): TeamOutlook[] {
  const tally = tallies.reduce(addTallies);
  invariant(tally.runs === plan.runs, `tallies cover every run once, was ${tally.runs} of ${plan.runs}`);
  return plan.table.map(({ team }, row) => teamOutlook(team, tally, row, places));
}

function teamOutlook(team: Team, tally: SeasonTally, row: number, places: Places): TeamOutlook {
  const teams = tally.points.length;
  const counts = tally.positions.subarray(row * teams, (row + 1) * teams);
  const positions = Array.from(counts, (value) => value / (WHOLE * tally.runs));
  return {
    team,
    points: pointsEstimate(tally, row),
    positions,
    meanPosition: positions.reduce((sum, p, i) => sum + p * (i + 1), 0),
    title: shareOf(positions.slice(0, 1), tally.runs),
    topFour: shareOf(positions.slice(0, places.top), tally.runs),
    relegation: shareOf(positions.slice(Math.max(0, teams - places.relegated)), tally.runs),
  };
}

/** Binomial standard error: at most a little too large where positions were shared. */
function shareOf(positions: readonly number[], runs: number): Estimate {
  const value = Math.min(
    1,
    positions.reduce((sum, p) => sum + p, 0),
  );
  return { value, standardError: Math.sqrt((value * (1 - value)) / runs) };
}

function pointsEstimate({ runs, points, pointsSquared }: SeasonTally, row: number): Estimate {
  const value = points[row] / runs;
  // Whole sums far below 2^53: their difference is exact, so the variance cannot come out negative.
  const squares = runs * pointsSquared[row] - points[row] ** 2;
  return { value, standardError: runs > 1 ? Math.sqrt(squares / (runs - 1)) / runs : 0 };
}
