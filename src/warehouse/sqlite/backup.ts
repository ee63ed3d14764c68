import { existsSync, renameSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { StatisticoError } from "../../core/errors.js";
import { tableNames } from "./counts.js";
import { createPrivate, syncFile } from "./private-file.js";

/**
 * Write a consistent copy of an open database to `path`, mode 0600, and verify it: engine check and row counts.
 *
 * The copy appears under its name only when it is whole and on disk. Throws StatisticoError when `path` exists.
 */
export function copyDatabase(database: Database.Database, path: string): void {
  if (existsSync(path))
    throw new StatisticoError("usage", `the backup exists already, was "${path}"`, "name another file");
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  createPrivate(partial);
  try {
    const before = rowCounts(database);
    database.prepare("VACUUM INTO ?").run(partial);
    verifyCopy(partial, before, rowCounts(database));
    syncFile(partial);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Throws StatisticoError unless the file is sound. */
export function verifySound(database: Database.Database, path: string): void {
  const verdict = database.pragma("quick_check(1)", { simple: true });
  if (verdict !== "ok")
    throw new StatisticoError(
      "data",
      `the database is damaged: ${path}: ${String(verdict)}`,
      "use another backup",
    );
}

/** Others may write meanwhile: a table of the copy lies between its sizes before and after. */
function verifyCopy(path: string, before: RowCounts, after: RowCounts): void {
  const copy = new Database(path, { readonly: true, fileMustExist: true });
  try {
    verifySound(copy, path);
    for (const [table, rows] of rowCounts(copy)) {
      const bounds = [before.get(table) ?? 0, after.get(table) ?? 0];
      if (rows < Math.min(...bounds) || rows > Math.max(...bounds))
        throw new StatisticoError(
          "failed",
          `the copy is not whole: ${path}: ${table} has ${rows} rows`,
          "try again",
        );
    }
  } finally {
    copy.close();
  }
}

type RowCounts = ReadonlyMap<string, number>;

function rowCounts(database: Database.Database): RowCounts {
  const count = (table: string): number =>
    Number(database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
  return new Map(tableNames(database).map((table) => [table, count(table)]));
}
