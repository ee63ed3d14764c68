import type { FitOptions, TeamRating } from "./goal-fit.js";
import type { ScoreLikelihood } from "./score-likelihood.js";

/** Parameters that are not estimated but held at a value: a second step, or a club whose rating is known elsewhere. */
export interface HeldParameters {
  readonly intercept?: number | undefined;
  readonly homeAdvantage?: number | undefined;
  readonly attack?: ReadonlyMap<string, number> | undefined;
  readonly defence?: ReadonlyMap<string, number> | undefined;
  readonly shapes?: ReadonlyMap<string, number> | undefined;
}

export interface ScoreFitOptions
  extends Pick<FitOptions, "xi" | "halfLifeDays" | "asOf" | "ridge" | "iterationLimit"> {
  readonly likelihood: ScoreLikelihood;
  readonly held?: HeldParameters | undefined;
  /** Names of the covariates, in the order of the matches' values. */
  readonly covariates?: readonly string[] | undefined;
}

export interface NamedEstimate {
  readonly name: string;
  readonly value: number;
  /** Wald standard error; 0 when held or at an end of its range. */
  readonly se: number;
}

/** An optimum of a likelihood that needs every match by itself. */
export interface ScoreFit {
  readonly kind: "converged";
  readonly model: string;
  readonly n: number;
  readonly iterations: number;
  readonly gradientNorm: number;
  /** Weighted, log-factorials included, without the ridge's penalty. */
  readonly logLikelihood: number;
  readonly intercept: number;
  readonly homeAdvantage: number;
  readonly homeAdvantageSe: number;
  /** By name. Attacks and defences each sum to 0 unless some are held. */
  readonly teams: readonly TeamRating[];
  readonly shapes: readonly NamedEstimate[];
  readonly covariates: readonly NamedEstimate[];
  /** Shapes that rest on an end of their range, as "dispersion low". */
  readonly activeBounds: readonly string[];
  readonly parameters: number;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly xi: number;
  readonly ridge: number;
  readonly likelihood: ScoreLikelihood;
  /**
   * Wald covariance of the unknowns, row-major: intercept, home advantage, attack and defence of `teams`, shapes,
   * covariates. Zero in what was held or rests on a bound. Its gauge is free: read differences that no constant moves.
   */
  readonly covariance: Float64Array;
}
