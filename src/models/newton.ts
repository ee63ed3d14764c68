import { factorise, solveFactored } from "./cholesky.js";
import { fillInformation } from "./goal-information.js";
import { evaluateGoals, type LikelihoodTerms } from "./goal-likelihood.js";
import type { GoalWork } from "./goal-work.js";
import { rhoInterval } from "./rho-interval.js";

/** What to maximise, and how far to go. */
export interface NewtonTask extends LikelihoodTerms {
  /** Whether rho is an unknown; it is held where it stands otherwise. */
  readonly freeRho: boolean;
  readonly iterationLimit: number;
}

/** What a search came to; the parameters are left in `theta`, the gradient in `work.gradient`. */
export interface NewtonEnd {
  readonly kind: "converged" | "cut" | "stalled" | "limit" | "impossible";
  /** Penalised log-likelihood without the log-factorials. */
  readonly value: number;
  readonly iterations: number;
  readonly gradientNorm: number;
}

/** The largest slope left, for weights of up to two thousand matches; larger sums round more. */
const GRADIENT_TOLERANCE = 4e-9;
/** A step this small is taken whole, without a line search; it guards against small slopes on a flat likelihood. */
const STEP_TOLERANCE = 1e-8;
/** After a step this small the factored matrix serves again: each further step then gains some two digits. */
const REUSE_BELOW = 0.03;
/** Factor anew when a step leaves more than this share of the slope. */
const SLOW = 0.05;
const LONGEST_STEP = 2;
const SUFFICIENT = 1e-4;
/** Steps cut short by the bounds of rho before the bound is taken for active. */
const CUTS_ALLOWED = 6;

/**
 * Newton's method with a line search from `theta`, which is moved to the optimum in place.
 *
 * Kinds    "converged"; "cut": rho pressed against its bounds; "stalled": no step gained; "limit": iterations ran out;
 *          "impossible": the start gives a seen score no chance.
 * Every point visited keeps all cells of all pairs positive when rho is free.
 * Source   Nocedal & Wright, Numerical Optimization, 2nd edition, chapters 3 and 6.
 */
export function maximise(work: GoalWork, theta: Float64Array, task: NewtonTask): NewtonEnd {
  const size = task.freeRho ? work.order : work.order - 1;
  const slope = GRADIENT_TOLERANCE * Math.max(1, (work.totalWeight + task.ridge) / 2000);
  const at = { value: evaluateGoals(work, theta, task), share: 1 };
  let gradientNorm = largestOf(work.gradient, size);
  let iterations = 0;
  let cuts = 0;
  let fresh = true;
  const end = (kind: NewtonEnd["kind"]): NewtonEnd => ({ kind, value: at.value, iterations, gradientNorm });
  if (!Number.isFinite(at.value)) return end("impossible");
  while (iterations < task.iterationLimit) {
    if (fresh && !factorInformation(work, theta, task, size)) return end("stalled");
    iterations++;
    const length = findStep(work, size);
    const small = length <= STEP_TOLERANCE;
    if (small) takeWholeStep(work, theta, task, size, at);
    else if (!searchLine(work, theta, task, size, length, at)) return end("stalled");
    const before = gradientNorm;
    gradientNorm = largestOf(work.gradient, size);
    if (small && gradientNorm <= slope) return end("converged");
    if (task.freeRho && at.share < Math.min(1, LONGEST_STEP / length) && ++cuts > CUTS_ALLOWED)
      return end("cut");
    fresh = at.share * length > REUSE_BELOW || (gradientNorm > slope && gradientNorm > SLOW * before);
  }
  return end("limit");
}

/** Factor the information matrix; add to its diagonal until that works, for tau can bend the likelihood upwards. */
function factorInformation(work: GoalWork, theta: Float64Array, task: NewtonTask, size: number): boolean {
  let damping = 0;
  for (let attempt = 0; attempt < 30; attempt++) {
    fillInformation(work, theta, task);
    for (let i = 0; i < size; i++) work.matrix[i * work.order + i] += damping;
    if (factorise(work.matrix, work.order, size)) return true;
    damping = damping === 0 ? (1e-4 * work.totalWeight) / work.teams : damping * 4;
  }
  return false;
}

/** Newton's step from the factored matrix and the gradient, into `work.step`; returns its largest entry. */
function findStep(work: GoalWork, size: number): number {
  for (let i = 0; i < size; i++) work.step[i] = work.gradient[i];
  solveFactored(work.matrix, work.order, size, work.step);
  return largestOf(work.step, size);
}

/**
 * Move `theta` by the largest of 1, 1/2, 1/4, ... of the step that stays inside the bounds and gains enough (Armijo).
 *
 * Returns false, with the gradient of the unmoved `theta`, when none does.
 */
function searchLine(
  work: GoalWork,
  theta: Float64Array,
  task: NewtonTask,
  size: number,
  length: number,
  at: { value: number; share: number },
): boolean {
  const { trial, step, order } = work;
  const rise = product(step, work.gradient, size);
  const noise = 1e-13 * Math.abs(at.value);
  trial[order - 1] = theta[order - 1];
  let share = Math.min(1, LONGEST_STEP / length);
  for (let halvings = 0; halvings < 40; halvings++, share /= 2) {
    move(theta, step, share, size, trial);
    if (task.freeRho && !insideBounds(trial, work.teams)) continue;
    const value = evaluateGoals(work, trial, task);
    if (!(value >= at.value + SUFFICIENT * share * rise - noise)) continue;
    theta.set(trial);
    at.value = value;
    at.share = share;
    return true;
  }
  evaluateGoals(work, theta, task);
  return false;
}

function takeWholeStep(
  work: GoalWork,
  theta: Float64Array,
  task: NewtonTask,
  size: number,
  at: { value: number; share: number },
): void {
  move(theta, work.step, 1, size, theta);
  at.value = evaluateGoals(work, theta, task);
  at.share = 1;
}

function product(a: Float64Array, b: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += a[i] * b[i];
  return sum;
}

function insideBounds(theta: Float64Array, teams: number): boolean {
  const rho = theta[2 * teams + 1];
  const { low, high } = rhoInterval(theta, teams);
  return rho > low && rho < high;
}

function move(from: Float64Array, step: Float64Array, share: number, size: number, to: Float64Array): void {
  for (let i = 0; i < size; i++) to[i] = from[i] + share * step[i];
}

function largestOf(values: Float64Array, size: number): number {
  let most = 0;
  for (let i = 0; i < size; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}
