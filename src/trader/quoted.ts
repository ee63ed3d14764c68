import type { Fixture } from "../domain/fixture.js";
import { CLASSIC, classicFloor, FINEST, type LadderType } from "../domain/ladder.js";
import { MARKETS, type Market, type Selection } from "../domain/market.js";
import { toDecimal } from "../domain/money.js";
import type { Side as PriceSide, PriceSnapshot, SourceCode } from "../domain/price.js";
import type { CatalogueMarket, PriceSize, Side } from "../exchange/venue.js";
import { priceAt } from "./controls.js";
import type { SeenBook } from "./offer.js";
import { runnerName } from "./runner-name.js";

/** The exchange's own prices, by the code under which its prices are stored. */
export const EXCHANGE_SOURCE: SourceCode = "BFE";

/** A runner of a venue's market that a strategy can bet on, with the book it stands in. */
export interface QuotedRunner extends Selection {
  readonly fixture: Fixture;
  readonly source: SourceCode;
  readonly market: Market;
  readonly catalogue: CatalogueMarket;
  readonly seen: SeenBook;
  readonly selectionId: number;
  readonly handicap: number;
  readonly toBack: PriceSize | null;
  readonly toLay: PriceSize | null;
}

/** The runners of one market of one fixture that have a name here. */
export function quotedRunners(fixture: Fixture, catalogue: CatalogueMarket, seen: SeenBook): QuotedRunner[] {
  const market = MARKETS.find((known) => known === catalogue.marketType);
  if (market === undefined) return [];
  return catalogue.runners.flatMap((listed): QuotedRunner[] => {
    const named = runnerName(market, catalogue, listed);
    const { selectionId, handicap } = listed;
    const priced = seen.book.runners.find(
      (runner) => runner.selectionId === selectionId && runner.handicap === handicap,
    );
    if (named === null || !priced || priced.status !== "ACTIVE") return [];
    const [toBack = null] = priced.toBack;
    const [toLay = null] = priced.toLay;
    const source = catalogue.source ?? EXCHANGE_SOURCE;
    return [
      {
        fixtureId: fixture.id,
        market,
        ...named,
        fixture,
        source,
        catalogue,
        seen,
        selectionId,
        handicap,
        toBack,
        toLay,
      },
    ];
  });
}

/** Its best prices as a strategy sees them: decimals, sizes in currency units. */
export function snapshotsOf(quoted: QuotedRunner): PriceSnapshot[] {
  return [snapshot(quoted, "BACK", quoted.toBack), snapshot(quoted, "LAY", quoted.toLay)].flatMap(
    (price) => price ?? [],
  );
}

function snapshot(
  { fixtureId, market, runner, line, source, seen: { book } }: QuotedRunner,
  side: PriceSide,
  best: PriceSize | null,
): PriceSnapshot | null {
  if (best === null || book.ladder === "LINE_RANGE") return null;
  return {
    fixtureId,
    market,
    runner,
    line,
    source,
    side,
    moment: "tick",
    price: priceAt(book.ladder, best.tick),
    size: toDecimal(best.sizeMinor),
    observedAt: book.pricedAt,
  };
}

/** By this an intent finds its runner again. */
export function quotedKey({
  fixtureId,
  market,
  line,
  runner,
  source,
}: Selection & { readonly source: string }): string {
  return [fixtureId, market, line, runner, source].join("|");
}

/**
 * The tick of a limit that is never worse than `price`: at or above it to back, at or below it to lay; -1 when the
 * ladder has none.
 */
export function limitTick(ladder: LadderType, side: Side, price: number): number {
  if (ladder === "LINE_RANGE" || !(price >= 1.01 - 1e-9) || price > 1000 + 1e-9) return -1;
  if (ladder === "FINEST") {
    const hundredths = side === "back" ? Math.ceil(price * 100 - 1e-6) : Math.floor(price * 100 + 1e-6);
    return hundredths - 101 < FINEST.ticks ? hundredths - 101 : -1;
  }
  const floor = classicFloor(price);
  if (side === "lay" || CLASSIC.price(floor) >= price - 1e-9) return floor;
  return floor + 1 < CLASSIC.ticks ? floor + 1 : -1;
}
