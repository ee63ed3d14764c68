import type { Quote, QuoteKind } from "../../domain/price.js";
import type { Connection } from "./connection.js";
import { codeIds, MOMENTS, SIDES, sourceIds } from "./dimension.js";

/** Rows a statement: measured on 22,800 rows of 60 prices a match, 32 cost 0.7 of single rows and 64 no less. */
const BATCH = 32;
const COLUMNS = 11;
const ROW = `(${Array(COLUMNS).fill("?").join(", ")})`;

/** Appends the prices of one file, many rows a statement. */
export interface PriceWriter {
  /** All prices of a fixture that has none: nothing is looked up. */
  append(fixtureId: number, quotes: readonly Quote[]): void;
  /** Those that are new or differ from the latest stored version; how many there were. */
  appendChanged(fixtureId: number, quotes: readonly Quote[]): number;
  /** Write what is still held back; rows written and rows that repeated a price of the same file. */
  finish(): { readonly written: number; readonly repeated: number };
}

/** `outdated` tells whether a stored file is newer than the one being written. */
export function priceWriter(
  connection: Connection,
  fileId: number,
  outdated: (fileId: number) => boolean,
): PriceWriter {
  const kindOf = kindIds(connection);
  const held: unknown[] = [];
  let given = 0;
  let written = 0;
  const flush = (): void => {
    const rows = held.length / COLUMNS;
    if (rows === 0) return;
    written += connection.statement(insertSql(rows)).run(held).changes;
    given += rows;
    held.length = 0;
  };
  const append = (fixtureId: number, quotes: readonly Quote[]): void => {
    for (const { kind, quote } of inKeyOrder(quotes, kindOf)) {
      const { marketId, sourceId, moment, side, runnerId } = kind;
      held.push(fixtureId, marketId, sourceId, moment, side, quote.line, runnerId);
      held.push(quote.observedAt, fileId, quote.price, quote.size);
      if (held.length === BATCH * COLUMNS) flush();
    }
  };
  return {
    append,
    appendChanged(fixtureId, quotes) {
      if (quotes.length === 0) return 0;
      const stored = latestPrices(connection, fixtureId);
      const told = quotes.filter((quote) => isNews(stored.get(versionKey(kindOf(quote.kind), quote)), quote));
      append(fixtureId, told);
      return told.length;
    },
    finish() {
      flush();
      return { written, repeated: given - written };
    },
  };

  function isNews(known: StoredPrice | undefined, { price, size }: Quote): boolean {
    return !known || ((known.price !== price || known.size !== size) && !outdated(known.fileId));
  }
}

/** The same price twice in one file is one price: the first stands. */
function insertSql(rows: number): string {
  return `INSERT INTO price VALUES ${Array(rows).fill(ROW).join(", ")} ON CONFLICT DO NOTHING`;
}

interface KindIds {
  readonly marketId: number;
  readonly sourceId: number;
  readonly moment: number;
  readonly side: number;
  readonly runnerId: number;
  /** Grows with the part of the key before the line. */
  readonly rank: number;
}

/** Ids of a quote kind; kinds are shared by the rows of a file, so each is looked up once. */
function kindIds(connection: Connection): (kind: QuoteKind) => KindIds {
  const market = codeIds(connection, "market");
  const runner = codeIds(connection, "runner");
  const source = sourceIds(connection);
  const known = new Map<QuoteKind, KindIds>();
  return (kind) => {
    let ids = known.get(kind);
    if (!ids) {
      const [marketId, sourceId, runnerId] = [market(kind.market), source(kind.source), runner(kind.runner)];
      const [moment, side] = [MOMENTS.indexOf(kind.moment), SIDES.indexOf(kind.side)];
      const rank = ((marketId * 65_536 + sourceId) * 3 + moment) * 2 + side;
      ids = { marketId, sourceId, moment, side, runnerId, rank };
      known.set(kind, ids);
    }
    return ids;
  };
}

interface KeyedQuote {
  readonly kind: KindIds;
  readonly quote: Quote;
}

/** In the order of the primary key, so that rows go to the end of the table. */
function inKeyOrder(quotes: readonly Quote[], kindOf: (kind: QuoteKind) => KindIds): KeyedQuote[] {
  return quotes
    .map((quote) => ({ kind: kindOf(quote.kind), quote }))
    .sort(
      (a, b) =>
        a.kind.rank - b.kind.rank ||
        a.quote.line - b.quote.line ||
        a.kind.runnerId - b.kind.runnerId ||
        a.quote.observedAt - b.quote.observedAt,
    );
}

interface StoredPrice {
  readonly price: number;
  readonly size: number | null;
  readonly fileId: number;
}

type PriceRow = [number, number, number, number, number, number, number, number, number, number | null];

/** The latest version of each price of a fixture, by `versionKey`. */
function latestPrices(connection: Connection, fixtureId: number): ReadonlyMap<string, StoredPrice> {
  const latest = new Map<string, StoredPrice>();
  const rows = connection.tuples<PriceRow>(
    `SELECT market_id, source_id, moment, side, line, runner_id, observed_at, file_id, price, size
     FROM price WHERE fixture_id = ? ORDER BY file_id`,
  );
  for (const row of rows.iterate(fixtureId)) {
    const [marketId, sourceId, moment, side, line, runnerId, observedAt, fileId, price, size] = row;
    const kind = { marketId, sourceId, moment, side, runnerId };
    latest.set(versionKey(kind, { line, observedAt }), { price, size, fileId });
  }
  return latest;
}

function versionKey(
  { marketId, sourceId, moment, side, runnerId }: Omit<KindIds, "rank">,
  { line, observedAt }: Pick<Quote, "line" | "observedAt">,
): string {
  return `${marketId} ${sourceId} ${moment} ${side} ${line} ${runnerId} ${observedAt}`;
}
