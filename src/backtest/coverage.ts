import type { Fixture } from "../domain/fixture.js";
import type { Market } from "../domain/market.js";
import type { SourceCode } from "../domain/price.js";
import type { Season } from "../domain/season.js";
import type { DecisionMoment } from "../strategy/strategy.js";
import type { PriceLookup } from "./price-book.js";

/** How many fixtures of the period a source quoted in a market. */
export interface Coverage {
  readonly source: SourceCode;
  readonly market: Market;
  readonly fixtures: number;
  readonly of: number;
  /** Seasons without a single price. */
  readonly without: readonly Season[];
}

/** Coverage of each source and market at the moment that counts: `close` looks at closing prices, else at the others. */
export function coverageOf(
  fixtures: readonly Fixture[],
  prices: PriceLookup,
  moment: DecisionMoment["kind"],
  sources: readonly SourceCode[],
  markets: readonly Market[],
): Coverage[] {
  const seen = seenPrices(fixtures, prices, moment);
  const seasons = [...new Set(fixtures.map(({ season }) => season))].sort((a, b) => a - b);
  return sources.flatMap((source) =>
    markets.map((market) => {
      const bySeason = seen.get(`${source} ${market}`) ?? new Map<Season, number>();
      const covered = [...bySeason.values()].reduce((sum, count) => sum + count, 0);
      const without = seasons.filter((season) => !bySeason.has(season));
      return { source, market, fixtures: covered, of: fixtures.length, without };
    }),
  );
}

/** Fixtures with a price, by source and market and then by season. */
function seenPrices(
  fixtures: readonly Fixture[],
  prices: PriceLookup,
  moment: DecisionMoment["kind"],
): Map<string, Map<Season, number>> {
  const seen = new Map<string, Map<Season, number>>();
  for (const { id, season } of fixtures) {
    const wanted = (prices.get(id) ?? []).filter(
      (price) => (price.moment === "close") === (moment === "close"),
    );
    for (const key of new Set(wanted.map(({ source, market }) => `${source} ${market}`))) {
      const bySeason = seen.get(key) ?? new Map<Season, number>();
      seen.set(key, bySeason.set(season, (bySeason.get(season) ?? 0) + 1));
    }
  }
  return seen;
}
