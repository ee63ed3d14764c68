import type { BacktestSource } from "../../src/backtest/inputs.js";
import { type Day, parseIsoDay } from "../../src/core/day.js";
import type { Fixture, MatchStatistics, PlayedMatch, Result, Team } from "../../src/domain/fixture.js";
import { type Market, RUNNERS } from "../../src/domain/market.js";
import type { Moment, PriceSnapshot, PriceSource, Side } from "../../src/domain/price.js";
import { seasonOfDay } from "../../src/domain/season.js";
import { collectionSlot, kickOffInstant, resultKnownAt } from "../../src/domain/slot.js";
import type { FixtureQuery } from "../../src/warehouse/port.js";

/** A match as a test writes it down. */
export interface Row {
  readonly day: string;
  readonly minutes?: number;
  readonly league?: string;
  readonly home: string;
  readonly away: string;
  /** "2-1"; left out for a match without a result. */
  readonly score?: string;
  /** A later correction of the score, and when it was known. */
  readonly corrected?: { readonly score: string; readonly knownAt: number };
  /** Days that it was moved from, and when that was known. */
  readonly moved?: readonly { readonly from: string; readonly knownAt: number }[];
  readonly statistics?: MatchStatistics;
  readonly prices?: readonly RowPrices[];
}

/** Prices of all runners of a market in the field's order. */
export interface RowPrices {
  readonly source: string;
  readonly moment: Moment;
  readonly prices: readonly number[];
  readonly market?: Market;
  readonly line?: number;
  readonly side?: Side;
  readonly size?: number;
  readonly observedAt?: number;
}

/** Early match odds. */
export function early(source: string, ...prices: readonly number[]): RowPrices {
  return { source, moment: "early", prices };
}

/** Closing match odds. */
export function close(source: string, ...prices: readonly number[]): RowPrices {
  return { source, moment: "close", prices };
}

export interface Memory extends BacktestSource {
  readonly fixtureList: readonly Fixture[];
}

const SOURCES: readonly PriceSource[] = [
  { code: "B365", name: "Bet365", kind: "bookmaker" },
  { code: "PS", name: "Pinnacle", kind: "bookmaker" },
  { code: "Max", name: "Market maximum", kind: "aggregate" },
];

/** A warehouse in memory with the reads of a backtest; ids start at `firstId`. */
export function memory(rows: readonly Row[], firstId = 1): Memory {
  const teams = new Map<string, Team>();
  const entries = rows.map((row, index) => entryOf(row, firstId + index, teams, firstId));
  const fixtureList = entries.map(({ fixture }) => fixture);
  const chosen = (query: FixtureQuery) => entries.filter(({ fixture }) => matches(fixture, query));
  return {
    fixtureList,
    leagues: async () => leaguesOf(fixtureList),
    fixtures: async (query) => chosen(query).map(({ fixture }) => fixture),
    matches: async (query) =>
      chosen(query).flatMap(({ fixture, results }): PlayedMatch[] => {
        const result = results.at(-1);
        return result ? [{ fixture, result }] : [];
      }),
    revisions: async (query) => chosen(query).flatMap(({ results }) => (results.length > 1 ? results : [])),
    moves: async (query) =>
      chosen(query).flatMap(({ fixture, row }) =>
        (row.moved ?? []).map(({ from, knownAt }) => ({
          fixtureId: fixture.id,
          day: dayOf(from),
          kickOff: kickOffInstant(dayOf(from), row.minutes ?? null),
          knownAt,
        })),
      ),
    statistics: async (query) =>
      new Map(
        chosen(query).flatMap(({ fixture, row }) =>
          row.statistics ? [[fixture.id, row.statistics] as const] : [],
        ),
      ),
    prices: async (query) =>
      chosen(query)
        .flatMap(({ snapshots }) => snapshots)
        .filter(
          ({ market, source, moment }) =>
            (query.markets?.includes(market) ?? true) &&
            (query.sources?.includes(source) ?? true) &&
            (query.moments?.includes(moment) ?? true),
        ),
    sources: async () => SOURCES,
  };
}

function matches(fixture: Fixture, { leagues, seasons }: FixtureQuery): boolean {
  return (leagues?.includes(fixture.league) ?? true) && (seasons?.includes(fixture.season) ?? true);
}

function leaguesOf(fixtures: readonly Fixture[]) {
  return [...new Set(fixtures.map(({ league }) => league))].sort().map((code) => ({
    code,
    name: code,
    country: "Nowhere",
    tier: 1,
    seasons: [...new Set(fixtures.filter(({ league }) => league === code).map(({ season }) => season))],
    fixtures: 0,
    results: 0,
    teams: 0,
    firstDay: null,
    lastDay: null,
  }));
}

interface Entry {
  readonly row: Row;
  readonly fixture: Fixture;
  readonly results: readonly Result[];
  readonly snapshots: readonly PriceSnapshot[];
}

function entryOf(row: Row, id: number, teams: Map<string, Team>, firstId: number): Entry {
  const day = dayOf(row.day);
  const minutes = row.minutes ?? null;
  const kickOff = kickOffInstant(day, minutes);
  const teamOf = (name: string): Team => {
    const team = teams.get(name) ?? { id: firstId + 1000 + teams.size, name, country: "Nowhere" };
    teams.set(name, team);
    return team;
  };
  const fixture = {
    id,
    league: row.league ?? "E0",
    season: seasonOfDay(day),
    day,
    kickOff,
    kickOffKnown: minutes !== null,
    home: teamOf(row.home),
    away: teamOf(row.away),
    neutral: false,
  };
  const slot = { early: collectionSlot(day, minutes), close: kickOff, tick: kickOff };
  return {
    row,
    fixture,
    results: resultsOf(row, id, resultKnownAt(day, minutes)),
    snapshots: (row.prices ?? []).flatMap((prices) =>
      snapshotsOf(id, prices, prices.observedAt ?? slot[prices.moment]),
    ),
  };
}

export function dayOf(text: string): Day {
  const day = parseIsoDay(text);
  if (day === null) throw new Error(`not a day: ${text}`);
  return day;
}

function resultsOf({ score, corrected }: Row, fixtureId: number, knownAt: number): Result[] {
  if (score === undefined) return [];
  const first = resultOf(fixtureId, 0, score, knownAt);
  return corrected ? [first, resultOf(fixtureId, 1, corrected.score, corrected.knownAt)] : [first];
}

function resultOf(fixtureId: number, revision: number, score: string, knownAt: number): Result {
  const [homeGoals = 0, awayGoals = 0] = score.split("-").map(Number);
  return { fixtureId, revision, homeGoals, awayGoals, halfTimeHome: null, halfTimeAway: null, knownAt };
}

function snapshotsOf(fixtureId: number, row: RowPrices, observedAt: number): PriceSnapshot[] {
  const { source, moment, prices, market = "MATCH_ODDS", line = 0, side = "BACK", size = null } = row;
  return prices.map((price, index) => ({
    fixtureId,
    market,
    runner: RUNNERS[market]?.[index] ?? "",
    line,
    source,
    side,
    moment,
    price,
    size,
    observedAt,
  }));
}
