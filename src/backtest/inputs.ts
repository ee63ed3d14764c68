import { clubsOf, readNeighbours } from "../compiler/clubs.js";
import { learnedView, TRUSTED_SOURCES } from "../compiler/market-view.js";
import { StatisticoError } from "../core/errors.js";
import type { Fixture, MatchStatistics, PlayedMatch, Result } from "../domain/fixture.js";
import type { PriceSource, SourceCode } from "../domain/price.js";
import { formatSeason, type Season } from "../domain/season.js";
import type { Division, MarketView } from "../models/forecaster.js";
import type { Strategy } from "../strategy/strategy.js";
import type { FixtureMove, FixtureQuery, LeagueSummary, Warehouse } from "../warehouse/port.js";
import { fairPriceSource, type Models } from "./model.js";
import { byFixture, type PricesByFixture } from "./price-book.js";

/** The reads of the warehouse that a backtest makes. */
export type BacktestSource = Pick<
  Warehouse,
  "leagues" | "fixtures" | "matches" | "revisions" | "moves" | "statistics" | "prices" | "sources"
>;

/** Everything a backtest works on, read once. Only the walk decides what of it was known when. */
export interface Inputs {
  readonly divisions: readonly Division[];
  /** The other divisions of a second tier's country, for a model that learns from the market; else none. */
  readonly neighbours: readonly Division[];
  /** Of the strategy's leagues up to its last season, kick-off order; the earlier ones are history to learn from. */
  readonly fixtures: readonly Fixture[];
  /** Latest revision of each result. */
  readonly matches: readonly PlayedMatch[];
  /** All revisions of the results that were corrected. */
  readonly revisions: readonly Result[];
  /** Days that fixtures of the period were moved from. */
  readonly moves: readonly FixtureMove[];
  readonly statistics: ReadonlyMap<number, MatchStatistics>;
  /** Prices that may be bet or that judge a bet. */
  readonly prices: PricesByFixture;
  /** What the market made of past matches, for a model that learns from it; else empty. */
  readonly learned: ReadonlyMap<number, MarketView>;
  readonly sources: readonly PriceSource[];
}

/** Earliest season a model learns from, unless the strategy itself starts near it or before. */
const HISTORY_FROM: Season = 2005;
const HISTORY_SEASONS = 5;

/**
 * Read what a strategy needs. `known`: the source's `leagues()`, where the caller has it already.
 *
 * Throws   StatisticoError("data") naming the leagues and seasons that have no fixture.
 */
export async function readInputs(
  source: BacktestSource,
  strategy: Strategy,
  uses: Models["uses"],
  known?: readonly LeagueSummary[],
): Promise<Inputs> {
  const all = known ?? (await source.leagues());
  const summaries = all.filter(({ code }) => strategy.leagues.includes(code));
  refuseMissing(strategy, summaries);
  const { from, to } = strategy.seasons;
  const seasons = allSeasons(summaries).filter((season) => season >= historyStart(from) && season <= to);
  const history = { leagues: strategy.leagues, seasons };
  const period = { leagues: strategy.leagues, seasons: seasons.filter((season) => season >= from) };
  const fixtures = await source.fixtures(history);
  const needsStatistics = uses.statistics || usesStatistics(strategy);
  return {
    divisions: divisionsOf(summaries, fixtures),
    neighbours: uses.market ? await neighboursOf(source, summaries, all, seasons) : [],
    fixtures,
    matches: await source.matches(history),
    revisions: await source.revisions(history),
    moves: await source.moves(period),
    statistics: needsStatistics ? await source.statistics(history) : new Map(),
    prices: byFixture(
      await source.prices({
        ...period,
        markets: strategy.markets,
        sources: betSources(strategy),
        everyVersion: strategy.prices.moment.kind === "asof",
      }),
    ),
    learned: uses.market ? await readLearned(source, history, fixtures) : new Map(),
    sources: await source.sources(),
  };
}

/** Of one league, as the compiler reads them; several at a time are read for no model. */
async function neighboursOf(
  source: BacktestSource,
  own: readonly LeagueSummary[],
  all: readonly LeagueSummary[],
  seasons: readonly Season[],
): Promise<readonly Division[]> {
  const [summary] = own;
  return summary && own.length === 1 ? readNeighbours(source, summary, all, seasons) : [];
}

/** Trusted books that nearly every match has one of: the others are read for the matches that these leave wanting. */
const USUAL_SOURCES = TRUSTED_SOURCES.slice(0, 4);
const OTHER_SOURCES = TRUSTED_SOURCES.slice(4);

/** What past markets made of each match, margin removed; matches without any are left out. */
async function readLearned(
  source: BacktestSource,
  history: FixtureQuery,
  fixtures: readonly Fixture[],
): Promise<ReadonlyMap<number, MarketView>> {
  const wanted = { markets: ["MATCH_ODDS", "OVER_UNDER_25"], moments: ["early", "close"] } as const;
  const usual = byFixture(await source.prices({ ...history, ...wanted, sources: USUAL_SOURCES }));
  const learned = viewsOf(usual);
  const ids = fixtures.map(({ id }) => id).filter((id) => (learned.get(id)?.over25 ?? null) === null);
  if (ids.length === 0) return learned;
  const others = byFixture(await source.prices({ ids, ...wanted, sources: OTHER_SOURCES }));
  const both = ids.map((id) => [id, [...(usual.get(id) ?? []), ...(others.get(id) ?? [])]] as const);
  return new Map([...learned, ...viewsOf(new Map(both))]);
}

function viewsOf(prices: PricesByFixture): ReadonlyMap<number, MarketView> {
  const views = new Map<number, MarketView>();
  for (const [fixtureId, snapshots] of prices) {
    const view = learnedView(snapshots);
    if (view !== null) views.set(fixtureId, view);
  }
  return views;
}

function historyStart(from: Season): Season {
  return Math.min(HISTORY_FROM, from - HISTORY_SEASONS);
}

function betSources(strategy: Strategy): SourceCode[] {
  const choices = [strategy.model, ...(strategy.confirm ? [strategy.confirm.model] : [])];
  const fair = choices.flatMap((model) => fairPriceSource({ model }) ?? []);
  return [...new Set([...strategy.prices.sources, ...strategy.prices.closing, ...fair])];
}

/** Whether a filter asks for more of past matches than their goals. */
export function usesStatistics(strategy: Strategy): boolean {
  return (
    strategy.code !== null ||
    strategy.filters.some(
      (filter) => filter.kind === "statistic" && filter.stat !== "goals" && filter.stat !== "points",
    )
  );
}

function allSeasons(summaries: readonly LeagueSummary[]): Season[] {
  return [...new Set(summaries.flatMap(({ seasons }) => seasons))].sort((a, b) => a - b);
}

/** Throws StatisticoError("data") naming the strategy's leagues that have no fixture in its seasons. */
export function refuseMissing(strategy: Strategy, summaries: readonly LeagueSummary[]): void {
  const { from, to } = strategy.seasons;
  const missing = strategy.leagues.filter(
    (league) =>
      !summaries.some(
        ({ code, seasons }) => code === league && seasons.some((each) => each >= from && each <= to),
      ),
  );
  if (missing.length === 0) return;
  throw new StatisticoError(
    "data",
    `no fixtures of ${missing.join(", ")} in seasons ${formatSeason(from)} to ${formatSeason(to)}`,
    `statistico ingest football-data --league ${missing.join(",")} --season ${from}..${to}`,
  );
}

function divisionsOf(summaries: readonly LeagueSummary[], fixtures: readonly Fixture[]): Division[] {
  return summaries.map(({ code, tier }) => ({
    league: code,
    tier,
    clubs: clubsOf(fixtures.filter(({ league }) => league === code)),
  }));
}
