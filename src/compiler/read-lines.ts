import type { Instant } from "../core/clock.js";
import type { Fixture } from "../domain/fixture.js";
import type { Market } from "../domain/market.js";
import type { PriceSnapshot, SourceCode } from "../domain/price.js";
import type { MarketView } from "../models/forecaster.js";
import type { FixtureQuery, Warehouse } from "../warehouse/port.js";
import { CLOSING_TRUST, EARLY_TRUST, marketViewOf, SHARP_TRUST, TRUSTED_SOURCES } from "./market-view.js";

/** What the market made of a fixture, early and at the close. */
export interface FixtureLines {
  /** The early line of the most trusted book; null without any. */
  readonly early: MarketView | null;
  /** When the latest of the early prices read for it was observed; null without any. */
  readonly earlyAt: Instant | null;
  /** The closing line of the most trusted book, and that of the sharp book; null without one. */
  readonly closing: MarketView | null;
  readonly sharp: MarketView | null;
}

export const NO_LINES: FixtureLines = { early: null, earlyAt: null, closing: null, sharp: null };

const MARKETS: readonly Market[] = ["MATCH_ODDS", "OVER_UNDER_25"];

/** Nearly every match of two decades has a price of one of these. */
const USUAL_SOURCES: readonly SourceCode[] = ["PS", "Avg", "B365", "BbAv"];
/** Each of these is trusted less than all usual ones: reading them only to fill gaps of the early line changes nothing. */
const OTHER_SOURCES: readonly SourceCode[] = TRUSTED_SOURCES.filter((code) => !USUAL_SOURCES.includes(code));

/**
 * Lines of fixtures as known at `asOf`, by fixture id; a fixture without a price is not among them.
 *
 * `fixtures`: those that `query` selects.
 */
export async function readLines(
  warehouse: Pick<Warehouse, "prices">,
  query: FixtureQuery,
  fixtures: readonly Fixture[],
  asOf: Instant | undefined,
): Promise<ReadonlyMap<number, FixtureLines>> {
  const wanted = { asOf, markets: MARKETS, moments: ["early", "close"] as const };
  const usual = byFixture(await warehouse.prices({ ...query, ...wanted, sources: USUAL_SOURCES }));
  const lines = new Map<number, FixtureLines>();
  for (const [id, prices] of usual) lines.set(id, linesOf(prices));
  const ids = fixtures.filter(({ id }) => lines.get(id)?.early?.over25 == null).map(({ id }) => id);
  if (ids.length === 0) return lines;
  const others = byFixture(await warehouse.prices({ ids, ...wanted, sources: OTHER_SOURCES }));
  for (const [id, prices] of others) lines.set(id, linesOf([...(usual.get(id) ?? []), ...prices]));
  return lines;
}

function byFixture(prices: readonly PriceSnapshot[]): Map<number, PriceSnapshot[]> {
  const fixtures = new Map<number, PriceSnapshot[]>();
  for (const price of prices) {
    const known = fixtures.get(price.fixtureId);
    if (known) known.push(price);
    else fixtures.set(price.fixtureId, [price]);
  }
  return fixtures;
}

function linesOf(prices: readonly PriceSnapshot[]): FixtureLines {
  return {
    early: marketViewOf(prices, "early", EARLY_TRUST),
    earlyAt: latestEarly(prices),
    closing: marketViewOf(prices, "close", CLOSING_TRUST),
    sharp: marketViewOf(prices, "close", SHARP_TRUST),
  };
}

function latestEarly(prices: readonly PriceSnapshot[]): Instant | null {
  let latest: Instant | null = null;
  for (const { moment, observedAt } of prices)
    if (moment === "early" && (latest === null || observedAt > latest)) latest = observedAt;
  return latest;
}
