import { existsSync, readFileSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { schemaText } from "../../../src/warehouse/sqlite/check.js";
import { migrate } from "../../../src/warehouse/sqlite/migrate.js";
import { type Migration, migrations, schemaVersion } from "../../../src/warehouse/sqlite/migrations.js";
import { scratchFolder } from "../../support/scratch.js";

const scratch = scratchFolder();
const next = schemaVersion + 1;
const added: Migration = { version: next, sql: "ALTER TABLE country ADD COLUMN code TEXT;" };
const broken: Migration = {
  version: next,
  sql: "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE meta (x);",
};

function filled(name: string): Database.Database {
  const database = new Database(scratch(name));
  migrate(database, scratch(name), migrations);
  database.exec("INSERT INTO country (name) VALUES ('England')");
  return database;
}

describe("migrations", () => {
  it("are numbered 1, 2, 3, ...", () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, i) => i + 1));
  });

  it("make the schema that is written out", () => {
    const database = new Database(":memory:");
    migrate(database, ":memory:", migrations);
    const golden = readFileSync(new URL("../schema.sql", import.meta.url), "utf8");
    expect(`${schemaText(database)}\n`).toBe(golden);
  });

  it("copy a database with content before they touch it", () => {
    const database = filled("old.db");
    const copy = migrate(database, scratch("old.db"), [...migrations, added]);
    expect(copy).toBe(`${scratch("old.db")}.schema-${schemaVersion}.backup`);
    expect(database.prepare("SELECT name, code FROM country").get()).toEqual({ name: "England", code: null });
    expect(database.pragma("user_version", { simple: true })).toBe(next);
    const backup = new Database(copy ?? "", { readonly: true });
    expect(backup.pragma("user_version", { simple: true })).toBe(schemaVersion);
    expect(backup.prepare("SELECT * FROM country").all()).toEqual([{ id: 1, name: "England" }]);
    expect(statSync(copy ?? "").mode & 0o777).toBe(0o600);
  });

  it("give the same schema to an old database as to a new one", () => {
    const old = filled("grown.db");
    migrate(old, scratch("grown.db"), [...migrations, added]);
    const fresh = new Database(scratch("fresh.db"));
    expect(migrate(fresh, scratch("fresh.db"), [...migrations, added])).toBeNull();
    expect(schemaText(old)).toBe(schemaText(fresh));
    expect(existsSync(`${scratch("fresh.db")}.schema-0.backup`)).toBe(false);
  });

  it("do nothing, and copy nothing, when there is nothing to do", () => {
    const database = filled("current.db");
    expect(migrate(database, scratch("current.db"), migrations)).toBeNull();
  });

  it("leave everything as it was when a step fails", () => {
    const database = filled("broken.db");
    const before = schemaText(database);
    expect(() => migrate(database, scratch("broken.db"), [...migrations, broken])).toThrow("already exists");
    expect(schemaText(database)).toBe(before);
    expect(database.pragma("user_version", { simple: true })).toBe(schemaVersion);
  });

  it("never replace an earlier backup", () => {
    const database = filled("twice.db");
    expect(() => migrate(database, scratch("twice.db"), [...migrations, broken])).toThrow();
    expect(migrate(database, scratch("twice.db"), [...migrations, added])).toMatch(/\.backup\.2$/);
  });
});
