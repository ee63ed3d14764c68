import type { Quote, QuoteKind } from "../../domain/price.js";
import type { Connection } from "./connection.js";
import { codeIds, MOMENTS, SIDES, sourceIds } from "./dimension.js";
import type { RowEvents } from "./event.js";
import {
  comparePriceKeys,
  type KindParts,
  PRICE_COLUMNS,
  PRICE_ORDER,
  type PriceRow,
  packKind,
  remembered,
} from "./price-row.js";

/** Rows a statement: measured on 22,800 rows of 60 prices a match, 32 cost 0.7 of single rows and 64 no less. */
const BATCH = 32;
const COLUMNS = 11;
const ROW = `(${Array(COLUMNS).fill("?").join(", ")})`;

/** Appends the prices of one file, many rows a statement, and tells of them an event a fixture. */
export interface PriceWriter {
  /** All prices of a fixture that has none: nothing is looked up. */
  append(fixtureId: number, quotes: readonly Quote[]): void;
  /** Those that are new or differ from the latest stored version; how many there were. */
  appendChanged(fixtureId: number, quotes: readonly Quote[]): number;
  /** Write what is still held back; rows written and rows that repeated a price of the same file. */
  finish(): { readonly written: number; readonly repeated: number };
}

/** `outdated` tells whether a stored file is newer than the one being written; `events` hears of every fixture. */
export function priceWriter(
  connection: Connection,
  fileId: number,
  events: RowEvents,
  outdated: (fileId: number) => boolean,
): PriceWriter {
  const keyed = keyedQuotes(connection);
  const batch = rowBatch(connection);
  const tickLine = tickLines(connection);
  const put = (fixtureId: number, { key, parts, quote }: KeyedQuote): void => {
    const { marketId, sourceId, moment, side, runnerId } = parts;
    const { line, observedAt, price, size } = quote;
    if (moment === TICK) tickLine(fixtureId, key, parts);
    batch.add(fixtureId, marketId, sourceId, moment, side, runnerId, line, observedAt, fileId, price, size);
  };
  return {
    append(fixtureId, quotes) {
      if (quotes.length > 0) events.tell("prices.stored", fixtureId);
      for (const quote of keyed(quotes)) put(fixtureId, quote);
    },
    appendChanged(fixtureId, quotes) {
      if (quotes.length === 0) return 0;
      const news = newsOf(keyed(quotes), storedPrices(connection, fixtureId), outdated);
      if (news.length > 0) events.tell("prices.stored", fixtureId);
      for (const quote of news) put(fixtureId, quote);
      return news.length;
    },
    finish: batch.finish,
  };
}

const TICK = MOMENTS.indexOf("tick");

/** Note that a fixture has ticks of a line. Prices come in the order of their keys, so that most repeat the last. */
function tickLines(
  connection: Connection,
): (fixtureId: number, key: KeyedQuote["key"], parts: KindParts) => void {
  const insert = connection.statement("INSERT OR IGNORE INTO tick_line VALUES (?, ?, ?, ?, ?, ?)");
  let last = [0, 0, 0];
  return (fixtureId, [kind, line], { marketId, sourceId, side, runnerId }) => {
    if (fixtureId === last[0] && kind === last[1] && line === last[2]) return;
    last = [fixtureId, kind, line];
    insert.run(fixtureId, marketId, sourceId, side, runnerId, line);
  };
}

/** Rows on their way into the table, written as soon as a statement is full. */
function rowBatch(connection: Connection): Pick<PriceWriter, "finish"> & { add(...row: unknown[]): void } {
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
  return {
    add(...row) {
      held.push(...row);
      if (held.length === BATCH * COLUMNS) flush();
    },
    finish() {
      flush();
      return { written, repeated: given - written };
    },
  };
}

/** The same price twice in one file is one price: the first stands. */
function insertSql(rows: number): string {
  return `INSERT INTO price VALUES ${Array(rows).fill(ROW).join(", ")} ON CONFLICT DO NOTHING`;
}

interface KeyedQuote {
  readonly key: readonly [kind: number, line: number, observedAt: number];
  readonly parts: KindParts;
  readonly quote: Quote;
}

/** Quotes with their key, in its order, so that rows go to the end of the table and meet their like. */
function keyedQuotes(connection: Connection): (quotes: readonly Quote[]) => KeyedQuote[] {
  const kindOf = quoteKinds(connection);
  return (quotes) =>
    quotes
      .map((quote): KeyedQuote => {
        const { kind, parts } = kindOf(quote.kind);
        return { key: [kind, quote.line, quote.observedAt], parts, quote };
      })
      .sort((a, b) => comparePriceKeys(a.key, b.key));
}

/** Ids of a quote kind; kinds are shared by the rows of a file, so each is looked up once. */
function quoteKinds(
  connection: Connection,
): (kind: QuoteKind) => { readonly kind: number; readonly parts: KindParts } {
  const market = codeIds(connection, "market");
  const runner = codeIds(connection, "runner");
  const source = sourceIds(connection);
  return remembered((kind) => {
    const parts = {
      marketId: market(kind.market),
      sourceId: source(kind.source),
      moment: MOMENTS.indexOf(kind.moment),
      side: SIDES.indexOf(kind.side),
      runnerId: runner(kind.runner),
    };
    return { kind: packKind(parts), parts };
  });
}

function storedPrices(connection: Connection, fixtureId: number): readonly PriceRow[] {
  return connection
    .tuples<PriceRow>(`SELECT ${PRICE_COLUMNS} FROM price WHERE fixture_id = ? ORDER BY ${PRICE_ORDER}`)
    .all(fixtureId);
}

/** The quotes that stored rows do not hold: both come in key order, and the last of equal keys is the latest. */
function newsOf(
  quotes: readonly KeyedQuote[],
  stored: readonly PriceRow[],
  outdated: (fileId: number) => boolean,
): KeyedQuote[] {
  const news: KeyedQuote[] = [];
  let next = 0;
  for (const keyed of quotes) {
    let latest: PriceRow | undefined;
    for (let row = stored[next]; row && comparePriceKeys(row, keyed.key) <= 0; row = stored[++next])
      latest = row;
    if (!latest || comparePriceKeys(latest, keyed.key) !== 0) news.push(keyed);
    else if (differs(latest, keyed.quote) && !outdated(latest[3])) news.push(keyed);
  }
  return news;
}

function differs([, , , , price, size]: PriceRow, quote: Quote): boolean {
  return price !== quote.price || size !== quote.size;
}
