import { factorise, solveFactored } from "./cholesky.js";
import { evaluateScores, scoreInformation } from "./score-evaluation.js";
import type { ScoreProblem } from "./score-problem.js";

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
