import type { App } from "../../app.js";
import { OURS, type OurPrice, ourPrices } from "../../checker/our-price.js";
import { dayOfInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { compareText, type Fixture } from "../../domain/fixture.js";
import { type Market, RUNNERS } from "../../domain/market.js";
import type { PriceSnapshot, PriceSource, SourceKind } from "../../domain/price.js";
import { type PricePoint, pricesAt } from "../../domain/price-point.js";
import type { Season } from "../../domain/season.js";
import type { Warehouse } from "../../warehouse/port.js";
import { requireLeagues } from "../shared/flags.js";

/** Whose prices are meant. */
export interface Wanted {
  readonly market: readonly Market[];
  readonly source?: readonly string[] | undefined;
}

export interface WantedFixtures extends Wanted {
  readonly fixture?: number;
  readonly league?: string[];
  readonly season?: Season[];
  readonly days?: number;
}

/** A stored price, or one of ours with its model. */
export type AnyPrice = PriceSnapshot | OurPrice;

export async function findFixture(warehouse: Warehouse, id: number): Promise<Fixture> {
  const [fixture] = await warehouse.fixtures({ ids: [id] });
  if (!fixture) throw new StatisticoError("data", `no fixture ${id}`, "statistico fixtures --all");
  return fixture;
}

/** The fixture, or those of the leagues in the seasons or the coming days. */
export async function findFixtures(app: App, options: WantedFixtures): Promise<readonly Fixture[]> {
  const warehouse = await app.warehouse("read");
  if (options.fixture !== undefined) return [await findFixture(warehouse, options.fixture)];
  const { league: leagues, season: seasons, days = 7 } = options;
  if (!leagues)
    throw new StatisticoError("usage", "whose prices? name --fixture or --league", "--league E0 --days 7");
  await requireLeagues(warehouse, leagues);
  if (seasons) return warehouse.fixtures({ leagues, seasons });
  const today = dayOfInstant(app.clock.now());
  return warehouse.fixtures({ leagues, fromDay: today, toDay: today + days });
}

/** One price a source, selection and side at a point of its line, ours among them; fixtures as they are given. */
export async function pricesAtPoint(
  warehouse: Warehouse,
  fixtures: readonly Fixture[],
  { market: markets, source: sources }: Wanted,
  point: PricePoint,
): Promise<readonly AnyPrice[]> {
  const ids = fixtures.map(({ id }) => id);
  if (ids.length === 0) return [];
  const quoted = await warehouse.lines({ ids, markets, sources, point });
  const ours = await ourHistory(warehouse, ids, { market: markets, source: sources });
  const byId = new Map(fixtures.map((fixture) => [fixture.id, fixture]));
  const chosen = [...byId].flatMap(([id, fixture]) =>
    byModel(ours.filter(({ fixtureId }) => fixtureId === id)).flatMap((prices) =>
      pricesAt(prices, point, fixture),
    ),
  );
  return sortPrices([...quoted, ...chosen], fixtures);
}

/** Models are lines of their own, although they are one source. */
function byModel(prices: readonly OurPrice[]): readonly (readonly OurPrice[])[] {
  const models = new Set(prices.map(({ model }) => model));
  return [...models].map((model) => prices.filter((price) => price.model === model));
}

/** Everything we ever said of those fixtures; nothing when our source is not asked for. */
export async function ourHistory(
  warehouse: Warehouse,
  ids: readonly number[],
  { market, source }: Wanted,
): Promise<readonly OurPrice[]> {
  if (source && !source.includes(OURS.code)) return [];
  const compiled = await warehouse.compiledOdds({ ids, everyInstant: true });
  return ourPrices(compiled).filter((price) => market.includes(price.market));
}

/** Kinds of every source that prices come from. */
export async function sourceKinds(warehouse: Warehouse): Promise<ReadonlyMap<string, SourceKind>> {
  const sources: readonly PriceSource[] = [...(await warehouse.sources()), OURS];
  return new Map(sources.map(({ code, kind }) => [code, kind]));
}

/** By fixture as given, market, line, source, runner and side. */
export function sortPrices(prices: readonly AnyPrice[], fixtures: readonly Fixture[]): readonly AnyPrice[] {
  const order = new Map(fixtures.map(({ id }, i) => [id, i]));
  return [...prices].sort(
    (a, b) =>
      (order.get(a.fixtureId) ?? 0) - (order.get(b.fixtureId) ?? 0) ||
      compareText(a.market, b.market) ||
      a.line - b.line ||
      compareText(a.source, b.source) ||
      compareText(modelOf(a), modelOf(b)) ||
      runnerRank(a) - runnerRank(b) ||
      compareText(a.runner, b.runner) ||
      compareText(a.side, b.side),
  );
}

export function modelOf(price: AnyPrice): string {
  return "model" in price ? price.model : "";
}

function runnerRank({ market, runner }: PriceSnapshot): number {
  return (RUNNERS[market] ?? []).indexOf(runner);
}

export function refuseNoPrices(prices: readonly unknown[], { market }: Wanted, whose: string): void {
  if (prices.length > 0) return;
  throw new StatisticoError(
    "data",
    `no ${market.join(", ")} price of ${whose}`,
    "statistico odds latest --help",
  );
}

/** Inclusive at both ends, and only after a point was chosen. */
export function inRange<Price extends { readonly price: number }>(
  prices: readonly Price[],
  { minPrice = 1, maxPrice = Infinity }: { readonly minPrice?: number; readonly maxPrice?: number },
): readonly Price[] {
  return prices.filter(({ price }) => price >= minPrice && price <= maxPrice);
}
