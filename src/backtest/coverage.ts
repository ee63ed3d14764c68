import type { Fixture } from "../domain/fixture.js";
import type { Market } from "../domain/market.js";
import type { PriceSnapshot, SourceCode } from "../domain/price.js";
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

/** What `coverageOf` is asked: whose prices of which markets, closing ones or the others. */
export interface CoverageQuestion {
  readonly moment: DecisionMoment["kind"];
  readonly sources: readonly SourceCode[];
  readonly markets: readonly Market[];
}

/**
 * Coverage of each source and market, an answer a question: at `close` of closing prices, else of the others. All
 * questions in one pass, because looking prices up costs more than counting them.
 */
export function coverageOf(
  fixtures: readonly Fixture[],
  prices: PriceLookup,
  questions: readonly CoverageQuestion[],
): Coverage[][] {
  const counts = questions.map(newCounts);
  for (const { id, season } of fixtures) {
    const known = prices.get(id) ?? [];
    for (const each of counts) countFixture(each, known, season);
  }
  const seasons = [...new Set(fixtures.map(({ season }) => season))].sort((a, b) => a - b);
  return counts.map((each) => each.parts.map((part) => answerOf(part, fixtures.length, seasons)));
}

interface PartCount {
  readonly source: SourceCode;
  readonly market: Market;
  readonly bySeason: Map<Season, number>;
}

interface Counts {
  readonly closing: boolean;
  /** By source, then by market. */
  readonly parts: readonly PartCount[];
  readonly partOf: ReadonlyMap<SourceCode, ReadonlyMap<Market, PartCount>>;
}

function newCounts({ moment, sources, markets }: CoverageQuestion): Counts {
  const bySource = sources.map(
    (source) =>
      [source, markets.map((market) => ({ source, market, bySeason: new Map<Season, number>() }))] as const,
  );
  return {
    closing: moment === "close",
    parts: bySource.flatMap(([, parts]) => parts),
    partOf: new Map(
      bySource.map(([source, parts]) => [source, new Map(parts.map((part) => [part.market, part]))]),
    ),
  };
}

/** A fixture counts once for each source and market. */
function countFixture({ closing, partOf }: Counts, prices: readonly PriceSnapshot[], season: Season): void {
  const seen: PartCount[] = [];
  for (const { source, market, moment } of prices) {
    if ((moment === "close") !== closing) continue;
    const part = partOf.get(source)?.get(market);
    if (part && !seen.includes(part)) seen.push(part);
  }
  for (const { bySeason } of seen) bySeason.set(season, (bySeason.get(season) ?? 0) + 1);
}

function answerOf({ source, market, bySeason }: PartCount, of: number, seasons: readonly Season[]): Coverage {
  const fixtures = [...bySeason.values()].reduce((sum, count) => sum + count, 0);
  return { source, market, fixtures, of, without: seasons.filter((season) => !bySeason.has(season)) };
}
