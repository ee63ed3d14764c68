import type { App } from "../../app.js";
import { quotedBooks } from "../../checker/book.js";
import { stalenessOf } from "../../checker/staleness.js";
import { DEFAULT_TIERS } from "../../checker/tier.js";
import type { PriceSnapshot, SourceKind } from "../../domain/price.js";
import { lineKey } from "../../domain/price-point.js";
import { type Column, present } from "../../report/present.js";
import {
  type AnyPrice,
  findFixture,
  modelOf,
  ourHistory,
  refuseNoPrices,
  sortPrices,
  sourceKinds,
  type Wanted,
} from "./chosen.js";
import { fixtureDocument, fixtureNames, PRICE_COLUMNS, priceRow } from "./price-row.js";

interface Options extends Wanted {
  readonly fixture: number;
}

const COLUMNS: readonly Column[] = [
  ...PRICE_COLUMNS,
  { key: "overround", title: "overround", digits: 3 },
  { key: "age", title: "age", align: "right" },
];

/** The last price of each source and selection, whatever its moment, with its book and its age. */
export async function latest(app: App, options: Options): Promise<void> {
  const warehouse = await app.warehouse("read");
  const fixture = await findFixture(warehouse, options.fixture);
  const ids = [fixture.id];
  const stored = await warehouse.prices({ ids, markets: options.market, sources: options.source });
  const all: readonly AnyPrice[] = [...stored, ...(await ourHistory(warehouse, ids, options))];
  refuseNoPrices(all, options, `fixture ${fixture.id}`);
  const prices = sortPrices(lastOfEach(all), [fixture]);
  const kinds = await sourceKinds(warehouse);
  const books = overrounds(prices, kinds);
  const now = app.clock.now();
  const rows = prices.map((price) => {
    const { ageMs, stale } = stalenessOf(price.observedAt, fixture, now, DEFAULT_TIERS);
    return {
      ...priceRow(price, kinds),
      overround: books.get(bookKey(price)) ?? null,
      ageMinutes: Math.floor(ageMs / 60_000),
      stale,
      age: `${ageText(ageMs)}${stale ? " stale" : ""}`,
    };
  });
  present(app, {
    schema: "statistico/odds-latest@1",
    document: { ...fixtureDocument([fixture]), prices: rows },
    columns: COLUMNS,
    rows,
  });
  const stale = rows.filter((row) => row.stale).length;
  const sources = new Set(prices.map(({ source }) => source)).size;
  app.console.say(
    `${fixtureNames([fixture])}: ${prices.length} prices of ${sources} sources${stale > 0 ? `, ${stale} stale` : ""}`,
  );
}

function lastOfEach(prices: readonly AnyPrice[]): readonly AnyPrice[] {
  const last = new Map<string, AnyPrice>();
  for (const price of prices) {
    const key = `${lineKey(price)} ${modelOf(price)}`;
    const known = last.get(key);
    if (!known || price.observedAt >= known.observedAt) last.set(key, price);
  }
  return [...last.values()];
}

/** By source, market and line; of models none: a fair price has no margin. */
function overrounds(
  prices: readonly AnyPrice[],
  kinds: ReadonlyMap<string, SourceKind>,
): ReadonlyMap<string, number> {
  const quoted = prices.filter(({ source }) => kinds.get(source) !== "model");
  return new Map(quotedBooks(quoted).map((book) => [bookKey({ ...book, side: "BACK" }), book.overround]));
}

function bookKey({
  source,
  market,
  line,
  side,
}: Pick<PriceSnapshot, "source" | "market" | "line" | "side">): string {
  return `${source} ${market} ${line} ${side}`;
}

function ageText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}
