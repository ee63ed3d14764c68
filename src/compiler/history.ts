import type { Instant } from "../core/clock.js";
import { compareKickOff, type Fixture, type PlayedMatch } from "../domain/fixture.js";
import type { Market } from "../domain/market.js";
import type { PriceSnapshot } from "../domain/price.js";
import type { Season } from "../domain/season.js";
import type { Division, MarketView, Observation } from "../models/forecaster.js";
import type { FixtureQuery, LeagueSummary, Warehouse } from "../warehouse/port.js";
import { clubsOf, readNeighbours } from "./clubs.js";
import {
  EARLY_TRUST,
  learnedView,
  marketViewOf,
  OTHER_SOURCES,
  SHARP_TRUST,
  USUAL_SOURCES,
} from "./market-view.js";

/** A finished match: what a model learns from it, and apart from that what its forecast is judged by. */
export interface HistoricMatch {
  readonly observation: Observation;
  /** The sharp book's closing line; null where it has none. */
  readonly closing: MarketView | null;
  /** The early line of the most trusted book; null without any. */
  readonly early: MarketView | null;
  /** When the latest of the early prices was observed; null without any. */
  readonly earlyAt: Instant | null;
}

/** A division's past in kick-off order, and its clubs by season. */
export interface History {
  readonly division: Division;
  /** The other divisions of the country where a model can use them: around a second tier. */
  readonly neighbours: readonly Division[];
  readonly matches: readonly HistoricMatch[];
}

export interface HistoryOptions {
  readonly asOf?: Instant | undefined;
  readonly fromSeason?: Season | undefined;
  readonly toSeason?: Season | undefined;
  /** `warehouse.leagues()`, where the caller has it already: it counts every league. */
  readonly leagues?: readonly LeagueSummary[] | undefined;
}

/** The first season with prices of many books; what lies before teaches today's clubs nothing. */
export const LEARN_FROM: Season = 2005;

const LEARNT_MARKETS: readonly Market[] = ["MATCH_ODDS", "OVER_UNDER_25"];

/**
 * Read a league's past: results, statistics and lines as known at `asOf`.
 *
 * Clubs come from all fixtures, played or not: a season's list is known before its first ball.
 */
export async function readHistory(
  warehouse: Warehouse,
  league: string,
  { asOf, fromSeason = LEARN_FROM, toSeason = Number.POSITIVE_INFINITY, leagues }: HistoryOptions = {},
): Promise<History> {
  const summaries = leagues ?? (await warehouse.leagues());
  const summary = summaries.find(({ code }) => code === league);
  const seasons = summary?.seasons.filter((season) => season >= fromSeason && season <= toSeason) ?? [];
  const query = { leagues: [league], seasons };
  const fixtures = await warehouse.fixtures(query);
  const played = await warehouse.matches({ ...query, asOf });
  const statistics = await warehouse.statistics({ ...query, asOf });
  const priced = await readLines(warehouse, query, fixtures, asOf);
  const matches = [...played]
    .sort((a, b) => compareKickOff(a.fixture, b.fixture))
    .map((match) => historicMatch(match, statistics.get(match.fixture.id) ?? null, priced));
  const division = { league, tier: summary?.tier ?? null, clubs: clubsOf(fixtures) };
  const neighbours = summary ? await readNeighbours(warehouse, summary, summaries, seasons) : [];
  return { division, neighbours, matches };
}

function historicMatch(
  { fixture, result }: PlayedMatch,
  statistics: Observation["statistics"],
  priced: ReadonlyMap<number, readonly PriceSnapshot[]>,
): HistoricMatch {
  const lines = priced.get(fixture.id) ?? [];
  const early = marketViewOf(lines, "early", EARLY_TRUST);
  return {
    observation: { fixture, result, statistics, market: learnedView(lines, early) },
    closing: marketViewOf(lines, "close", SHARP_TRUST),
    early,
    earlyAt: latestEarly(lines),
  };
}

function latestEarly(lines: readonly PriceSnapshot[]): Instant | null {
  let latest: Instant | null = null;
  for (const { moment, observedAt } of lines)
    if (moment === "early" && (latest === null || observedAt > latest)) latest = observedAt;
  return latest;
}

/** The books that nearly every match has, and the others only for matches whose early market those leave incomplete. */
async function readLines(
  warehouse: Warehouse,
  query: FixtureQuery,
  fixtures: readonly Fixture[],
  asOf: Instant | undefined,
): Promise<ReadonlyMap<number, readonly PriceSnapshot[]>> {
  const wanted = { asOf, markets: LEARNT_MARKETS, moments: ["early", "close"] as const };
  const lines = new Map<number, PriceSnapshot[]>();
  group(lines, await warehouse.prices({ ...query, ...wanted, sources: USUAL_SOURCES }));
  const ids = fixtures.filter(({ id }) => isIncomplete(lines.get(id) ?? [])).map(({ id }) => id);
  if (ids.length > 0) group(lines, await warehouse.prices({ ids, ...wanted, sources: OTHER_SOURCES }));
  return lines;
}

function isIncomplete(lines: readonly PriceSnapshot[]): boolean {
  const early = marketViewOf(lines, "early", EARLY_TRUST);
  return early === null || early.over25 === null;
}

function group(lines: Map<number, PriceSnapshot[]>, prices: readonly PriceSnapshot[]): void {
  for (const price of prices) {
    const known = lines.get(price.fixtureId);
    if (known) known.push(price);
    else lines.set(price.fixtureId, [price]);
  }
}
