import type { ScoreGrid } from "./grid.js";

/** A parameter of a score distribution beside the rates, in its natural unit and range. */
export interface ShapeParameter {
  readonly name: string;
  readonly start: number;
  readonly low: number;
  readonly high: number;
}

/** What the parameters make of one match before the distribution comes in. */
export interface MatchLogs {
  /** intercept + homeAdvantage + attack[h] - defence[a] + covariates. */
  homeLog: number;
  awayLog: number;
  /** The home advantage that is in `homeLog`; 0 on neutral ground. */
  lift: number;
}

/**
 * ln P(homeGoals, awayGoals), factorials included; -Infinity where a score has no chance.
 *
 * `slopes` receives the exact derivatives by homeLog, awayLog, lift and each shape, in this order.
 */
export type MatchTerm = (
  homeGoals: number,
  awayGoals: number,
  logs: MatchLogs,
  slopes: Float64Array,
) => number;

/** A distribution of scores that a team model can be fitted through. */
export interface ScoreLikelihood {
  readonly name: string;
  readonly shapes: readonly ShapeParameter[];
  /** The term at given shapes: tables that depend on shapes alone are made here, once an evaluation. */
  at(shape: readonly number[]): MatchTerm;
  /** Grids of fixtures at given shapes; null where rates are beyond what the distribution can be computed for. */
  grids(shape: readonly number[]): (logs: MatchLogs) => ScoreGrid | null;
}

/** Local unknowns of a match term before the shapes: homeLog, awayLog, lift. */
export const LOGS = 3;
