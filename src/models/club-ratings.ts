import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import { meanOf } from "./goal-likelihood.js";
import { type SearchTask, searchGoals } from "./goal-search.js";
import { startFromRates } from "./goal-start.js";
import { createWork, type GoalWork } from "./goal-work.js";
import { addScore, addTeam, createPairSums, scaleSums } from "./pair-sums.js";

export interface ClubRatingsTask {
  /** Decay of weights a day. */
  readonly xi: number;
  readonly ridge: number;
  readonly rho: SearchTask["rho"];
}

const ITERATION_LIMIT = 60;
/** Weights are kept as of `weightDay`; they are brought forward before the newest outgrows the oldest by e^20. */
const MOST_GROWTH = 20;

/**
 * Attack and defence of the clubs of one division, kept up to date as matches finish. It lives as long as a walk
 * through the division: sums grow in place, and each refit starts where the last one ended.
 */
export class ClubRatings {
  private readonly sums = createPairSums(0);
  private readonly numbers = new Map<number, number>();
  /** attack, defence, home advantage, rho of the last refit. */
  private theta = new Float64Array(0);
  private work: GoalWork | null = null;
  private fittedTeams = 0;
  private weightDay: Day = 0;
  private lastDay: Day = Number.NEGATIVE_INFINITY;
  private fittedDay: Day | null = null;
  private failure: string | null = null;
  private bound: "low" | "high" | null = null;

  /** Throws InvariantError without a ridge: early in a season nothing else keeps the ratings finite. */
  constructor(private readonly task: ClubRatingsTask) {
    invariant(task.ridge > 0, "a walk through a division needs a ridge above 0");
  }

  get matches(): number {
    return this.sums.totalMatches;
  }

  /** Refitted optima so far say what they lean on: the bound rho rests against, null for none. */
  get activeBound(): "low" | "high" | null {
    return this.bound;
  }

  get homeAdvantage(): number {
    return this.theta[2 * this.fittedTeams];
  }

  get rho(): number {
    return this.theta[2 * this.fittedTeams + 1];
  }

  /** Learn a finished match. Days never go backwards. */
  add(fixture: Fixture, homeGoals: number, awayGoals: number): void {
    const { day } = fixture;
    invariant(day >= this.lastDay, "matches must be observed in the order of their days");
    if (this.sums.totalMatches === 0) this.weightDay = day;
    if (this.task.xi * (day - this.weightDay) > MOST_GROWTH) this.ageTo(day);
    const home = this.enter(fixture.home.id);
    const away = this.enter(fixture.away.id);
    const weight = Math.exp(this.task.xi * (day - this.weightDay));
    addScore(this.sums, home, away, homeGoals, awayGoals, weight, fixture.neutral);
    this.lastDay = day;
    this.fittedDay = null;
  }

  /**
   * Bring the ratings to the start of `asOf`; does nothing when they are there already.
   *
   * Returns null, or the reason why there are no ratings: nothing may be priced then.
   * Throws   InvariantError when a match of `asOf` or later was observed: that would be looking ahead.
   */
  refit(asOf: Day): string | null {
    invariant(asOf > this.lastDay, "a forecast must not follow a match of its own day");
    const ageMatters = this.task.xi > 0 && this.task.ridge > 0;
    if (this.fittedDay === asOf || (this.fittedDay !== null && !ageMatters)) return this.failure;
    this.ageTo(asOf);
    this.fittedDay = asOf;
    this.failure = this.search();
    return this.failure;
  }

  /** Number of a club, null when no match of it was seen. */
  numberOf(club: number): number | null {
    return this.numbers.get(club) ?? null;
  }

  matchesOf(number: number): number {
    return this.sums.matches[number];
  }

  ratingOf(number: number): { readonly attack: number; readonly defence: number } {
    return { attack: this.theta[number], defence: this.theta[this.fittedTeams + number] };
  }

  /** Mean ratings of some clubs; of all when none is named. */
  meanOf(clubs: readonly number[]): { readonly attack: number; readonly defence: number } {
    const teams = this.fittedTeams;
    if (clubs.length === 0)
      return { attack: meanOf(this.theta, 0, teams), defence: meanOf(this.theta, teams, 2 * teams) };
    let attack = 0;
    let defence = 0;
    for (const club of clubs) {
      attack += this.theta[club] / clubs.length;
      defence += this.theta[teams + club] / clubs.length;
    }
    return { attack, defence };
  }

  private enter(club: number): number {
    const known = this.numbers.get(club);
    if (known !== undefined) return known;
    const added = addTeam(this.sums);
    this.numbers.set(club, added);
    return added;
  }

  private ageTo(day: Day): void {
    scaleSums(this.sums, Math.exp(-this.task.xi * (day - this.weightDay)));
    this.weightDay = day;
  }

  private search(): string | null {
    const work = createWork(this.sums, this.work);
    this.work = work;
    const cold = this.fittedTeams === 0 || this.failure !== null;
    const theta = new Float64Array(work.order);
    if (cold) startFromRates(work, theta, this.sums.totalMatches);
    else this.startWarm(theta);
    const end = searchGoals(work, theta, { ...this.task, iterationLimit: ITERATION_LIMIT });
    this.theta = theta;
    this.fittedTeams = this.sums.teams;
    this.bound = end.activeBound;
    return end.kind === "converged"
      ? null
      : `the fit did not converge (${end.kind}, slope ${end.gradientNorm.toExponential(1)})`;
  }

  /**
   * The last optimum for clubs it knew, their mean for newcomers: after a match or two the ridge leaves them near it. A
   * start from rates would be anywhere for clubs that have only met clubs whose matches have faded.
   */
  private startWarm(theta: Float64Array): void {
    const { teams } = this.sums;
    const before = this.fittedTeams;
    const mean = this.meanOf([]);
    theta.fill(mean.attack, 0, teams);
    theta.fill(mean.defence, teams, 2 * teams);
    theta.set(this.theta.subarray(0, before), 0);
    theta.set(this.theta.subarray(before, 2 * before), teams);
    theta.set(this.theta.subarray(2 * before), 2 * teams);
  }
}
