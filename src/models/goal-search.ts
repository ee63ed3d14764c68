import type { GoalWork } from "./goal-work.js";
import { maximise, type NewtonEnd } from "./newton.js";
import { rhoInterval } from "./rho-interval.js";

export interface SearchTask {
  readonly ridge: number;
  /** "none": plain Poisson. "free": estimated. A number: held there. */
  readonly rho: "none" | "free" | number;
  readonly iterationLimit: number;
}

export interface SearchEnd extends NewtonEnd {
  /** The bound rho rests against, null when it rests against none. */
  readonly activeBound: "low" | "high" | null;
}

/** A bound is held this share inside, so that rounding leaves no cell below zero. */
const INSIDE = 1 - 1e-9;
/** How near rho must come to its bound, as a share of it: a tenth of the distance kept. */
const BOUND_TOLERANCE = 1e-10;

/**
 * Find the ratings of `sums` from `theta` (attack, defence, home advantage, rho), which is moved to the optimum.
 *
 * Where the likelihood rises beyond the bounds of rho, rho rests on the bound of the ratings that are best for that
 * very rho: the end of the profile likelihood's admissible part. The gradient norm then leaves rho out.
 */
export function searchGoals(work: GoalWork, theta: Float64Array, task: SearchTask): SearchEnd {
  const rho = work.order - 1;
  const { ridge, iterationLimit } = task;
  if (task.rho !== "free") {
    theta[rho] = task.rho === "none" ? 0 : task.rho;
    const held = { ridge, iterationLimit, lowScores: task.rho !== "none", freeRho: false };
    return { ...maximise(work, theta, held), activeBound: null };
  }
  return searchWithRho(work, theta, ridge, iterationLimit);
}

function searchWithRho(
  work: GoalWork,
  theta: Float64Array,
  ridge: number,
  iterationLimit: number,
): SearchEnd {
  const task = { ridge, iterationLimit, lowScores: true, freeRho: true };
  const rho = work.order - 1;
  let spent = 0;
  for (let round = 0; ; round++) {
    const { low, high } = rhoInterval(theta, work.teams);
    theta[rho] = Math.min(Math.max(theta[rho], 0.9 * low), 0.9 * high);
    const free = maximise(work, theta, task);
    spent += free.iterations;
    const pressed = free.kind === "cut" || free.kind === "stalled" || !isInside(theta, work.teams);
    if (!pressed) return { ...free, iterations: spent, activeBound: null };
    if (round === 2) return { ...free, iterations: spent, kind: "stalled", activeBound: null };
    const side = work.gradient[rho] > 0 ? "high" : "low";
    const held = holdOnBound(work, theta, { ...task, freeRho: false }, side);
    spent += held.iterations;
    const outward = side === "high" ? work.gradient[rho] >= 0 : work.gradient[rho] <= 0;
    if (held.kind !== "converged" || outward) return { ...held, iterations: spent, activeBound: side };
  }
}

function isInside(theta: Float64Array, teams: number): boolean {
  const rho = theta[2 * teams + 1];
  const { low, high } = rhoInterval(theta, teams);
  return rho >= low * INSIDE && rho <= high * INSIDE;
}

/** Repeat: rho to the bound of the ratings, ratings to the best for that rho; a strong contraction. */
function holdOnBound(
  work: GoalWork,
  theta: Float64Array,
  task: Parameters<typeof maximise>[2],
  side: "low" | "high",
): NewtonEnd {
  const rho = work.order - 1;
  let iterations = 0;
  let end = maximise(work, theta, task);
  for (let round = 0; round < 60; round++) {
    iterations += end.iterations;
    if (end.kind !== "converged" && end.kind !== "impossible") return { ...end, iterations };
    const target = rhoInterval(theta, work.teams)[side] * INSIDE;
    if (end.kind === "converged" && Math.abs(target - theta[rho]) <= BOUND_TOLERANCE * Math.abs(target))
      return { ...end, iterations };
    theta[rho] = end.kind === "converged" ? target : (theta[rho] + target) / 2;
    end = maximise(work, theta, task);
  }
  return { ...end, iterations, kind: "limit" };
}
