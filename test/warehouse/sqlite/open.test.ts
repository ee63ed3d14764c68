import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { Warehouse } from "../../../src/warehouse/port.js";
import { schemaVersion } from "../../../src/warehouse/sqlite/migrations.js";
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { file, record, seasonRecords } from "../../support/records.js";
import { scratchFolder } from "../../support/scratch.js";

const scratch = scratchFolder();
const clock = { now: () => 0 };

function open(name: string, mode: "read" | "write" = "write"): Warehouse {
  return openSqlite(scratch(name), { mode, clock, busyTimeoutMs: 20 });
}

/** The file mode's permission bits as `ls` would name them: 0o600 is the owner's alone. */
function permissions(path: string): number {
  return statSync(path).mode & 0o777;
}

describe("opening", () => {
  it("makes a database, its folders and its side files for the owner alone", async () => {
    const warehouse = open("new/folder/statistico.db");
    await warehouse.writeFile(file([record()]));
    const names = readdirSync(scratch("new/folder")).sort();
    expect(names).toEqual(["statistico.db", "statistico.db-shm", "statistico.db-wal"]);
    for (const name of names) expect(permissions(scratch(`new/folder/${name}`))).toBe(0o600);
    await warehouse.close();
    expect(readdirSync(scratch("new/folder"))).toEqual(["statistico.db"]);
  });

  it("for reading sees what was written, and cannot write", async () => {
    const writer = open("shared.db");
    const reader = openSqlite(scratch("shared.db"), { mode: "read", clock });
    await writer.writeFile(file([record()]));
    expect(await reader.fixtures({})).toHaveLength(1);
    expect(await reader.contentHash()).toBe(await writer.contentHash());
    await expect(reader.writeFile(file([record({ home: "Hull" })]))).rejects.toMatchObject({
      kind: "failed",
    });
    await reader.close();
    await writer.close();
  });

  it("for reading says when there is no database, and makes none", () => {
    expect(() => open("none.db", "read")).toThrow(`no database at ${scratch("none.db")}`);
    expect(existsSync(scratch("none.db"))).toBe(false);
    writeFileSync(scratch("empty.db"), "");
    expect(() => open("empty.db", "read")).toThrow("no database at");
  });

  it.each(["read", "write"] as const)("to %s refuses what is not a database", (mode) => {
    writeFileSync(scratch("text.db"), "Div,Date,HomeTeam\n".repeat(200));
    const refusal = { kind: "data", message: `not a database: ${scratch("text.db")}` };
    expect(() => open("text.db", mode)).toThrow(expect.objectContaining(refusal));
    expect(readFileSync(scratch("text.db"), "utf8")).toMatch(/^Div,/);
  });

  it.each(["read", "write"] as const)(
    "to %s refuses another program's database and leaves it alone",
    (mode) => {
      const path = scratch(`foreign-${mode}.db`);
      const foreign = new Database(path);
      foreign.exec("CREATE TABLE bookmark (url TEXT)");
      foreign.close();
      const before = readFileSync(path);
      const refusal = { kind: "data", message: `not a statistico database: ${path}` };
      expect(() => open(`foreign-${mode}.db`, mode)).toThrow(expect.objectContaining(refusal));
      expect(readFileSync(path).equals(before)).toBe(true);
    },
  );

  it.each(["read", "write"] as const)("to %s refuses a newer schema", async (mode) => {
    await open(`newer-${mode}.db`).close();
    const database = new Database(scratch(`newer-${mode}.db`));
    database.pragma("user_version = 99");
    database.close();
    const refusal = { kind: "data", message: expect.stringContaining("schema 99") };
    expect(() => open(`newer-${mode}.db`, mode)).toThrow(expect.objectContaining(refusal));
  });

  it("names the file when another process holds the lock", async () => {
    const warehouse = open("busy.db");
    const other = new Database(scratch("busy.db"));
    other.exec("BEGIN IMMEDIATE");
    const refusal = {
      kind: "failed",
      message: `the database is locked by another process: ${scratch("busy.db")}`,
    };
    await expect(warehouse.writeFile(file([record()]))).rejects.toMatchObject(refusal);
    expect(await warehouse.fixtures({})).toEqual([]);
    other.exec("ROLLBACK");
    other.close();
    expect(await warehouse.writeFile(file([record()]))).toMatchObject({ new: 1 });
    await warehouse.close();
  });

  it("asks the disk to wait for every commit when told", () => {
    expect(() => openSqlite(scratch("full.db"), { mode: "write", clock, synchronous: "FULL" })).not.toThrow();
  });

  it("sets a database up as documented", async () => {
    await open("settings.db").close();
    const database = new Database(scratch("settings.db"));
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(database.pragma("user_version", { simple: true })).toBe(schemaVersion);
    // "STAT" in ASCII.
    expect(database.pragma("application_id", { simple: true })).toBe(0x53_54_41_54);
    const loose = database
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict")
      .pluck()
      .all();
    expect(loose).toEqual(["sqlite_schema"]);
    database.close();
  });
});

describe("a file that was damaged", () => {
  it("is a problem of the operator's, never a crash, wherever it was hit", async () => {
    const warehouse = open("sound.db");
    await warehouse.writeFile(file(seasonRecords({ books: ["B365", "PS", "Max"] })));
    await warehouse.contentHash();
    await warehouse.close();
    const sound = readFileSync(scratch("sound.db"));
    let found = 0;
    for (let round = 0; round < 45; round++) {
      const bytes = Buffer.from(sound);
      const at = (round * 7919 * 61) % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (round % 8)), at);
      writeFileSync(scratch("flipped.db"), bytes);
      found += (await problemsOf("flipped.db")) > 0 ? 1 : 0;
    }
    // A flip in a page's unused space changes nothing: most of the file is in use, but every small table has a page.
    expect(found).toBeGreaterThan(15);
  });

  it.each([
    ["cut in half", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["with a page of zeros", (bytes: Buffer) => Buffer.from(bytes).fill(0, 8192, 12_288)],
  ])("%s is found by check", async (_, damage) => {
    writeFileSync(scratch("damaged.db"), damage(readFileSync(scratch("sound.db"))));
    expect(await problemsOf("damaged.db")).toBeGreaterThan(0);
  });

  it("tells of content that another program changed", async () => {
    writeFileSync(scratch("changed.db"), readFileSync(scratch("sound.db")));
    const database = new Database(scratch("changed.db"));
    database.exec("UPDATE result SET home_goals = home_goals + 1 WHERE fixture_id = 1");
    database.close();
    const warehouse = open("changed.db", "read");
    expect(await warehouse.check()).toEqual([expect.stringContaining("changed by another program")]);
    await warehouse.close();
  });

  it("tells of a schema that another program changed", async () => {
    writeFileSync(scratch("schema.db"), readFileSync(scratch("sound.db")));
    const database = new Database(scratch("schema.db"));
    database.exec("DROP INDEX fixture_home");
    database.close();
    const warehouse = open("schema.db", "read");
    expect(await warehouse.check()).toEqual(["the schema is not the one this version makes"]);
    await warehouse.close();
  });
});

/** Problems found by reading everything and by `check`; anything but a StatisticoError is thrown on. */
async function problemsOf(name: string): Promise<number> {
  let warehouse: Warehouse | null = null;
  try {
    warehouse = open(name, "read");
    const problems = await warehouse.check();
    await warehouse.matches({});
    await warehouse.prices({});
    await warehouse.contentHash();
    return problems.length;
  } catch (error) {
    expect(error).toMatchObject({ name: "StatisticoError", kind: expect.stringMatching(/^(data|failed)$/) });
    return 1;
  } finally {
    await warehouse?.close();
  }
}
