import type { Instant } from "../../core/clock.js";
import { createRng, type Rng } from "../../core/rng.js";
import type { MatchStatistics, PlayedMatch, Result, SideStatistics } from "../../domain/fixture.js";
import type { PriceSnapshot } from "../../domain/price.js";
import type { FixtureQuery } from "../../warehouse/port.js";
import type { BacktestSource } from "../inputs.js";

/**
 * The same warehouse as seen by somebody who knows nothing beyond `asOf` and makes it up: every score, correction,
 * statistic and price of later is replaced by another one, drawn from `seed`; what was known by then is untouched. Who is
 * honest decides up to `asOf` as before, bit by bit.
 *
 * That a match has a result at all is left to see: only matches that have ended are played.
 */
export function scrambledAfter(source: BacktestSource, asOf: Instant, seed: number): BacktestSource {
  const rngOf = (id: number, salt: number): Rng => createRng(seed, 16 * id + salt);
  return {
    ...delegates(source),
    matches: async (query) =>
      (await source.matches(query)).map(
        ({ fixture, result }): PlayedMatch => ({ fixture, result: scrambledResult(result, asOf, rngOf) }),
      ),
    revisions: async (query) =>
      (await source.revisions(query)).map((result) => scrambledResult(result, asOf, rngOf)),
    statistics: async (query) => {
      const known = await firstKnown(source, query);
      const later = (id: number): boolean => (known.get(id) ?? Number.POSITIVE_INFINITY) > asOf;
      return new Map(
        [...(await source.statistics(query))].map(([id, counts]) => [
          id,
          later(id) ? scrambledStatistics(counts, rngOf(id, 14)) : counts,
        ]),
      );
    },
    prices: async (query) =>
      (await source.prices(query)).map((price) =>
        price.observedAt > asOf ? scrambledPrice(price, seed) : price,
      ),
  };
}

/** When the first score of each match was known: its statistics came with it. */
async function firstKnown(
  source: BacktestSource,
  query: FixtureQuery,
): Promise<ReadonlyMap<number, Instant>> {
  const results = [
    ...(await source.matches(query)).map(({ result }) => result),
    ...(await source.revisions(query)),
  ];
  const first = new Map<number, Instant>();
  for (const { fixtureId, knownAt } of results)
    first.set(fixtureId, Math.min(knownAt, first.get(fixtureId) ?? knownAt));
  return first;
}

function delegates(source: BacktestSource): BacktestSource {
  return {
    leagues: () => source.leagues(),
    fixtures: (query) => source.fixtures(query),
    matches: (query) => source.matches(query),
    revisions: (query) => source.revisions(query),
    moves: (query) => source.moves(query),
    statistics: (query) => source.statistics(query),
    prices: (query) => source.prices(query),
    sources: () => source.sources(),
  };
}

const MOST_GOALS = 7;

/** Always another score: the same revision of a match gets the same one wherever it is read. */
function scrambledResult(result: Result, asOf: Instant, rngOf: (id: number, salt: number) => Rng): Result {
  if (result.knownAt <= asOf) return result;
  const rng = rngOf(result.fixtureId, result.revision);
  const homeGoals = (result.homeGoals + 1 + Math.floor(MOST_GOALS * rng())) % (MOST_GOALS + 1);
  return {
    ...result,
    homeGoals,
    awayGoals: Math.floor(MOST_GOALS * rng()),
    halfTimeHome: null,
    halfTimeAway: null,
  };
}

function scrambledStatistics({ home, away }: MatchStatistics, rng: Rng): MatchStatistics {
  return { home: scrambledSide(home, rng), away: scrambledSide(away, rng) };
}

function scrambledSide(side: SideStatistics, rng: Rng): SideStatistics {
  const other = (count: number | null): number | null => (count === null ? null : Math.floor(25 * rng()));
  return {
    shots: other(side.shots),
    shotsOnTarget: other(side.shotsOnTarget),
    fouls: other(side.fouls),
    corners: other(side.corners),
    yellowCards: other(side.yellowCards),
    redCards: other(side.redCards),
    offsides: other(side.offsides),
    woodwork: other(side.woodwork),
    bookingPoints: other(side.bookingPoints),
  };
}

/** Net odds halved to doubled, by the price's own draw. */
function scrambledPrice(price: PriceSnapshot, seed: number): PriceSnapshot {
  const salt = Math.round(100 * price.price) + price.runner.length + price.source.length;
  const factor = 0.5 + 1.5 * createRng(seed, 16 * price.fixtureId + 15 + salt)();
  return { ...price, price: Math.max(1.01, Math.round(100 * (1 + (price.price - 1) * factor)) / 100) };
}
