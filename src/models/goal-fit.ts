import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";

export type GoalModel = "poisson" | "dixon-coles";

export interface FitOptions {
  readonly model: GoalModel;
  /** Decay of weights a day, >= 0; or the days after which a match counts half. Neither: no decay. */
  readonly xi?: number | undefined;
  readonly halfLifeDays?: number | undefined;
  /** A match on this day or later has weight 0. */
  readonly asOf?: Day | undefined;
  /** Precision of a normal prior on attack and defence about their means; 0 when left out. */
  readonly ridge?: number | undefined;
  /** Hold rho at this value instead of estimating it. */
  readonly rho?: number | undefined;
  /** An earlier fit to start from: it saves steps and changes nothing else. */
  readonly start?: ConvergedFit | undefined;
  /** False when no errors or intervals are wanted: the fit then keeps nothing to work them out from. */
  readonly standardErrors?: boolean | undefined;
  readonly iterationLimit?: number | undefined;
}

export interface TeamRating {
  readonly team: string;
  /** Log scale; higher is better for both. */
  readonly attack: number;
  readonly defence: number;
  /** Wald standard errors; NaN when the fit was asked for none. */
  readonly attackSe: number;
  readonly defenceSe: number;
  readonly matches: number;
}

/** An optimum: every gradient entry is below `gradientNorm`. */
export interface ConvergedFit {
  readonly kind: "converged";
  readonly model: GoalModel;
  /** Matches of positive weight. */
  readonly n: number;
  readonly totalWeight: number;
  readonly iterations: number;
  /** Largest absolute slope of the (penalised) log-likelihood left; without rho when that is held or at a bound. */
  readonly gradientNorm: number;
  /** Weighted and with the log-factorials, unless goals were not whole. Without the ridge's penalty. */
  readonly logLikelihood: number;
  readonly logFactorialsIncluded: boolean;
  readonly intercept: number;
  readonly homeAdvantage: number;
  /** NaN when the fit was asked for no errors; 0 when the quantity was not estimated. */
  readonly homeAdvantageSe: number;
  readonly rho: number;
  readonly rhoSe: number;
  readonly xi: number;
  readonly ridge: number;
  /** By name, code-unit order. Attacks sum to 0, and so do defences. */
  readonly teams: readonly TeamRating[];
  /** "rho low" or "rho high" when rho rests against the value that would make a cell negative. */
  readonly activeBounds: readonly string[];
  /** Free parameters: 2 teams, one more when rho was estimated. */
  readonly parameters: number;
  /** Null when a ridge makes the count of parameters meaningless. */
  readonly aic: number | null;
  readonly bic: number | null;
  /** Groups of teams that never met; more than one only where a ridge holds them together. */
  readonly islands: readonly (readonly string[])[];
  /**
   * Covariance of attack, defence (order of `teams`), home advantage and rho; row-major, 2 teams + 2 a row. Only
   * contrasts that leave the gauge out (attack[h] - defence[a]) may be read from it. Null without standard errors.
   */
  readonly covariance: Float64Array | null;
}

export interface SeparatedTeam {
  readonly team: string;
  readonly reason: "never scored" | "never conceded" | "rating diverges";
}

/** Why there is no fit. No probability may be printed from any of these. */
export type RefusedFit =
  | { readonly kind: "no-data"; readonly text: string }
  | { readonly kind: "invalid-match"; readonly match: number; readonly text: string }
  | { readonly kind: "disconnected"; readonly islands: readonly (readonly string[])[] }
  | { readonly kind: "two-halves"; readonly halves: readonly (readonly string[])[] }
  | { readonly kind: "separated"; readonly teams: readonly SeparatedTeam[] }
  | {
      readonly kind: "not-converged";
      readonly reason: string;
      readonly iterations: number;
      readonly gradientNorm: number;
    };

export type Fit = ConvergedFit | RefusedFit;

/** Decay a day of a fit's options, from xi or a half-life. */
export function decayRate(options: Pick<FitOptions, "xi" | "halfLifeDays">): number {
  const { xi, halfLifeDays } = options;
  invariant(
    xi === undefined || halfLifeDays === undefined,
    "a decay must be given as xi or as a half-life, not both",
  );
  const rate = halfLifeDays === undefined ? (xi ?? 0) : Math.LN2 / halfLifeDays;
  invariant(rate >= 0 && Number.isFinite(rate), `the decay must be a number >= 0, was ${rate}`);
  return rate;
}

/** What a fit does about rho: nothing, hold it, or estimate it. */
export function rhoTask(options: FitOptions): "none" | "free" | number {
  return options.model === "poisson" ? "none" : (options.rho ?? "free");
}

/** One sentence for a person: why a fit was refused. */
export function refusalText(fit: RefusedFit): string {
  switch (fit.kind) {
    case "no-data":
    case "invalid-match":
      return fit.text;
    case "disconnected":
      return `the teams fall into ${fit.islands.length} islands without a match between them: ${grouped(fit.islands)}`;
    case "two-halves":
      return `two groups of teams only ever met each other: ${grouped(fit.halves)}`;
    case "separated":
      return fit.teams.map(({ team, reason }) => `${team}: ${reason}`).join("; ");
    case "not-converged":
      return `${fit.reason} after ${fit.iterations} iterations, largest slope ${fit.gradientNorm.toExponential(1)}`;
  }
}

function grouped(groups: readonly (readonly string[])[]): string {
  return groups.map((group) => group.join(", ")).join(" | ");
}
