import type { Market, Runner } from "../../domain/market.js";
import type { Moment, Side, SourceCode } from "../../domain/price.js";
import type { Connection } from "./connection.js";
import { codesOf, entry, MOMENTS, marketsOf, SIDES } from "./dimension.js";

/**
 * A stored price as bulk reads take it: market, source, moment, side and runner come as one number, because a row
 * costs what its columns cost. Rows in the order of `kind`, line, instant and file are in that of the primary key.
 */
export type PriceRow = readonly [
  kind: number,
  line: number,
  observedAt: number,
  fileId: number,
  price: number,
  size: number | null,
];

/** More sources, and more runners, than there will ever be; the product of all factors stays below 2^53. */
const IDS = 65_536;

/** The columns of a `PriceRow`, and the order that makes versions of a price neighbours. */
export const PRICE_COLUMNS = `(((market_id * ${IDS} + source_id) * ${MOMENTS.length} + moment) * ${SIDES.length} + side)
  * ${IDS} + runner_id, line, observed_at, file_id, price, size`;
export const PRICE_ORDER = "market_id, source_id, moment, side, runner_id, line, observed_at, file_id";

/** What the first number of a `PriceRow` is made of. */
export interface KindParts {
  readonly marketId: number;
  readonly sourceId: number;
  /** Index in `MOMENTS`. */
  readonly moment: number;
  /** Index in `SIDES`. */
  readonly side: number;
  readonly runnerId: number;
}

export function packKind({ marketId, sourceId, moment, side, runnerId }: KindParts): number {
  return (((marketId * IDS + sourceId) * MOMENTS.length + moment) * SIDES.length + side) * IDS + runnerId;
}

/** Inverse of `packKind`. */
export function unpackKind(kind: number): KindParts {
  const sided = Math.floor(kind / IDS);
  const timed = Math.floor(sided / SIDES.length);
  const book = Math.floor(timed / MOMENTS.length);
  return {
    marketId: Math.floor(book / IDS),
    sourceId: book % IDS,
    moment: timed % MOMENTS.length,
    side: sided % SIDES.length,
    runnerId: kind % IDS,
  };
}

type PriceKey = readonly [kind: number, line: number, observedAt: number, ...unknown[]];

/** Below 0 when `a` comes before `b` in the primary key; 0 when both are versions of one price. */
export function comparePriceKeys(a: PriceKey, b: PriceKey): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** What a packed kind stands for. */
export interface PriceKind {
  readonly market: Market;
  readonly runner: Runner;
  readonly source: SourceCode;
  readonly side: Side;
  readonly moment: Moment;
}

/** Kinds by number, each put together once. Throws StatisticoError when a stored id leads nowhere. */
export function priceKinds(connection: Connection): (kind: number) => PriceKind {
  const markets = marketsOf(connection);
  const sources = codesOf(connection, "source");
  const runners = codesOf(connection, "runner");
  const moments = new Map(MOMENTS.entries());
  const sides = new Map(SIDES.entries());
  return remembered((kind): PriceKind => {
    const { marketId, sourceId, moment, side, runnerId } = unpackKind(kind);
    return {
      market: entry(markets, marketId, connection),
      runner: entry(runners, runnerId, connection),
      source: entry(sources, sourceId, connection),
      side: entry(sides, side, connection),
      moment: entry(moments, moment, connection),
    };
  });
}

/** `make` called once for each key. */
export function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}
