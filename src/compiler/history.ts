import type { Instant } from "../core/clock.js";
import { compareKickOff, type Fixture } from "../domain/fixture.js";
import type { PriceSnapshot } from "../domain/price.js";
import type { Season } from "../domain/season.js";
import type { Division, MarketView, Observation } from "../models/forecaster.js";
import type { Warehouse } from "../warehouse/port.js";
import { EARLY_TRUST, learnedView, marketViewOf, SHARP_TRUST, TRUSTED_SOURCES } from "./market-view.js";

/** A finished match: what a model learns from it, and apart from that what its forecast is judged by. */
export interface HistoricMatch {
  readonly observation: Observation;
  /** The sharp book's closing line; null where it has none. */
  readonly closing: MarketView | null;
  /** The early line of the most trusted book; null without any. */
  readonly early: MarketView | null;
}

/** A division's past in kick-off order, and its clubs by season. */
export interface History {
  readonly division: Division;
  readonly matches: readonly HistoricMatch[];
}

export interface HistoryOptions {
  readonly asOf?: Instant | undefined;
  readonly fromSeason?: Season | undefined;
  readonly toSeason?: Season | undefined;
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
  { asOf, fromSeason = LEARN_FROM, toSeason = Number.POSITIVE_INFINITY }: HistoryOptions = {},
): Promise<History> {
  const summary = (await warehouse.leagues()).find(({ code }) => code === league);
  const seasons = summary?.seasons.filter((season) => season >= fromSeason && season <= toSeason) ?? [];
  const query = { leagues: [league], seasons };
  const [fixtures, played, statistics, prices] = [
    await warehouse.fixtures(query),
    await warehouse.matches({ ...query, asOf }),
    await warehouse.statistics({ ...query, asOf }),
    await warehouse.prices({
      ...query,
      asOf,
      markets: ["MATCH_ODDS", "OVER_UNDER_25"],
      sources: TRUSTED_SOURCES,
      moments: ["early", "close"],
    }),
  ];
  const priced = byFixture(prices);
  const matches = [...played]
    .sort((a, b) => compareKickOff(a.fixture, b.fixture))
    .map(({ fixture, result }) => {
      const lines = priced.get(fixture.id) ?? [];
      return {
        observation: {
          fixture,
          result,
          statistics: statistics.get(fixture.id) ?? null,
          market: learnedView(lines),
        },
        closing: marketViewOf(lines, "close", SHARP_TRUST),
        early: marketViewOf(lines, "early", EARLY_TRUST),
      };
    });
  return { division: { league, tier: summary?.tier ?? null, clubs: clubsOf(fixtures) }, matches };
}

function byFixture(prices: readonly PriceSnapshot[]): Map<number, PriceSnapshot[]> {
  const groups = new Map<number, PriceSnapshot[]>();
  for (const price of prices) {
    const group = groups.get(price.fixtureId);
    if (group) group.push(price);
    else groups.set(price.fixtureId, [price]);
  }
  return groups;
}

function clubsOf(fixtures: readonly Fixture[]): Map<Season, Set<number>> {
  const clubs = new Map<Season, Set<number>>();
  for (const { season, home, away } of fixtures) {
    const set = clubs.get(season) ?? new Set();
    clubs.set(season, set.add(home.id).add(away.id));
  }
  return clubs;
}
