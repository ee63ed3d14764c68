import { factorise, solveFactored } from "./cholesky.js";
import { LOGS } from "./score-likelihood.js";
import { dependence, fillLogs, gaugeRanges, type ScoreProblem, shapesOf } from "./score-problem.js";

export interface ScoreSearch {
  readonly kind: "converged" | "stalled" | "limit" | "impossible";
  /** Penalised log-likelihood. */
  readonly value: number;
  readonly iterations: number;
  /** Largest absolute slope by an unknown that is neither held nor at a bound it presses on. */
  readonly gradientNorm: number;
}

const GRADIENT_TOLERANCE = 1e-8;
const STEP_TOLERANCE = 1e-7;
const LONGEST_STEP = 1;
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

/** Directions the likelihood is flat in get curvature, so that Newton's step stays across them. A ridge sees to it too. */
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

/** Unknowns that stay put: held ones, and shapes that press against an end of their range. */
export function pinnedAt(problem: ScoreProblem, theta: Float64Array, gradient: Float64Array): Uint8Array {
  const pinned = problem.held.slice();
  for (let i = 0; i < problem.size; i++) {
    if (theta[i] <= problem.low[i] && gradient[i] <= 0) pinned[i] = 1;
    if (theta[i] >= problem.high[i] && gradient[i] >= 0) pinned[i] = 1;
  }
  return pinned;
}

/** Projected Newton from `theta`, which is moved to the optimum. Source: Bertsekas, SIAM J. Control 20(2), 1982. */
export function searchScores(
  problem: ScoreProblem,
  theta: Float64Array,
  iterationLimit: number,
): ScoreSearch {
  const { size } = problem;
  const gradient = new Float64Array(size);
  const matrix = new Float64Array(size * size);
  const trial = new Float64Array(size);
  let value = evaluateScores(problem, theta, gradient);
  const norm = (pinned: Uint8Array) =>
    gradient.reduce((most, g, i) => (pinned[i] ? most : Math.max(most, Math.abs(g))), 0);
  if (!Number.isFinite(value)) return { kind: "impossible", value, iterations: 0, gradientNorm: Number.NaN };
  for (let iterations = 0; iterations < iterationLimit; iterations++) {
    const pinned = pinnedAt(problem, theta, gradient);
    const step = newtonStep(problem, theta, gradient, pinned, matrix);
    if (step === null) return { kind: "stalled", value, iterations, gradientNorm: norm(pinned) };
    const length = step.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
    if (length <= STEP_TOLERANCE && norm(pinned) <= GRADIENT_TOLERANCE)
      return { kind: "converged", value, iterations, gradientNorm: norm(pinned) };
    const found = searchLine(
      problem,
      theta,
      step,
      gradient,
      value,
      Math.min(1, LONGEST_STEP / length),
      trial,
    );
    if (found === null) {
      value = evaluateScores(problem, theta, gradient);
      return { kind: "stalled", value, iterations, gradientNorm: norm(pinned) };
    }
    theta.set(trial);
    value = found;
  }
  const gradientNorm = norm(pinnedAt(problem, theta, gradient));
  return { kind: "limit", value, iterations: iterationLimit, gradientNorm };
}

/** Newton's step; the diagonal is raised until the information is positive definite. Null when that fails. */
function newtonStep(
  problem: ScoreProblem,
  theta: Float64Array,
  gradient: Float64Array,
  pinned: Uint8Array,
  matrix: Float64Array,
): Float64Array | null {
  const { size } = problem;
  scoreInformation(problem, theta, pinned, matrix);
  const information = matrix.slice();
  for (let damping = 0, attempt = 0; attempt < 30; attempt++) {
    matrix.set(information);
    for (let i = 0; i < size; i++) matrix[i * size + i] += damping;
    if (factorise(matrix, size, size)) {
      const step = gradient.map((g, i) => (pinned[i] ? 0 : g));
      solveFactored(matrix, size, size, step);
      return step;
    }
    damping = damping === 0 ? 1e-3 : damping * 4;
  }
  return null;
}

/** The first of the halved steps, kept in range, that gains enough; `trial` and `gradient` are then those of it. */
function searchLine(
  problem: ScoreProblem,
  theta: Float64Array,
  step: Float64Array,
  gradient: Float64Array,
  value: number,
  longest: number,
  trial: Float64Array,
): number | null {
  const slope = gradient.slice();
  const noise = 1e-12 * Math.abs(value);
  for (let share = longest, halvings = 0; halvings < 40; halvings++, share /= 2) {
    let rise = 0;
    for (let i = 0; i < theta.length; i++) {
      trial[i] = Math.min(Math.max(theta[i] + share * step[i], problem.low[i]), problem.high[i]);
      rise += slope[i] * (trial[i] - theta[i]);
    }
    const found = evaluateScores(problem, trial, gradient);
    if (found >= value + 1e-4 * rise - noise) return found;
  }
  return null;
}
