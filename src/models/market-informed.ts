import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import type { Rng } from "../core/rng.js";
import type { Fixture, Team } from "../domain/fixture.js";
import type { GoalRates } from "../domain/goals.js";
import type { Season } from "../domain/season.js";
import { boundedRates } from "./bounded-rates.js";
import { scoreGrid } from "./dixon-coles-grid.js";
import type { Division, Forecast, Forecaster, Observation } from "./forecaster.js";
import { matchesOf } from "./market-filter.js";
import { learnDay } from "./market-learning.js";
import type { OriginOf } from "./market-origin.js";
import { MARKET_INFORMED, type MarketInformedParameters } from "./market-parameters.js";
import {
  type DivisionState,
  expectMatch,
  firstSeason,
  goalRatesOf,
  type LineExpectation,
  lineDoubt,
  nextSeason,
  pairingOf,
  rhoOf,
} from "./market-state.js";
import { drawNormal } from "./normal-draw.js";
import { MAX_RATE } from "./poisson-pmf.js";

/**
 * Market ratings: a forecast from past results, past shots and past closing lines, never from the match's own prices.
 *
 * Two scalar filters follow the supremacy ln(home / away) and the total ln(home away) of a division's closing lines;
 * what a result and its shots say beyond the line moves the ratings further. docs/market-informed.md has the whole.
 *
 * Throws   InvariantError when days go backwards, or when a forecast is asked for a day whose results it has seen.
 */
export function marketInformed(
  division: Division,
  overrides: Partial<MarketInformedParameters> = {},
  originOf: OriginOf = () => "unknown",
): Forecaster {
  const parameters = { ...MARKET_INFORMED, ...overrides };
  let state: DivisionState | null = null;
  /** The coming season as it would start now: a cache for forecasts before its first match. */
  let coming: DivisionState | null = null;
  let lastDay: Day = Number.NEGATIVE_INFINITY;

  function observe(matches: readonly Observation[]): void {
    for (const today of matchDays(matches)) {
      const { day, season } = today[0].fixture;
      invariant(day >= lastDay, `days must not go backwards, was ${day} after ${lastDay}`);
      lastDay = day;
      coming = null;
      state =
        state === null
          ? firstSeason(division, parameters, originOf, season, day)
          : stateIn(state, season, day);
      learnDay(state, today);
    }
  }

  function forecast(fixture: Fixture, asOf: Day): Forecast {
    invariant(asOf > lastDay, `a forecast must be made before its day is observed, was ${asOf}`);
    if (state === null) return { kind: "refused", reason: `no match of ${division.league} observed yet` };
    if (!division.clubs.has(fixture.season))
      return { kind: "refused", reason: `no club list of ${division.league} for ${fixture.season}` };
    if (coming?.season !== fixture.season) coming = stateIn(state, fixture.season, asOf);
    return forecastIn(coming, fixture, asOf);
  }

  return { version: `market-informed ${JSON.stringify(parameters)}`, observe, forecast };
}

function stateIn(state: DivisionState, season: Season, day: Day): DivisionState {
  return season > state.season ? nextSeason(state, season, day) : state;
}

/** Runs of matches on one day, in the order given. */
function matchDays(matches: readonly Observation[]): Observation[][] {
  const days: Observation[][] = [];
  for (const match of matches) {
    const last = days.at(-1);
    if (last !== undefined && last[0].fixture.day === match.fixture.day) last.push(match);
    else days.push([match]);
  }
  return days;
}

function forecastIn(state: DivisionState, fixture: Fixture, asOf: Day): Forecast {
  const pairing = pairingOf(fixture, asOf);
  const expected = expectMatch(state, pairing);
  const { homeRate, awayRate } = goalRatesOf(expected);
  const rates = boundedRates(homeRate, awayRate, rhoOf(state, expected));
  const notes: string[] = [];
  noteNewcomer(notes, state, fixture.league, fixture.home);
  noteNewcomer(notes, state, fixture.league, fixture.away);
  if (rates.clipped) notes.push("rho was clipped for this fixture");
  // Now, not when it is asked for: the state will have moved on by then.
  const doubt = lineDoubt(state, pairing, expected);
  const draw = (rng: Rng) => scoreGrid(drawnRates(expected, doubt, rates.rho, rng));
  return { kind: "forecast", homeRate, awayRate, rho: rates.rho, notes, grid: () => scoreGrid(rates), draw };
}

/** Rates of a closing line as it may come: supremacy and total err independently. */
function drawnRates(expected: LineExpectation, doubt: LineExpectation, rho: number, rng: Rng): GoalRates {
  const { homeRate, awayRate } = goalRatesOf({
    supremacy: expected.supremacy + doubt.supremacy * drawNormal(rng),
    total: expected.total + doubt.total * drawNormal(rng),
  });
  return boundedRates(Math.min(homeRate, MAX_RATE), Math.min(awayRate, MAX_RATE), rho);
}

function noteNewcomer(notes: string[], state: DivisionState, league: string, { id, name }: Team): void {
  if (matchesOf(state.supremacy, id) === 0)
    notes.push(`${name} is new to ${league}: rated as its newcomers are`);
}
