import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import type { Forecast, Forecaster } from "../models/forecaster.js";
import type { Chance, OutcomeShares } from "../strategy/view.js";
import type { GridPricer } from "./chance.js";
import { forecastDay } from "./feed.js";
import { advance, type Lane } from "./lane.js";
import { booksOf } from "./price-book.js";
import type { Candidate, Slot } from "./schedule.js";

/**
 * What a model said of every candidate of a league, in the order they were decided: nothing of it depends on the bank,
 * the entry rules or the stakes, so that strategies which differ in those alone share it.
 */
export interface LeagueForecasts {
  readonly modelVersion: string;
  readonly fixtureIds: Float64Array;
  /** Expected goals of each candidate, home then away; NaN where there is no forecast. */
  readonly rates: Float64Array;
  /** Where the chances of each candidate begin, and where the last ones end: one longer than `fixtureIds`. */
  readonly starts: Int32Array;
  /** Five shares a runner, in the order of the candidate's books and their runners; none where there is no forecast. */
  readonly shares: Float64Array;
  /** Why there was no forecast, by fixture id. */
  readonly refusals: ReadonlyMap<number, string>;
  /** What the model noted, by fixture id, where it noted anything. */
  readonly notes: ReadonlyMap<number, readonly string[]>;
}

const SHARES = 5;

/** Walk a league's slots: let the lane see what is known, then forecast every candidate with each of its models. */
export function forecastSlots(
  slots: readonly Slot[],
  lane: Lane,
  pricer: GridPricer,
): readonly (LeagueForecasts | null)[] {
  const writers = lane.forecasters.map((forecaster) => forecaster && forecastWriter(forecaster, pricer));
  for (const { asOf, candidates } of slots) {
    advance(lane, asOf);
    for (const candidate of candidates)
      for (const writer of writers) writer?.add(candidate, forecastDay(asOf));
  }
  return writers.map((writer) => writer?.end() ?? null);
}

interface ForecastWriter {
  add(candidate: Candidate, day: Day): void;
  end(): LeagueForecasts;
}

function forecastWriter(forecaster: Forecaster, pricer: GridPricer): ForecastWriter {
  const ids: number[] = [];
  const rates: number[] = [];
  const starts: number[] = [0];
  const shares: number[] = [];
  const refusals = new Map<number, string>();
  const notes = new Map<number, readonly string[]>();
  return {
    add(candidate, day) {
      const { id } = candidate.fixture;
      const forecast = forecaster.forecast(candidate.fixture, day);
      if (forecast.kind === "refused") {
        refusals.set(id, forecast.reason);
        rates.push(Number.NaN, Number.NaN);
      } else {
        pushShares(shares, candidate, forecast, pricer);
        rates.push(forecast.homeRate, forecast.awayRate);
        if (forecast.notes.length > 0) notes.set(id, [...forecast.notes]);
      }
      ids.push(id);
      starts.push(shares.length);
    },
    end: () => ({
      modelVersion: forecaster.version,
      fixtureIds: Float64Array.from(ids),
      rates: Float64Array.from(rates),
      starts: Int32Array.from(starts),
      shares: Float64Array.from(shares),
      refusals,
      notes,
    }),
  };
}

function pushShares(
  shares: number[],
  { prices }: Candidate,
  forecast: Extract<Forecast, { kind: "forecast" }>,
  pricer: GridPricer,
): void {
  const grid = forecast.grid();
  for (const { market, line, runners } of booksOf(prices))
    for (const { runner } of runners) {
      const { win, halfWin, push, halfLoss, loss } = pricer.chance(grid, market, runner, line).shares;
      shares.push(win, halfWin, push, halfLoss, loss);
    }
}

/** One candidate's share of a league's forecasts. */
export interface FixtureForecast {
  readonly modelVersion: string;
  readonly refusal: string | null;
  readonly notes: readonly string[];
  /** Expected goals; null without a forecast. */
  readonly expected: { readonly home: number; readonly away: number } | null;
  /** Of the runner at a place in the order of books and runners; null without a forecast. */
  chance(place: number): Chance | null;
}

/** Every candidate's forecast by fixture id. */
export function forecastsByFixture(forecasts: LeagueForecasts): ReadonlyMap<number, FixtureForecast> {
  return new Map(
    Array.from(forecasts.fixtureIds, (id, index) => [id, fixtureForecast(forecasts, id, index)]),
  );
}

function fixtureForecast(forecasts: LeagueForecasts, id: number, index: number): FixtureForecast {
  const { modelVersion, refusals, notes, rates, shares, starts } = forecasts;
  const refusal = refusals.get(id) ?? null;
  return {
    modelVersion,
    refusal,
    notes: notes.get(id) ?? [],
    expected: refusal === null ? { home: rates[2 * index], away: rates[2 * index + 1] } : null,
    chance(place) {
      if (refusal !== null) return null;
      const at = starts[index] + SHARES * place;
      invariant(at + SHARES <= starts[index + 1], "a forecast covers every runner of its books");
      return { shares: sharesAt(shares, at), low: null, high: null };
    },
  };
}

function sharesAt(shares: Float64Array, at: number): OutcomeShares {
  return {
    win: shares[at],
    halfWin: shares[at + 1],
    push: shares[at + 2],
    halfLoss: shares[at + 3],
    loss: shares[at + 4],
  };
}
