import { type Boundary, LEAGUE_BOUNDARIES } from "./market-boundaries.js";
import type { Origin } from "./market-origin.js";

/** How one of the two quantities, supremacy or total, is filtered. Names in brackets are those of docs/market-informed.md. */
export interface LineFilterParameters {
  /** Variance a club's rating gains in a day (q). */
  readonly drift: number;
  /** Variance the division's level gains in a day (qc). */
  readonly levelDrift: number;
  /** Variance of a closing line about the ratings (R), and the same for a line without a quoted total. */
  readonly noise: number;
  readonly noiseWithoutTotal: number;
  /** Days in which form falls to 1/e (tau). */
  readonly formDays: number;
  /** Variance of a club's own home edge when it enters (v_g0); 0 = no such edge. */
  readonly homeVariance: number;
  /** Weights of the surprise in goals, shots on target and shots (kg, kst, ksh); in goals where there are no shots (kg0). */
  readonly goals: number;
  readonly onTarget: number;
  readonly shots: number;
  readonly goalsAlone: number;
  /** Share of a surprise that is form (kf). */
  readonly formShare: number;
  /** Variance of a club that enters (v0). */
  readonly entryVariance: number;
  /** Level of a division before its first match (c0). */
  readonly startLevel: number;
  /**
   * Standard deviation of a coming line about its forecast, as a share of the filter's own. The filter is a matter of
   * shares: all its variances can be multiplied by anything and no forecast changes, so that their size was never tuned.
   */
  readonly doubtShare: number;
}

/** What the table makes of a match near a season's end. */
export interface StakesParameters {
  /** Boundaries of the table. */
  readonly topTier: readonly Boundary[];
  readonly otherTiers: readonly Boundary[];
  /** By league, where the rules of the competition differ from these. */
  readonly byLeague: Readonly<Record<string, readonly Boundary[]>>;
  /** Nothing is at stake with more matches left than this. */
  readonly window: number;
  /** Points a match in hand is worth. */
  readonly matchInHand: number;
  /** Effect on a club for which every boundary is dead, and on a champion. */
  readonly allDead: number;
  readonly champion: number;
}

export interface MarketInformedParameters {
  readonly supremacy: LineFilterParameters;
  readonly total: LineFilterParameters;
  readonly stakes: StakesParameters;
  /** Variance of a division's level before its first match (v_c0). */
  readonly levelVariance: number;
  /** Rate of the running mean to which a rating returns when a season starts. */
  readonly meanRate: number;
  /** Supremacy of a club that enters a top tier, against the mean of those that stayed. */
  readonly topTierEntry: number;
  /** The same in a second tier, by where the club comes from; elsewhere newcomers are average. */
  readonly secondTierEntry: Readonly<Record<Origin, number>>;
  /** How fast the scale of supremacies shrinks as a match's expected log total rises. */
  readonly totalScale: number;
  /** How much of a line's supremacy is due to its total being other than expected; 1/4 keeps home - away. */
  readonly totalShare: number;
  /** Log total added in the last match of a season; it fades by e^(1/2) a match, from the eighth-last match on. */
  readonly lateTotal: number;
  readonly lateWindow: number;
  /** Running mean of the implied dependence of low scores. */
  readonly rhoStart: number;
  readonly rhoRate: number;
  /** What the dependence gains by the square of the supremacy and by the log total above 0.5. */
  readonly rhoBySupremacy: number;
  readonly rhoByTotal: number;
  /** Running means of shots and shots on target for each goal the line expected. */
  readonly shotsStart: number;
  readonly onTargetStart: number;
  readonly shotsRate: number;
  /** Log ratio of both sides' expected shots per log ratio of their expected goals. */
  readonly shotsElasticity: number;
  /** Matches of a club in a season, by league, where they are not 2 (clubs - 1). */
  readonly rounds: Readonly<Record<string, number>>;
}

/** The model in its plain form, as it was first measured on E0, E1, D1 and SP1 up to season 2017. */
export const PLAIN_MARKET_INFORMED: MarketInformedParameters = {
  supremacy: {
    drift: 1.7e-4,
    levelDrift: 5e-6,
    noise: 0.01,
    noiseWithoutTotal: 0.01,
    formDays: 40,
    homeVariance: 4e-4,
    goals: 0.011,
    onTarget: 0.0065,
    shots: 0.009,
    goalsAlone: 0.019,
    formShare: 0.75,
    entryVariance: 0.15,
    startLevel: 0.3,
    doubtShare: 0.82,
  },
  total: {
    drift: 5e-5,
    levelDrift: 3e-5,
    noise: 0.011,
    noiseWithoutTotal: 0.08,
    formDays: 150,
    homeVariance: 0,
    goals: 0.007,
    onTarget: 0,
    shots: 0.004,
    goalsAlone: 0.0095,
    formShare: 0.8,
    entryVariance: 0.04,
    startLevel: 0.5,
    doubtShare: 0.7,
  },
  stakes: {
    topTier: [
      { rank: 1, weight: 0.85 },
      { rank: 4, weight: 0.55 },
      { rank: 6, weight: 0.35 },
      { rank: -3, weight: 0.75 },
    ],
    otherTiers: [
      { rank: 2, weight: 0.85 },
      { rank: 6, weight: 0.55 },
      { rank: -3, weight: 0.75 },
    ],
    byLeague: {},
    window: 10,
    matchInHand: 1.35,
    allDead: -0.07,
    champion: -0.1,
  },
  levelVariance: 0.09,
  meanRate: 0.085,
  topTierEntry: -0.4,
  secondTierEntry: { above: 0, below: 0, unknown: 0 },
  totalScale: 0,
  totalShare: 0,
  lateTotal: 0.28,
  lateWindow: 9,
  rhoStart: -0.08,
  rhoRate: 0.03,
  rhoBySupremacy: 0,
  rhoByTotal: 0,
  shotsStart: 9,
  onTargetStart: 3.1,
  shotsRate: 0.0005,
  shotsElasticity: 1,
  rounds: { SC0: 38 },
};

/**
 * The model as used: the plain form with five refinements, each chosen on the same matches up to season 2017 and kept
 * because it held on later seasons and on other leagues. docs/market-informed.md has the figures.
 */
export const MARKET_INFORMED: MarketInformedParameters = {
  ...PLAIN_MARKET_INFORMED,
  supremacy: { ...PLAIN_MARKET_INFORMED.supremacy, shots: 0.012 },
  shotsElasticity: 0.6,
  secondTierEntry: { above: 0.22, below: -0.13, unknown: 0 },
  totalScale: 0.1,
  totalShare: 0.25,
  rhoBySupremacy: 0.04,
  rhoByTotal: -0.03,
  stakes: { ...PLAIN_MARKET_INFORMED.stakes, byLeague: LEAGUE_BOUNDARIES },
  rounds: { SC0: 38, SC1: 36, SC2: 36, SC3: 36 },
};
