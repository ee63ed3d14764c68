import Database from "better-sqlite3";
import { migrate } from "../../src/warehouse/sqlite/migrate.js";
import { migrations } from "../../src/warehouse/sqlite/migrations.js";

const TABLES = ["fixture", "result", "match_statistics", "price"] as const;

/** The rows that one file gave, by table. */
export type Rows = ReadonlyMap<string, readonly unknown[]>;

/** Rows of each file of a written database, one file at a time. */
export function* rowsByFile(path: string): Generator<Rows> {
  const database = new Database(path, { readonly: true });
  const files = database.prepare("SELECT max(file_id) FROM price").pluck().get() as number;
  const select = new Map(
    TABLES.map((table) => [table, database.prepare(`SELECT * FROM ${table} WHERE file_id = ?`).raw()]),
  );
  // Prices are clustered by fixture: without an index a file's rows would be looked for among all of them.
  const range = database.prepare("SELECT min(id), max(id) FROM fixture WHERE file_id = ?").raw();
  const prices = database
    .prepare("SELECT * FROM price WHERE fixture_id BETWEEN ? AND ? AND file_id = ?")
    .raw();
  for (let file = 1; file <= files; file++) {
    const [first, last] = range.get(file) as [number, number];
    yield new Map(
      TABLES.map((table) => [
        table,
        table === "price" ? prices.all(first, last, file) : (select.get(table)?.all(file) ?? []),
      ]),
    );
  }
  database.close();
}

/**
 * The least that anybody could do with the same rows: one prepared insert a row, one transaction a file, no check of
 * any kind. Returns the milliseconds of the inserts alone.
 */
export function insertBare(path: string, files: Iterable<Rows>): number {
  const database = new Database(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  migrate(database, path, migrations);
  database.pragma("foreign_keys = OFF");
  const insert = new Map(TABLES.map((table) => [table, database.prepare(insertSql(database, table))]));
  let spent = 0;
  for (const rows of files) {
    const start = performance.now();
    database.transaction(() => {
      for (const table of TABLES) for (const row of rows.get(table) ?? []) insert.get(table)?.run(row);
    })();
    spent += performance.now() - start;
  }
  const start = performance.now();
  database.close();
  return spent + performance.now() - start;
}

function insertSql(database: Database.Database, table: string): string {
  const columns = database.prepare(`SELECT * FROM ${table}`).columns();
  return `INSERT INTO ${table} VALUES (${columns.map(() => "?").join(", ")})`;
}
