import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { Connection } from "../../../src/warehouse/sqlite/connection.js";
import { readCounts } from "../../../src/warehouse/sqlite/counts.js";
import { guarded, operatorsProblem } from "../../../src/warehouse/sqlite/fault.js";
import { migrate } from "../../../src/warehouse/sqlite/migrate.js";
import { migrations } from "../../../src/warehouse/sqlite/migrations.js";
import { writeFile } from "../../../src/warehouse/sqlite/write-file.js";
import { file, record, seasonRecords } from "../../support/records.js";
import { scratchFolder } from "../../support/scratch.js";

const scratch = scratchFolder();

describe("a fault", () => {
  it.each([
    ["SQLITE_BUSY", "failed", "locked"],
    ["SQLITE_BUSY_SNAPSHOT", "failed", "locked"],
    ["SQLITE_CORRUPT_VTAB", "data", "damaged"],
    ["SQLITE_NOTADB", "data", "not a database"],
    ["SQLITE_FULL", "failed", "disk full"],
    ["SQLITE_READONLY_DBMOVED", "failed", "cannot write"],
    ["SQLITE_IOERR_FSYNC", "failed", "SQLITE_IOERR_FSYNC"],
    ["SQLITE_CANTOPEN", "failed", "cannot open"],
  ])("%s is the operator's problem: %s", (code, kind, words) => {
    const problem = operatorsProblem(new Database.SqliteError("it said", code), "a.db");
    expect(problem).toMatchObject({ name: "StatisticoError", kind, hint: expect.stringMatching(/./) });
    expect(problem).toMatchObject({ message: expect.stringMatching(new RegExp(`${words}.*|.*${words}`)) });
    expect(problem).toMatchObject({ message: expect.stringContaining("a.db") });
  });

  it("of ours stays what it is", () => {
    const error = new Database.SqliteError("constraint", "SQLITE_CONSTRAINT_CHECK");
    expect(operatorsProblem(error, "a.db")).toBe(error);
    const bug = new TypeError("x");
    expect(() =>
      guarded("a.db", () => {
        throw bug;
      }),
    ).toThrow(bug);
  });

  it("disk full leaves the files before it whole", () => {
    const path = scratch("full.db");
    const database = new Database(path);
    migrate(database, path, migrations);
    const connection = new Connection(database, path, { now: () => 0 }, true);
    writeFile(connection, file([record()]));
    const before = readCounts(connection);
    database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true })) + 5}`);
    const write = (): unknown => guarded(path, () => writeFile(connection, file(seasonRecords())));
    expect(write).toThrow(
      expect.objectContaining({ kind: "failed", message: expect.stringContaining("disk full") }),
    );
    expect(readCounts(connection)).toEqual(before);
    database.pragma("max_page_count = 1000000");
    expect(write()).toMatchObject({ new: 132 });
    connection.close();
  });
});
