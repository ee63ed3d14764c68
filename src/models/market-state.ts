import type { Day } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import type { Division } from "./forecaster.js";
import { emptyFilter, expectation, type LineFilter, type Pairing, seasonFilter } from "./market-filter.js";
import type { MarketInformedParameters } from "./market-parameters.js";
import { tableStakes } from "./market-stakes.js";
import type { RatePair, ShotRatios } from "./market-surprise.js";
import { emptyTable, type SeasonTable } from "./market-table.js";

/** Everything the model knows of a division in one season. */
export interface DivisionState {
  readonly division: Division;
  readonly parameters: MarketInformedParameters;
  readonly season: Season;
  readonly table: SeasonTable;
  /** Matches of a club in this season. */
  readonly rounds: number;
  readonly supremacy: LineFilter;
  readonly total: LineFilter;
  readonly ratios: ShotRatios;
  rho: number;
  /** Stakes by club, as the table stands; null until somebody asks. */
  stakes: ReadonlyMap<number, number> | null;
}

/** The log supremacy ln(home / away) and the log total ln(home away) of a match's expected goals. */
export interface LineExpectation {
  readonly supremacy: number;
  readonly total: number;
}

/** A division before its first match, on `day`. */
export function firstSeason(
  division: Division,
  parameters: MarketInformedParameters,
  season: Season,
  day: Day,
): DivisionState {
  return {
    division,
    parameters,
    season,
    ...calendar(division, parameters, season),
    supremacy: emptyFilter(parameters.supremacy, -1, parameters.levelVariance, day),
    total: emptyFilter(parameters.total, 1, parameters.levelVariance, day),
    ratios: { all: parameters.shotsStart, onTarget: parameters.onTargetStart },
    rho: parameters.rhoStart,
  };
}

/** The state as a later season starts: a copy; the old one stays as it was. */
export function nextSeason(state: DivisionState, season: Season, day: Day): DivisionState {
  const { division, parameters } = state;
  const { table, ...fresh } = calendar(division, parameters, season);
  const stayed = new Set([...state.table.keys()].filter((club) => table.has(club)));
  const entry = division.tier === 1 ? parameters.topTierEntry : 0;
  return {
    ...state,
    ...fresh,
    season,
    table,
    supremacy: seasonFilter(state.supremacy, table.keys(), stayed, entry, day),
    total: seasonFilter(state.total, table.keys(), stayed, 0, day),
    ratios: { ...state.ratios },
  };
}

function calendar({ league, clubs }: Division, { rounds }: MarketInformedParameters, season: Season) {
  const table = emptyTable(clubs.get(season) ?? []);
  return { table, rounds: rounds[league] ?? 2 * (table.size - 1), stakes: null };
}

/** A fixture as the filters see it on `day`. */
export function pairingOf({ home, away, neutral }: Fixture, day: Day): Pairing {
  return { home: home.id, away: away.id, neutral, day };
}

/** The forecast of both filters for a match, with what the table and the season's end add. Pure but for a cache. */
export function expectMatch(state: DivisionState, match: Pairing): LineExpectation {
  const left = matchesLeft(state, match);
  const { lateWindow, lateTotal } = state.parameters;
  const late = left < lateWindow ? lateTotal * Math.exp((1 - left) / 2) : 0;
  return {
    supremacy: expectation(state.supremacy, match) + stakesOf(state, match),
    total: expectation(state.total, match) + late,
  };
}

/** Expected goals of a log supremacy and a log total. */
export function goalRatesOf({ supremacy, total }: LineExpectation): RatePair {
  return { homeRate: Math.exp((total + supremacy) / 2), awayRate: Math.exp((total - supremacy) / 2) };
}

/** Matches left including this one, from the mean of what both clubs have played; never below 1. */
function matchesLeft(state: DivisionState, { home, away }: Pairing): number {
  const played = ((state.table.get(home)?.played ?? 0) + (state.table.get(away)?.played ?? 0)) / 2;
  return Math.max(state.rounds - played, 1);
}

/** What is at stake for the home side minus for the away side, in log supremacy. */
function stakesOf(state: DivisionState, { home, away }: Pairing): number {
  const { stakes } = state.parameters;
  const boundaries = state.division.tier === 1 ? stakes.topTier : stakes.otherTiers;
  state.stakes ??= tableStakes(state.table, state.rounds, stakes, boundaries);
  return (state.stakes.get(home) ?? 0) - (state.stakes.get(away) ?? 0);
}
