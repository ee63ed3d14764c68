import type { Day } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import type { Division } from "./forecaster.js";
import { RHO_CEILING, RHO_FLOOR } from "./implied-rates.js";
import {
  emptyFilter,
  expectation,
  type LineFilter,
  lineVariance,
  type Pairing,
  seasonFilter,
} from "./market-filter.js";
import type { OriginOf } from "./market-origin.js";
import type { MarketInformedParameters } from "./market-parameters.js";
import { tableStakes } from "./market-stakes.js";
import type { RatePair, ShotRatios } from "./market-surprise.js";
import { emptyTable, type SeasonTable } from "./market-table.js";

/** Everything the model knows of a division in one season. */
export interface DivisionState {
  readonly division: Division;
  readonly parameters: MarketInformedParameters;
  readonly originOf: OriginOf;
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

/** Log total of a match of 2.6 goals between equals, about the middle of all leagues. */
const TYPICAL_TOTAL = 0.5;

/** The log supremacy ln(home / away) and the log total ln(home away) of a match's expected goals. */
export interface LineExpectation {
  readonly supremacy: number;
  readonly total: number;
}

/** A division before its first match, on `day`. */
export function firstSeason(
  division: Division,
  parameters: MarketInformedParameters,
  originOf: OriginOf,
  season: Season,
  day: Day,
): DivisionState {
  return {
    division,
    parameters,
    originOf,
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
  return {
    ...state,
    ...fresh,
    season,
    table,
    supremacy: seasonFilter(
      state.supremacy,
      table.keys(),
      stayed,
      (club) => entryOf(state, club, season),
      day,
    ),
    total: seasonFilter(state.total, table.keys(), stayed, () => 0, day),
    ratios: { ...state.ratios },
  };
}

/** Supremacy of a newcomer against the mean of the clubs that stayed. */
function entryOf({ division, parameters, originOf }: DivisionState, club: number, season: Season): number {
  if (division.tier === 1) return parameters.topTierEntry;
  return division.tier === 2 ? parameters.secondTierEntry[originOf(club, season)] : 0;
}

function calendar({ league, clubs }: Division, { rounds }: MarketInformedParameters, season: Season) {
  const table = emptyTable(clubs.get(season) ?? []);
  return { table, rounds: rounds[league] ?? 2 * (table.size - 1), stakes: null };
}

/** A fixture as the filters see it on `day`. */
export function pairingOf({ home, away, neutral }: Fixture, day: Day): Pairing {
  return { home: home.id, away: away.id, neutral, day };
}

/**
 * The forecast of both filters for a match, with what the table and the season's end add. Pure but for a cache.
 *
 * The filter of the supremacy works in the scale of a match with a log total of 0.5: `rescaled` takes it to this one.
 */
export function expectMatch(state: DivisionState, match: Pairing): LineExpectation {
  const total = expectation(state.total, match) + lateTotal(state, match);
  const scaled = expectation(state.supremacy, match) + stakesOf(state, match);
  return { supremacy: scaled / supremacyScale(state, total), total };
}

/** Standard deviations of the coming closing line about what is expected of it. */
export function lineDoubt(state: DivisionState, match: Pairing, { total }: LineExpectation): LineExpectation {
  const { supremacy, total: sum } = state.parameters;
  return {
    supremacy:
      (supremacy.doubtShare * Math.sqrt(lineVariance(state.supremacy, match))) / supremacyScale(state, total),
    total: sum.doubtShare * Math.sqrt(lineVariance(state.total, match)),
  };
}

/** What a supremacy in a match of this log total is multiplied by on its way into the filter. */
export function supremacyScale({ parameters }: DivisionState, total: number): number {
  return Math.exp(parameters.totalScale * (total - TYPICAL_TOTAL));
}

/** The dependence of low scores in a match: the running mean, more for lopsided matches, less for many goals. */
export function rhoOf(state: DivisionState, expected: LineExpectation): number {
  return Math.min(Math.max(state.rho + rhoExcess(state, expected), RHO_FLOOR), RHO_CEILING);
}

export function rhoExcess({ parameters }: DivisionState, { supremacy, total }: LineExpectation): number {
  const { rhoBySupremacy, rhoByTotal } = parameters;
  return rhoBySupremacy * supremacy * supremacy + rhoByTotal * (total - TYPICAL_TOTAL);
}

/** Expected goals of a log supremacy and a log total. */
export function goalRatesOf({ supremacy, total }: LineExpectation): RatePair {
  return { homeRate: Math.exp((total + supremacy) / 2), awayRate: Math.exp((total - supremacy) / 2) };
}

/** Log total that the last matches of a season add; nothing once a season outlasts its rounds. */
function lateTotal(state: DivisionState, { home, away }: Pairing): number {
  const played = ((state.table.get(home)?.played ?? 0) + (state.table.get(away)?.played ?? 0)) / 2;
  const left = state.rounds - played;
  const { lateWindow, lateTotal: last } = state.parameters;
  return left >= 1 && left < lateWindow ? last * Math.exp((1 - left) / 2) : 0;
}

/** What is at stake for the home side minus for the away side, in log supremacy. */
function stakesOf(state: DivisionState, { home, away }: Pairing): number {
  const { stakes } = state.parameters;
  const { league, tier } = state.division;
  const boundaries = stakes.byLeague[league] ?? (tier === 1 ? stakes.topTier : stakes.otherTiers);
  state.stakes ??= tableStakes(state.table, state.rounds, stakes, boundaries);
  return (state.stakes.get(home) ?? 0) - (state.stakes.get(away) ?? 0);
}
