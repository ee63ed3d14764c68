import { invariant } from "../core/assert.js";
import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { Moment, PriceSnapshot, Side, SourceCode } from "../domain/price.js";
import type { PriceLookup, PricesByFixture } from "./price-book.js";

/** Prices in columns: a tenth of the cost of as many objects to hand to another thread or to keep in a file. */
export interface PriceColumns {
  readonly kinds: readonly PriceKind[];
  readonly fixtureId: Float64Array;
  /** Index into `kinds`. */
  readonly kind: Int32Array;
  readonly price: Float64Array;
  readonly observedAt: Float64Array;
  /** NaN where the source gives none. */
  readonly size: Float64Array;
}

interface PriceKind {
  readonly market: Market;
  readonly runner: Runner;
  readonly line: QuarterLine;
  readonly source: SourceCode;
  readonly side: Side;
  readonly moment: Moment;
}

/** Columns of all prices, fixture by fixture in the order of the map. */
export function packPrices(prices: PricesByFixture): PriceColumns {
  const snapshots = [...prices.values()].flat();
  const index = new Map<string, number>();
  const kinds: PriceKind[] = [];
  const kindOf = ({ market, runner, line, source, side, moment }: PriceSnapshot): number => {
    const key = `${market} ${runner} ${line} ${source} ${side} ${moment}`;
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, kinds.length);
    return kinds.push({ market, runner, line, source, side, moment }) - 1;
  };
  return {
    kinds,
    fixtureId: Float64Array.from(snapshots, ({ fixtureId }) => fixtureId),
    kind: Int32Array.from(snapshots, kindOf),
    price: Float64Array.from(snapshots, ({ price }) => price),
    observedAt: Float64Array.from(snapshots, ({ observedAt }) => observedAt),
    size: Float64Array.from(snapshots, ({ size }) => size ?? Number.NaN),
  };
}

/**
 * Inverse of `packPrices`, over the columns of several leagues: a fixture's prices are made anew whenever they are asked
 * for, because all of them at once are a hundred megabytes of small objects.
 */
export function priceLookup(all: readonly PriceColumns[]): PriceLookup {
  const places = new Map<number, Place>();
  for (const columns of all)
    for (let row = 0; row < columns.kind.length; row++) {
      const id = columns.fixtureId[row];
      const place = places.get(id);
      if (place) place.end = row + 1;
      else places.set(id, { columns, begin: row, end: row + 1 });
    }
  return {
    get(fixtureId) {
      const place = places.get(fixtureId);
      return place && snapshotsAt(place);
    },
  };
}

/** Rows of one fixture: they stand together. */
interface Place {
  readonly columns: PriceColumns;
  readonly begin: number;
  end: number;
}

function snapshotsAt({ columns, begin, end }: Place): PriceSnapshot[] {
  return Array.from({ length: end - begin }, (_, at) => snapshotAt(columns, begin + at));
}

function snapshotAt(columns: PriceColumns, row: number): PriceSnapshot {
  const kind = columns.kinds[columns.kind[row]];
  invariant(kind !== undefined, "every price has a kind");
  const { market, runner, line, source, side, moment } = kind;
  return {
    fixtureId: columns.fixtureId[row],
    market,
    runner,
    line,
    source,
    side,
    moment,
    price: columns.price[row],
    size: Number.isNaN(columns.size[row]) ? null : columns.size[row],
    observedAt: columns.observedAt[row],
  };
}
