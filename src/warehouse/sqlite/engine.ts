import Database from "better-sqlite3";

/** Version of the SQLite that is compiled in, "3.53.2". */
export function sqliteVersion(): string {
  const database = new Database(":memory:");
  try {
    return String(database.prepare("SELECT sqlite_version()").pluck().get());
  } finally {
    database.close();
  }
}
