import { createHash } from "node:crypto";
import type { Connection } from "./connection.js";
import {
  comparePriceKeys,
  PRICE_COLUMNS,
  PRICE_ORDER,
  type PriceRow,
  priceKinds,
  remembered,
} from "./price-row.js";

const NUMBERS = 6;
const NO_SIZE = -1;

/** A running sha256 of prices. */
export interface PriceDigest {
  /** The prices of the fixture that stands at `ordinal` in natural order. */
  add(ordinal: number, fixtureId: number): void;
  digest(): Buffer;
}

/** Prices as rows of little-endian doubles: ordinal of the fixture, kind, line, instant, price, size. */
export function priceDigest(connection: Connection): PriceDigest {
  const hash = createHash("sha256");
  const buffer = new Float64Array(NUMBERS * 8192);
  let filled = 0;
  const flush = (): void => {
    hash.update(new Uint8Array(buffer.buffer, 0, filled * Float64Array.BYTES_PER_ELEMENT));
    filled = 0;
  };
  const read = naturalPrices(connection);
  return {
    add(ordinal, fixtureId) {
      for (const [kind, line, observedAt, , price, size] of read(fixtureId)) {
        buffer[filled++] = ordinal;
        buffer[filled++] = kind;
        buffer[filled++] = line;
        buffer[filled++] = observedAt;
        buffer[filled++] = price;
        buffer[filled++] = size ?? NO_SIZE;
        if (filled === buffer.length) flush();
      }
    },
    digest() {
      flush();
      return hash.digest();
    },
  };
}

/** The prices of a fixture by a kind that does not depend on ids, line, instant and order of arrival. */
function naturalPrices(connection: Connection): (fixtureId: number) => readonly PriceRow[] {
  const kindOf = naturalKinds(connection);
  const select = connection.tuples<PriceRow>(
    `SELECT ${PRICE_COLUMNS} FROM price WHERE fixture_id = ? ORDER BY ${PRICE_ORDER}`,
  );
  return (fixtureId) =>
    select
      .all(fixtureId)
      .map(([kind, ...rest]): PriceRow => [kindOf(kind), ...rest])
      .sort((a, b) => comparePriceKeys(a, b) || a[3] - b[3]);
}

/**
 * Kinds as numbers of their own words: the first 48 bits of a sha256. Neither ids nor the other codes in the database
 * have a part in it; two of some hundred kinds share a number once in a thousand million databases.
 */
function naturalKinds(connection: Connection): (kind: number) => number {
  const kindOf = priceKinds(connection);
  return remembered((kind) => {
    const { market, source, moment, side, runner } = kindOf(kind);
    const words = JSON.stringify([market, source, moment, side, runner]);
    return createHash("sha256").update(words).digest().readUIntBE(0, 6);
  });
}
