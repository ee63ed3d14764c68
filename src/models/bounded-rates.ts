import type { GoalRates } from "../domain/goals.js";
import { rhoBounds } from "./dixon-coles-grid.js";

/** Rates whose rho leaves every cell positive; `clipped` says that rho had to be moved for this fixture. */
export interface BoundedRates extends GoalRates {
  readonly clipped: boolean;
}

/** Move rho inside the bounds of this fixture's own rates, a rounding clear of them. */
export function boundedRates(homeRate: number, awayRate: number, rho: number): BoundedRates {
  const { low, high } = rhoBounds(homeRate, awayRate);
  const inside = 1 - 1e-12;
  const bounded = Math.min(Math.max(rho, low * inside), high * inside);
  return { homeRate, awayRate, rho: bounded, clipped: bounded !== rho };
}
