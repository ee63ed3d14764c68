import { LOGS } from "./score-likelihood.js";
import { dependence, fillLogs, gaugeRanges, type ScoreProblem, shapesOf } from "./score-problem.js";

/** Central differences of an exact gradient: truncation and rounding meet near the cube root of the rounding unit. */
const DIFFERENCE = 1e-5;

/**
 * The penalised log-likelihood, its exact gradient into `gradient`.
 *
 * A ridge takes off ridge/2 times the sum of squares of attack and of defence.
 */
export function evaluateScores(problem: ScoreProblem, theta: Float64Array, gradient: Float64Array): number {
  gradient.fill(0);
  const term = problem.likelihood.at(shapesOf(problem, theta));
  const slopes = new Float64Array(LOGS + problem.likelihood.shapes.length);
  const logs = { homeLog: 0, awayLog: 0, lift: 0 };
  let value = 0;
  for (let m = 0; m < problem.matches.length; m++) {
    const { homeGoals, awayGoals, weight = 1 } = problem.matches[m];
    fillLogs(problem, theta, m, logs);
    value += weight * term(homeGoals, awayGoals, logs, slopes);
    addSlopes(problem, m, weight, slopes, gradient);
  }
  return value - ridgePenalty(problem, theta, gradient);
}

function addSlopes(
  problem: ScoreProblem,
  m: number,
  weight: number,
  slopes: Float64Array,
  to: Float64Array,
): void {
  for (let local = 0; local < slopes.length; local++) {
    if (slopes[local] === 0) continue;
    for (const [place, factor] of dependence(problem, m, local)) to[place] += weight * slopes[local] * factor;
  }
}

function ridgePenalty(problem: ScoreProblem, theta: Float64Array, gradient: Float64Array): number {
  const { ridge, teams } = problem;
  if (ridge === 0) return 0;
  let squares = 0;
  for (let i = 2; i < 2 + 2 * teams; i++) {
    squares += theta[i] * theta[i];
    gradient[i] -= ridge * theta[i];
  }
  return (ridge / 2) * squares;
}

/**
 * Minus the second derivatives, row-major, into `matrix`: central differences of the exact slopes of each match by its
 * few local unknowns, spread over the unknowns they depend on. Held unknowns become a row of the unit matrix.
 */
export function scoreInformation(
  problem: ScoreProblem,
  theta: Float64Array,
  pinned: Uint8Array,
  matrix: Float64Array,
): void {
  matrix.fill(0);
  const locals = LOGS + problem.likelihood.shapes.length;
  for (let local = 0; local < locals; local++) addColumn(problem, theta, local, matrix);
  addGauge(problem, matrix);
  for (let i = 2; i < 2 + 2 * problem.teams; i++) matrix[i * (problem.size + 1)] += problem.ridge;
  for (let i = 0; i < problem.size; i++) if (pinned[i] === 1) pin(matrix, problem.size, i);
}

/** The derivative of all local slopes of every match by one local unknown. */
function addColumn(problem: ScoreProblem, theta: Float64Array, local: number, matrix: Float64Array): void {
  const { likelihood, matches, size } = problem;
  const shape = shapesOf(problem, theta);
  const [down, up] = differenceSteps(problem, shape, local);
  const below = likelihood.at(shape.map((value, k) => (k === local - LOGS ? value - down : value)));
  const above = likelihood.at(shape.map((value, k) => (k === local - LOGS ? value + up : value)));
  const locals = LOGS + shape.length;
  const lower = new Float64Array(locals);
  const upper = new Float64Array(locals);
  const logs = { homeLog: 0, awayLog: 0, lift: 0 };
  for (let m = 0; m < matches.length; m++) {
    const { homeGoals, awayGoals, weight = 1 } = matches[m];
    fillLogs(problem, theta, m, logs);
    shift(logs, local, up);
    above(homeGoals, awayGoals, logs, upper);
    shift(logs, local, -up - down);
    below(homeGoals, awayGoals, logs, lower);
    for (const [column, factor] of dependence(problem, m, local))
      for (let other = 0; other < locals; other++) {
        const curve = (-weight * factor * (upper[other] - lower[other])) / (up + down);
        if (curve === 0) continue;
        for (const [row, by] of dependence(problem, m, other)) matrix[row * size + column] += curve * by;
      }
  }
}

/** How far to go down and up: not beyond the range of a shape. */
function differenceSteps(problem: ScoreProblem, shape: readonly number[], local: number): [number, number] {
  if (local < LOGS) return [DIFFERENCE, DIFFERENCE];
  const { low, high } = problem.likelihood.shapes[local - LOGS];
  const at = shape[local - LOGS];
  return [Math.min(DIFFERENCE, at - low), Math.min(DIFFERENCE, high - at)];
}

function shift(logs: { homeLog: number; awayLog: number; lift: number }, local: number, by: number): void {
  if (local === 0) logs.homeLog += by;
  else if (local === 1) logs.awayLog += by;
  else if (local === 2) logs.lift += by;
}

/** Directions the likelihood is flat in get curvature, so that Newton's step stays across them; a ridge does so too. */
function addGauge(problem: ScoreProblem, matrix: Float64Array): void {
  if (problem.ridge > 0) return;
  const { teams, size } = problem;
  const scale = problem.matches.reduce((sum, { weight = 1 }) => sum + weight, 0) / (teams * teams);
  for (const [from, to] of gaugeRanges(problem))
    for (let i = from; i < to; i++) for (let j = from; j < to; j++) matrix[i * size + j] += scale;
}

function pin(matrix: Float64Array, size: number, at: number): void {
  for (let j = 0; j < size; j++) {
    matrix[at * size + j] = 0;
    matrix[j * size + at] = 0;
  }
  matrix[at * size + at] = 1;
}
