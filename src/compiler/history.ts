import type { Instant } from "../core/clock.js";
import { compareKickOff, type Fixture, type PlayedMatch } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import type { Division, MarketView, Observation } from "../models/forecaster.js";
import type { FixtureQuery, LeagueSummary, Warehouse } from "../warehouse/port.js";
import { clubsOf, readNeighbours } from "./clubs.js";
import { learnedLine } from "./market-view.js";
import { type FixtureLines, NO_LINES, readLines } from "./read-lines.js";

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
  const played = await warehouse.matches({ ...query, asOf });
  const fixtures = await readFixtures(warehouse, query, played, asOf);
  const statistics = await warehouse.statistics({ ...query, asOf });
  const lines = await readLines(warehouse, query, fixtures, asOf);
  const matches = [...played]
    .sort((a, b) => compareKickOff(a.fixture, b.fixture))
    .map(({ fixture, result }) => {
      const line = lines.get(fixture.id) ?? NO_LINES;
      return historicMatch({ fixture, result, statistics: statistics.get(fixture.id) ?? null }, line);
    });
  const division = { league, tier: summary?.tier ?? null, clubs: clubsOf(fixtures) };
  const neighbours = summary ? await readNeighbours(warehouse, summary, summaries, seasons) : [];
  return { division, neighbours, matches };
}

/** All fixtures, in kick-off order: those of the matches need no second reading where every result counts. */
async function readFixtures(
  warehouse: Warehouse,
  query: FixtureQuery,
  played: readonly PlayedMatch[],
  asOf: Instant | undefined,
): Promise<readonly Fixture[]> {
  if (asOf !== undefined) return warehouse.fixtures(query);
  const coming = await warehouse.fixtures({ ...query, played: false });
  const fixtures = played.map(({ fixture }) => fixture);
  return coming.length === 0 ? fixtures : [...fixtures, ...coming].sort(compareKickOff);
}

function historicMatch(
  match: Omit<Observation, "market">,
  { early, earlyAt, closing, sharp }: FixtureLines,
): HistoricMatch {
  return { observation: { ...match, market: learnedLine(closing, early) }, closing: sharp, early, earlyAt };
}
