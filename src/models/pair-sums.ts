import { invariant } from "../core/assert.js";
import { logFactorial } from "./log-factorial.js";

/** More clubs than this make a dense fit hopeless: its matrix would have (2 x 1024)^2 cells. */
export const MOST_TEAMS = 1024;

/** Cells a pair has in `cells`: weight by kind of score, then weighted goals, then one that pads. */
export const PAIR_CELLS = 8;
export const SCORE_KINDS = 5;
export const NIL_NIL = 0;
export const NIL_ONE = 1;
export const ONE_NIL = 2;
export const ONE_ONE = 3;
const OTHER = 4;
export const HOME_GOALS = 5;
export const AWAY_GOALS = 6;
/** Kind of the score x-y at 3 min(x, 2) + min(y, 2): a look-up, for scores are too irregular to be branched on. */
const KIND_OF = Uint8Array.of(NIL_NIL, NIL_ONE, OTHER, ONE_NIL, ONE_ONE, OTHER, OTHER, OTHER, OTHER);

/**
 * Everything the Poisson and Dixon-Coles likelihoods need of any number of matches.
 *
 * The rates depend on the ordered pair of teams alone, so all is summed by pair; a neutral meeting is a pair of its
 * own. Grown and rescaled in place: one owner, a lifetime.
 * Shape    by pair: the first `pairs` entries of `home`, `away`, `neutral`, and `PAIR_CELLS` times as many of `cells`.
 *          By team: the first `teams` of `matches`.
 * Units    weighted matches and weighted goals; `matches` counts matches of positive weight.
 */
export interface PairSums {
  teams: number;
  pairs: number;
  home: Int32Array;
  away: Int32Array;
  neutral: Uint8Array;
  cells: Float64Array;
  matches: Int32Array;
  totalMatches: number;
  /** Weighted sum of ln(goals!); meaningless, and not added to, once a count of goals was not whole. */
  logFactorials: number;
  wholeGoals: boolean;
  /** Pair number + 1 at `(home * teamCapacity + away) * 2 + neutral`; 0 = not met. */
  table: Int32Array;
  teamCapacity: number;
}

const FIRST_TEAMS = 32;
const FIRST_PAIRS = 1024;

/**
 * Empty sums of `teams` teams.
 *
 * They start without room and grow at once: an engine that has seen a column replaced does not take it for constant,
 * and so does not throw its compiled loops away when the columns grow for the first time in earnest.
 */
export function createPairSums(teams: number): PairSums {
  const sums: PairSums = {
    teams,
    pairs: 0,
    home: NO_INTEGERS,
    away: NO_INTEGERS,
    neutral: NO_FLAGS,
    cells: NO_FLOATS,
    matches: NO_INTEGERS,
    totalMatches: 0,
    logFactorials: 0,
    wholeGoals: true,
    table: NO_INTEGERS,
    teamCapacity: 0,
  };
  growTeams(sums, Math.max(FIRST_TEAMS, teams));
  growPairs(sums, FIRST_PAIRS);
  return sums;
}

const NO_INTEGERS = new Int32Array(0);
const NO_FLOATS = new Float64Array(0);
const NO_FLAGS = new Uint8Array(0);

/** Make room for one more team; returns its number. */
export function addTeam(sums: PairSums): number {
  invariant(sums.teams < MOST_TEAMS, `sums must stay within ${MOST_TEAMS} teams`);
  if (sums.teams === sums.teamCapacity) growTeams(sums, Math.min(sums.teamCapacity * 2, MOST_TEAMS));
  return sums.teams++;
}

/** Add a match. It must have been validated: two different teams, goals >= 0, weight > 0, all finite. */
export function addScore(
  sums: PairSums,
  home: number,
  away: number,
  homeGoals: number,
  awayGoals: number,
  weight: number,
  neutral: boolean,
): void {
  const first = pairOf(sums, home, away, neutral ? 1 : 0) * PAIR_CELLS;
  const { cells, matches } = sums;
  cells[first + HOME_GOALS] += weight * homeGoals;
  cells[first + AWAY_GOALS] += weight * awayGoals;
  matches[home]++;
  matches[away]++;
  sums.totalMatches++;
  const x = homeGoals | 0;
  const y = awayGoals | 0;
  if (x === homeGoals && y === awayGoals) {
    cells[first + KIND_OF[3 * Math.min(x, 2) + Math.min(y, 2)]] += weight;
    sums.logFactorials += weight * (logFactorial(x) + logFactorial(y));
  } else {
    // Expected goals and the like are no low score: tau is 1 there.
    cells[first + OTHER] += weight;
    sums.wholeGoals = false;
  }
}

/** Multiply every weight by `factor`: what moving the as-of date by some days comes to under exponential decay. */
export function scaleSums(sums: PairSums, factor: number): void {
  const { cells } = sums;
  for (let i = 0; i < sums.pairs * PAIR_CELLS; i++) cells[i] *= factor;
  sums.logFactorials *= factor;
}

function pairOf(sums: PairSums, home: number, away: number, neutral: 0 | 1): number {
  const cell = (home * sums.teamCapacity + away) * 2 + neutral;
  const known = sums.table[cell];
  return known > 0 ? known - 1 : addPair(sums, home, away, neutral, cell);
}

function addPair(sums: PairSums, home: number, away: number, neutral: 0 | 1, cell: number): number {
  if (sums.pairs === sums.home.length) growPairs(sums, sums.home.length * 2);
  const pair = sums.pairs++;
  sums.home[pair] = home;
  sums.away[pair] = away;
  sums.neutral[pair] = neutral;
  sums.table[cell] = pair + 1;
  return pair;
}

function growPairs(sums: PairSums, length: number): void {
  sums.home = widerInts(sums.home, length);
  sums.away = widerInts(sums.away, length);
  const neutral = new Uint8Array(length);
  neutral.set(sums.neutral);
  sums.neutral = neutral;
  const cells = new Float64Array(length * PAIR_CELLS);
  cells.set(sums.cells);
  sums.cells = cells;
}

function growTeams(sums: PairSums, capacity: number): void {
  sums.matches = widerInts(sums.matches, capacity);
  sums.teamCapacity = capacity;
  sums.table = new Int32Array(capacity * capacity * 2);
  for (let p = 0; p < sums.pairs; p++)
    sums.table[(sums.home[p] * capacity + sums.away[p]) * 2 + sums.neutral[p]] = p + 1;
}

function widerInts(from: Int32Array, length: number): Int32Array {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
