import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { Warehouse } from "../../../src/warehouse/port.js";
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { restoreSqlite } from "../../../src/warehouse/sqlite/restore.js";
import { file, record, seasonRecords } from "../../support/records.js";
import { scratchFolder } from "../../support/scratch.js";

const scratch = scratchFolder();

function open(name: string, mode: "read" | "write" = "write"): Warehouse {
  return openSqlite(scratch(name), { mode, clock: { now: () => 0 }, busyTimeoutMs: 20 });
}

async function hashOf(name: string): Promise<string> {
  const warehouse = open(name, "read");
  const hash = await warehouse.contentHash();
  await warehouse.close();
  return hash;
}

describe("a backup", () => {
  it("is a sound copy for the owner alone, and the original goes on", async () => {
    const warehouse = open("a.db");
    await warehouse.writeFile(file(seasonRecords()));
    await warehouse.backup(scratch("a.backup"));
    const hash = await warehouse.contentHash();
    expect(await hashOf("a.backup")).toBe(hash);
    expect(statSync(scratch("a.backup")).mode & 0o777).toBe(0o600);
    await warehouse.writeFile(file([record({ season: 2000, day: 11_000 })]));
    expect(await hashOf("a.backup")).toBe(hash);
    await warehouse.close();
  });

  it("can be taken while only reading", async () => {
    const reader = open("a.db", "read");
    await reader.backup(scratch("reader.backup"));
    expect(await hashOf("reader.backup")).toBe(await reader.contentHash());
    await reader.close();
  });

  it("replaces nothing", async () => {
    writeFileSync(scratch("precious"), "mine");
    const warehouse = open("a.db");
    await expect(warehouse.backup(scratch("precious"))).rejects.toMatchObject({ kind: "usage" });
    await warehouse.close();
  });

  it("that cannot be written leaves nothing behind", async () => {
    const warehouse = open("a.db");
    writeFileSync(scratch("plain"), "a file, no folder");
    await expect(warehouse.backup(scratch("plain/b.backup"))).rejects.toThrow();
    expect(readdirSync(scratch(".")).filter((name) => name.endsWith(".partial"))).toEqual([]);
    await warehouse.close();
  });

  it("taken between writes always holds a whole number of files", async () => {
    const warehouse = open("prefix.db");
    const hashes = new Set<string>();
    const taken: string[] = [];
    for (let season = 2000; season < 2006; season++) {
      await warehouse.writeFile(file(seasonRecords({ season, books: ["PS"] })));
      hashes.add(await warehouse.contentHash());
      taken.push(`prefix-${season}.backup`);
      await warehouse.backup(scratch(`prefix-${season}.backup`));
    }
    for (const name of taken) expect(hashes).toContain(await hashOf(name));
    await warehouse.close();
  });
});

describe("restoring", () => {
  it("brings a backup back and keeps what stood there", async () => {
    const warehouse = open("b.db");
    await warehouse.writeFile(file([record()]));
    await warehouse.backup(scratch("b.backup"));
    const [before] = [await warehouse.contentHash()];
    await warehouse.writeFile(file([record({ home: "Hull" })]));
    const after = await warehouse.contentHash();
    await warehouse.close();
    expect(restoreSqlite(scratch("b.backup"), scratch("b.db"))).toBe(`${scratch("b.db")}.replaced`);
    expect(await hashOf("b.db")).toBe(before);
    expect(await hashOf("b.db.replaced")).toBe(after);
    expect(statSync(scratch("b.db")).mode & 0o777).toBe(0o600);
    const again = open("b.db");
    expect(await again.writeFile(file([record({ home: "Hull" })]))).toMatchObject({ new: 1 });
    expect(await again.contentHash()).toBe(after);
    await again.close();
  });

  it("needs nothing to be there", () => {
    expect(restoreSqlite(scratch("b.backup"), scratch("elsewhere.db"))).toBeNull();
    expect(existsSync(scratch("elsewhere.db"))).toBe(true);
  });

  it("replaces a damaged database, whatever log it left", async () => {
    writeFileSync(scratch("c.db"), "no database at all".repeat(1000));
    writeFileSync(scratch("c.db-wal"), "nor a log");
    restoreSqlite(scratch("b.backup"), scratch("c.db"));
    expect(await hashOf("c.db")).toBe(await hashOf("b.backup"));
  });

  it("refuses what is no backup of ours and touches nothing", async () => {
    const before = await hashOf("b.db");
    writeFileSync(scratch("text"), "text".repeat(2000));
    new Database(scratch("foreign")).exec("CREATE TABLE t (x)").close();
    for (const name of ["missing", "text", "foreign"])
      expect(() => restoreSqlite(scratch(name), scratch("b.db"))).toThrow(
        expect.objectContaining({ kind: "data" }),
      );
    expect(await hashOf("b.db")).toBe(before);
    expect(existsSync(`${scratch("b.db")}.restoring`)).toBe(false);
  });

  it("refuses to replace a database that is being written", () => {
    const other = new Database(scratch("b.db"));
    other.exec("BEGIN IMMEDIATE");
    expect(() => restoreSqlite(scratch("b.backup"), scratch("b.db"), { busyTimeoutMs: 20 })).toThrow(
      "locked",
    );
    other.close();
  });
});
