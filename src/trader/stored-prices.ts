import type { Clock, Instant } from "../core/clock.js";
import { DAY_MS, dayOfInstant } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import { FINEST } from "../domain/ladder.js";
import { RUNNERS, type Runner } from "../domain/market.js";
import type { PriceSnapshot, SourceCode } from "../domain/price.js";
import type {
  CatalogueFilter,
  CatalogueMarket,
  CatalogueRunner,
  PriceSize,
  Venue,
  VenueBook,
  VenueRunner,
} from "../exchange/venue.js";
import type { Warehouse } from "../warehouse/port.js";

/** What of the warehouse is looked at, and how its prices are taken. */
export interface StoredPriceOptions {
  readonly warehouse: Pick<Warehouse, "fixtures" | "prices">;
  readonly leagues: readonly string[];
  readonly sources: readonly SourceCode[];
  /** Share of a market's net winnings that the source keeps. */
  readonly commissionOf: (source: SourceCode) => number;
  readonly clock: Clock;
}

/** A size for sources that name none: as much as anybody here will stake. */
const UNLIMITED_MINOR = 1_000_000_000;

interface StoredMarket {
  readonly catalogue: CatalogueMarket;
  readonly book: VenueBook;
}

/**
 * Markets and books made of the prices in the warehouse, one market for each source: the latest early price or tick
 * that was observed by now. Closing prices are never shown: they judge bets and cannot be had.
 *
 * Prices stand on the ladder of hundredths, those between two cut against us.
 */
export function storedPrices(options: StoredPriceOptions): Pick<Venue, "catalogue" | "books"> {
  let known = new Map<string, StoredMarket>();
  const at = (): Instant => options.clock.now();
  return {
    async catalogue(filter) {
      known = new Map((await readMarkets(options, filter)).map((market) => [market.book.marketId, market]));
      return { kind: "ok", value: [...known.values()].map(({ catalogue }) => catalogue), at: at() };
    },
    async books(marketIds) {
      const missing = marketIds.filter((id) => !known.has(id));
      for (const market of missing.length > 0 ? await rereadMarkets(options, missing) : [])
        known.set(market.book.marketId, market);
      return { kind: "ok", value: marketIds.flatMap((id) => known.get(id)?.book ?? []), at: at() };
    },
  };
}

async function readMarkets(options: StoredPriceOptions, filter: CatalogueFilter): Promise<StoredMarket[]> {
  const fixtures = await options.warehouse.fixtures({
    leagues: options.leagues,
    fromDay: dayOfInstant(filter.from) - 1,
    toDay: dayOfInstant(filter.to) + 1,
  });
  const coming = fixtures.filter(({ kickOff }) => kickOff >= filter.from && kickOff <= filter.to);
  return marketsOf(options, coming, filter.marketTypes);
}

async function rereadMarkets(
  options: StoredPriceOptions,
  marketIds: readonly string[],
): Promise<StoredMarket[]> {
  const ids = [...new Set(marketIds.map((id) => Number(id.split(":")[1])))].filter(Number.isInteger);
  return marketsOf(options, ids.length > 0 ? await options.warehouse.fixtures({ ids }) : [], null);
}

async function marketsOf(
  { warehouse, sources, commissionOf, clock }: StoredPriceOptions,
  fixtures: readonly Fixture[],
  marketTypes: readonly string[] | null,
): Promise<StoredMarket[]> {
  if (fixtures.length === 0) return [];
  const now = clock.now();
  const prices = await warehouse.prices({ ids: fixtures.map(({ id }) => id), sources, asOf: now });
  const byId = new Map(fixtures.map((fixture) => [fixture.id, fixture]));
  const groups = new Map<string, PriceSnapshot[]>();
  for (const price of prices) {
    if (price.moment === "close" || (marketTypes !== null && !marketTypes.includes(price.market))) continue;
    const key = [price.fixtureId, price.market, price.line, price.source].join(":");
    groups.set(key, [...(groups.get(key) ?? []), price]);
  }
  return [...groups].flatMap(([key, own]) => {
    const fixture = byId.get(own[0]?.fixtureId ?? 0);
    return fixture ? [storedMarket(`stored:${key}`, fixture, own, commissionOf, now)] : [];
  });
}

function storedMarket(
  marketId: string,
  fixture: Fixture,
  prices: readonly PriceSnapshot[],
  commissionOf: (source: SourceCode) => number,
  now: Instant,
): StoredMarket {
  const [{ market, line, source }] = prices as [PriceSnapshot];
  const names = RUNNERS[market] ?? [...new Set(prices.map(({ runner }) => runner))].sort();
  const handicap = line / 4;
  const runners = names.map((runner, index) => ({ runner, selectionId: selectionOf(runner, index) }));
  const eventName = `${fixture.home.name} v ${fixture.away.name}`;
  return {
    catalogue: {
      marketId,
      marketType: market,
      marketName: market,
      startsAt: fixture.kickOff,
      eventId: `${fixture.id}`,
      eventName,
      competition: fixture.league,
      country: fixture.home.country,
      source,
      runners: runners.map(({ runner, selectionId }, index) =>
        listedRunner(fixture, runner, selectionId, handicapFor(market, runner, handicap), index),
      ),
    },
    book: {
      marketId,
      status: now < fixture.kickOff ? "OPEN" : "SUSPENDED",
      inPlay: false,
      version: 1,
      betDelaySeconds: 0,
      pricedAt: Math.max(...prices.map(({ observedAt }) => observedAt)),
      ladder: "FINEST",
      marketBaseRate: 100 * commissionOf(source),
      unreliable: false,
      runners: runners.map(({ runner, selectionId }) =>
        pricedRunner(prices, runner, selectionId, handicapFor(market, runner, handicap)),
      ),
    },
  };
}

/** The away side of an Asian handicap is quoted at the opposite line. */
function handicapFor(market: string, runner: Runner, handicap: number): number {
  return market === "ASIAN_HANDICAP" && runner === "AWAY" ? 0 - handicap : handicap;
}

function selectionOf(runner: Runner, index: number): number {
  const [, home, away] = /^(\d+)-(\d+)$/.exec(runner) ?? [];
  return home === undefined ? index + 1 : 1000 + 100 * Number(home) + Number(away);
}

function listedRunner(
  fixture: Fixture,
  runner: Runner,
  selectionId: number,
  handicap: number,
  sortPriority: number,
): CatalogueRunner {
  const names: Readonly<Record<Runner, string>> = {
    HOME: fixture.home.name,
    AWAY: fixture.away.name,
    DRAW: "The Draw",
    HOME_OR_DRAW: "Home or Draw",
    DRAW_OR_AWAY: "Draw or Away",
    HOME_OR_AWAY: "Home or Away",
  };
  return { selectionId, handicap, name: names[runner] ?? runner, sortPriority };
}

function pricedRunner(
  prices: readonly PriceSnapshot[],
  runner: Runner,
  selectionId: number,
  handicap: number,
): VenueRunner {
  const own = prices.filter((price) => price.runner === runner);
  return {
    selectionId,
    handicap,
    status: "ACTIVE",
    toBack: offer(own, "BACK"),
    toLay: offer(own, "LAY"),
    lastTick: null,
  };
}

/** The price observed last; cut down to back and up to lay. */
function offer(prices: readonly PriceSnapshot[], side: "BACK" | "LAY"): PriceSize[] {
  const last = prices
    .filter((price) => price.side === side)
    .reduce<PriceSnapshot | null>(
      (latest, price) => (latest === null || price.observedAt >= latest.observedAt ? price : latest),
      null,
    );
  if (last === null) return [];
  const hundredths =
    side === "BACK" ? Math.floor(100 * last.price + 1e-6) : Math.ceil(100 * last.price - 1e-6);
  const tick = hundredths - 101;
  if (tick < 0 || tick >= FINEST.ticks) return [];
  return [{ tick, sizeMinor: last.size === null ? UNLIMITED_MINOR : Math.floor(100 * last.size + 1e-6) }];
}

/** How far back a stored price may have been observed and still be bet on paper. */
export const STORED_PRICE_AGE_MS = 7 * DAY_MS;
