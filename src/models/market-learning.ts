import type { GoalRates } from "../domain/goals.js";
import type { Observation } from "./forecaster.js";
import { impliedRates } from "./implied-rates.js";
import { ageTo, learn, type Pairing } from "./market-filter.js";
import {
  type DivisionState,
  expectMatch,
  goalRatesOf,
  type LineExpectation,
  pairingOf,
  rhoExcess,
  supremacyScale,
} from "./market-state.js";
import {
  learnRatios,
  type Performance,
  performanceOf,
  type RatePair,
  shotRatesOf,
  surprise,
  surpriseJump,
} from "./market-surprise.js";
import { enterResult } from "./market-table.js";

/** Learn one day's matches in their order; table and stakes are those of the morning for all of them. */
export function learnDay(state: DivisionState, matches: readonly Observation[]): void {
  for (const match of matches) learnMatch(state, match);
  for (const { fixture, result } of matches)
    enterResult(state.table, fixture.home.id, fixture.away.id, result);
  state.stakes = null;
}

function learnMatch(state: DivisionState, match: Observation): void {
  const pairing = pairingOf(match.fixture, match.fixture.day);
  ageTo(state.supremacy, pairing);
  ageTo(state.total, pairing);
  const expected = expectMatch(state, pairing);
  const performance = performanceOf(match, state.ratios);
  const implied = match.market === null ? null : impliedRates(match.market);
  if (implied?.kind !== "rates") {
    learnResult(state, pairing, performance, goalRatesOf(expected));
    return;
  }
  const line = lineOf(implied.rates);
  const totalQuoted = match.market?.over25 != null;
  learnLine(state, pairing, innovationsOf(state, line, expected), {
    performance,
    rates: implied.rates,
    totalQuoted,
  });
  if (totalQuoted) learnRho(state, implied.rates.rho - rhoExcess(state, line));
}

/** The line as it is seen: the log supremacy and the log total of its rates. */
function lineOf({ homeRate, awayRate }: GoalRates): LineExpectation {
  return { supremacy: Math.log(homeRate / awayRate), total: Math.log(homeRate * awayRate) };
}

function learnRho(state: DivisionState, rho: number): void {
  state.rho += state.parameters.rhoRate * (rho - state.rho);
}

interface Played {
  readonly performance: Performance;
  readonly rates: GoalRates;
  readonly totalQuoted: boolean;
}

function learnLine(
  state: DivisionState,
  pairing: Pairing,
  innovations: LineExpectation,
  { performance, rates, totalQuoted }: Played,
): void {
  const { meanRate, shotsRate, shotsElasticity } = state.parameters;
  const shotRates = shotRatesOf(rates, shotsElasticity);
  for (const filter of [state.supremacy, state.total]) {
    const { sign, parameters } = filter;
    learn(filter, pairing, {
      innovation: sign < 0 ? innovations.supremacy : innovations.total,
      noise: totalQuoted ? parameters.noise : parameters.noiseWithoutTotal,
      jump: surpriseJump(performance, rates, shotRates, sign, parameters),
      meanRate,
    });
  }
  if (performance.shots !== null) learnRatios(state.ratios, performance.shots, rates, shotsRate);
}

/**
 * What the line said beyond the expectation. Its supremacy is first taken to the total that was expected: a total
 * quoted too high makes the same home - away come out as a smaller ratio of rates.
 */
function innovationsOf(
  state: DivisionState,
  line: LineExpectation,
  expected: LineExpectation,
): LineExpectation {
  const total = line.total - expected.total;
  const supremacy = line.supremacy * Math.exp(state.parameters.totalShare * total) - expected.supremacy;
  return { supremacy: supremacy * supremacyScale(state, expected.total), total };
}

/** Without any price the result itself is the line, with a Poisson's variance; shots on target steady it. */
function learnResult(
  state: DivisionState,
  pairing: Pairing,
  { goals, shots }: Performance,
  rates: RatePair,
): void {
  const { meanRate } = state.parameters;
  const variance = 4 / (rates.homeRate + rates.awayRate);
  for (const filter of [state.supremacy, state.total]) {
    const inGoals = surprise(goals, rates, filter.sign);
    if (shots === null) learn(filter, pairing, { innovation: inGoals, noise: variance, jump: 0, meanRate });
    else {
      const innovation = 0.6 * inGoals + 0.4 * surprise(shots.onTarget, rates, filter.sign);
      learn(filter, pairing, { innovation, noise: 0.8 * variance, jump: 0, meanRate });
    }
  }
}
