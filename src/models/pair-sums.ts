import { invariant } from "../core/assert.js";
import { logFactorial } from "./log-factorial.js";

/** More clubs than this make a dense fit hopeless: its matrix would have (2 x 1024)^2 cells. */
export const MOST_TEAMS = 1024;

/**
 * Everything the Poisson and Dixon-Coles likelihoods need of any number of matches.
 *
 * The rates depend on the ordered pair of teams alone, so weights and low scores are summed by pair, goals by team. A
 * neutral meeting is a pair of its own. Grown and rescaled in place: one owner, a lifetime.
 * Shape    by pair: the first `pairs` entries of `home` .. `oneNil`. By team: the first `teams` of the others.
 * Units    weighted goals and weighted matches; `matches` counts matches of positive weight.
 */
export interface PairSums {
  teams: number;
  pairs: number;
  home: Int32Array;
  away: Int32Array;
  neutral: Uint8Array;
  weight: Float64Array;
  nilNil: Float64Array;
  nilOne: Float64Array;
  oneNil: Float64Array;
  goalsFor: Float64Array;
  goalsAgainst: Float64Array;
  teamWeight: Float64Array;
  matches: Int32Array;
  oneOne: number;
  /** Weight and goals of the sides that play at home; neutral meetings do not count. */
  homeWeight: number;
  homeGoals: number;
  awayGoals: number;
  totalWeight: number;
  totalMatches: number;
  /** Weighted sum of ln(goals!); meaningless, and not added to, once a count of goals was not whole. */
  logFactorials: number;
  wholeGoals: boolean;
  /** Pair number + 1 at `(home * teamCapacity + away) * 2 + neutral`; 0 = not met. */
  table: Int32Array;
  teamCapacity: number;
}

const FIRST_TEAMS = 32;
const FIRST_PAIRS = 512;

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
    home: new Int32Array(0),
    away: new Int32Array(0),
    neutral: new Uint8Array(0),
    weight: new Float64Array(0),
    nilNil: new Float64Array(0),
    nilOne: new Float64Array(0),
    oneNil: new Float64Array(0),
    goalsFor: new Float64Array(0),
    goalsAgainst: new Float64Array(0),
    teamWeight: new Float64Array(0),
    matches: new Int32Array(0),
    oneOne: 0,
    homeWeight: 0,
    homeGoals: 0,
    awayGoals: 0,
    totalWeight: 0,
    totalMatches: 0,
    logFactorials: 0,
    wholeGoals: true,
    table: new Int32Array(0),
    teamCapacity: 0,
  };
  growTeams(sums, Math.max(FIRST_TEAMS, teams));
  growPairs(sums, FIRST_PAIRS);
  return sums;
}

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
  const pair = pairOf(sums, home, away, neutral ? 1 : 0);
  sums.weight[pair] += weight;
  if (homeGoals <= 1 && awayGoals <= 1) addLowScore(sums, pair, homeGoals, awayGoals, weight);
  sums.goalsFor[home] += weight * homeGoals;
  sums.goalsAgainst[away] += weight * homeGoals;
  sums.goalsFor[away] += weight * awayGoals;
  sums.goalsAgainst[home] += weight * awayGoals;
  sums.teamWeight[home] += weight;
  sums.teamWeight[away] += weight;
  sums.matches[home]++;
  sums.matches[away]++;
  sums.totalWeight += weight;
  sums.totalMatches++;
  if (!neutral) {
    sums.homeWeight += weight;
    sums.homeGoals += weight * homeGoals;
    sums.awayGoals += weight * awayGoals;
  }
  addLogFactorials(sums, homeGoals, awayGoals, weight);
}

/** Multiply every weight by `factor`: what moving the as-of date by some days comes to under exponential decay. */
export function scaleSums(sums: PairSums, factor: number): void {
  for (const column of [sums.weight, sums.nilNil, sums.nilOne, sums.oneNil])
    for (let p = 0; p < sums.pairs; p++) column[p] *= factor;
  for (const column of [sums.goalsFor, sums.goalsAgainst, sums.teamWeight])
    for (let t = 0; t < sums.teams; t++) column[t] *= factor;
  sums.oneOne *= factor;
  sums.homeWeight *= factor;
  sums.homeGoals *= factor;
  sums.awayGoals *= factor;
  sums.totalWeight *= factor;
  sums.logFactorials *= factor;
}

/** A count of goals that is not whole (expected goals) is no low score: tau is 1 there. */
function addLowScore(
  sums: PairSums,
  pair: number,
  homeGoals: number,
  awayGoals: number,
  weight: number,
): void {
  if (homeGoals === 0) {
    if (awayGoals === 0) sums.nilNil[pair] += weight;
    else if (awayGoals === 1) sums.nilOne[pair] += weight;
  } else if (homeGoals === 1) {
    if (awayGoals === 0) sums.oneNil[pair] += weight;
    else if (awayGoals === 1) sums.oneOne += weight;
  }
}

function addLogFactorials(sums: PairSums, homeGoals: number, awayGoals: number, weight: number): void {
  if (!Number.isInteger(homeGoals) || !Number.isInteger(awayGoals)) sums.wholeGoals = false;
  if (sums.wholeGoals) sums.logFactorials += weight * (logFactorial(homeGoals) + logFactorial(awayGoals));
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
  sums.weight = widerFloats(sums.weight, length);
  sums.nilNil = widerFloats(sums.nilNil, length);
  sums.nilOne = widerFloats(sums.nilOne, length);
  sums.oneNil = widerFloats(sums.oneNil, length);
}

function growTeams(sums: PairSums, capacity: number): void {
  sums.goalsFor = widerFloats(sums.goalsFor, capacity);
  sums.goalsAgainst = widerFloats(sums.goalsAgainst, capacity);
  sums.teamWeight = widerFloats(sums.teamWeight, capacity);
  sums.matches = widerInts(sums.matches, capacity);
  sums.teamCapacity = capacity;
  sums.table = new Int32Array(capacity * capacity * 2);
  for (let p = 0; p < sums.pairs; p++)
    sums.table[(sums.home[p] * capacity + sums.away[p]) * 2 + sums.neutral[p]] = p + 1;
}

function widerFloats(from: Float64Array, length: number): Float64Array {
  const to = new Float64Array(length);
  to.set(from);
  return to;
}

function widerInts(from: Int32Array, length: number): Int32Array {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
