import { invariant } from "../core/assert.js";
import { createRng, type Rng } from "../core/rng.js";
import { type AliasTable, aliasTable, drawColumn } from "./alias-table.js";
import type { ScoreGrid } from "./grid.js";
import { countRun, emptyTally, type SeasonTally } from "./season-tally.js";
import { matchRecord, recordOf, type Standing } from "./standing.js";

/** A fixture still to play: ids of its teams and the probabilities of its scores. */
export interface RemainingFixture {
  readonly home: number;
  readonly away: number;
  readonly grid: ScoreGrid;
}

/** Plain data: it can be sent to a worker as it is. */
export interface SeasonPlan {
  readonly table: readonly Standing[];
  readonly remaining: readonly RemainingFixture[];
  readonly runs: number;
  readonly seed: number;
}

/** Runs of one random stream. */
export const RUNS_PER_BLOCK = 100;

/** More runs than this could not be counted exactly. */
export const MOST_RUNS = 500_000;

/** Blocks of a plan: block b draws from stream b of the seed, whichever worker runs it. */
export function blockCount({ runs }: SeasonPlan): number {
  return Math.ceil(runs / RUNS_PER_BLOCK);
}

/**
 * Play the remaining fixtures again and again, for the blocks `from` to `to` - 1.
 *
 * Ranks by points, goal difference, goals scored; teams level on all three share their positions in equal parts
 * (leagues differ in what comes next: play-offs, head to head, lots).
 *
 * Throws  InvariantError when a fixture names a team that is not in the table or the runs cannot be counted.
 */
export function simulateBlocks(plan: SeasonPlan, from: number, to: number): SeasonTally {
  invariant(
    Number.isInteger(plan.runs) && plan.runs > 0 && plan.runs <= MOST_RUNS,
    `runs are from 1 to ${MOST_RUNS}, was ${plan.runs}`,
  );
  const league = prepare(plan);
  const tally = emptyTally(plan.table.length);
  let runs = 0;
  for (let block = from; block < to; block++) {
    playBlock(league, createRng(plan.seed, block));
    const last = Math.min(RUNS_PER_BLOCK, plan.runs - block * RUNS_PER_BLOCK);
    for (let run = 0; run < last; run++, runs++) {
      readRun(league, run);
      countRun(tally, league.records, league.order);
    }
  }
  return { ...tally, runs };
}

interface PreparedFixture {
  readonly home: number;
  readonly away: number;
  readonly scores: AliasTable;
  readonly gains: Gains;
}

/** What each cell of a grid adds to the record of either side; grids of one size share it. */
interface Gains {
  readonly home: Float64Array;
  readonly away: Float64Array;
}

interface Prepared {
  readonly fixtures: readonly PreparedFixture[];
  /** Record of each team before the first simulated match. */
  readonly start: Float64Array;
  /** Records in the block at hand, row-major, team by run. */
  readonly now: Float64Array;
  /** Records of the run at hand, and its teams by rank. */
  readonly records: Float64Array;
  readonly order: Uint8Array;
}

function prepare({ table, remaining }: SeasonPlan): Prepared {
  invariant(table.length > 0 && table.length < 256, `a league has 1 to 255 teams, was ${table.length}`);
  const rowOf = new Map(table.map(({ team }, row) => [team.id, row]));
  invariant(rowOf.size === table.length, "a team stands in the table once");
  const gains = new Map<number, Gains>();
  return {
    fixtures: remaining.map((fixture) => prepareFixture(fixture, rowOf, gains)),
    start: Float64Array.from(table, (row) => recordOf(row.points, row.scored - row.conceded, row.scored)),
    now: new Float64Array(table.length * RUNS_PER_BLOCK),
    records: new Float64Array(table.length),
    order: Uint8Array.from(table, (_, row) => row),
  };
}

function prepareFixture(
  { home, away, grid }: RemainingFixture,
  rowOf: ReadonlyMap<number, number>,
  gains: Map<number, Gains>,
): PreparedFixture {
  const known = gains.get(grid.maxGoals) ?? gainsOf(grid.maxGoals);
  gains.set(grid.maxGoals, known);
  return { home: rowIn(rowOf, home), away: rowIn(rowOf, away), scores: aliasTable(grid.cells), gains: known };
}

function gainsOf(maxGoals: number): Gains {
  const width = maxGoals + 1;
  const cells = Array.from({ length: width * width }, (_, cell) => [Math.floor(cell / width), cell % width]);
  return {
    home: Float64Array.from(cells, ([home, away]) => matchRecord(home, away)),
    away: Float64Array.from(cells, ([home, away]) => matchRecord(away, home)),
  };
}

function rowIn(rowOf: ReadonlyMap<number, number>, team: number): number {
  const row = rowOf.get(team);
  invariant(row !== undefined, `a remaining fixture is between teams of the table, was team ${team}`);
  return row;
}

/** Fixture by fixture through all runs of the block: a fixture's tables stay in the cache, a season's would not. */
function playBlock({ fixtures, start, now }: Prepared, rng: Rng): void {
  for (let row = 0; row < start.length; row++) {
    now.fill(start[row], row * RUNS_PER_BLOCK, (row + 1) * RUNS_PER_BLOCK);
  }
  for (const fixture of fixtures) playFixture(fixture, now, rng);
}

function playFixture({ home, away, scores, gains }: PreparedFixture, now: Float64Array, rng: Rng): void {
  const homeAt = home * RUNS_PER_BLOCK;
  const awayAt = away * RUNS_PER_BLOCK;
  for (let run = 0; run < RUNS_PER_BLOCK; run++) {
    const cell = drawColumn(scores, rng());
    now[homeAt + run] += gains.home[cell];
    now[awayAt + run] += gains.away[cell];
  }
}

function readRun({ now, records }: Prepared, run: number): void {
  for (let row = 0; row < records.length; row++) records[row] = now[row * RUNS_PER_BLOCK + run];
}
