import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Ended, SAMPLE, stored, TWO_LINES, workplace } from "./binary.js";

const place = workplace();

function run(...args: readonly string[]): Promise<Ended> {
  return place.run(args, { at: "home-of-it" });
}

async function json<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse((await run(...args, "--json")).stdout) as T;
}

const contentOf = async (name: string): Promise<string> =>
  (await stored(place.path(`home-of-it/${name}`))).contentHash;
const content = (): Promise<string> => contentOf("data/statistico.db");

/** Modes of everything under a folder, as "0600" for files and "0700" for folders. */
function modesUnder(folder: string): Set<string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Set(
    entries.map((entry) => {
      const mode = (statSync(`${entry.parentPath}/${entry.name}`).mode & 0o7777).toString(8).padStart(4, "0");
      return `${entry.isDirectory() ? "folder" : "file"} ${mode}`;
    }),
  );
}

beforeAll(async () => {
  expect(
    (
      await run(
        "ingest",
        "football-data",
        "--from",
        `${SAMPLE}/2223/SIM2.csv`,
        `${SAMPLE}/2324/SIM2.csv`,
        "-q",
      )
    ).code,
  ).toBe(0);
});

describe("the database's own commands", () => {
  it("backup and restore bring the content back, and keep what stood there", async () => {
    const before = await content();
    expect((await run("db", "backup", "monday.db")).stderr).toBe("monday.db: a verified copy\n");
    expect(await contentOf("monday.db")).toBe(before);
    await run("ingest", "football-data", "--from", `${SAMPLE}/2425/SIM2.csv`, "-q");
    const later = await content();
    expect(later).not.toBe(before);
    const restored = await run("db", "restore", "monday.db");
    expect(restored.stderr).toMatch(/^restored monday\.db; what stood there is kept as \S+\.replaced\n$/);
    expect(await content()).toBe(before);
    const replaced = await json<{ contentHash: string }>(
      "db",
      "check",
      "--db",
      "data/statistico.db.replaced",
    );
    expect(replaced.contentHash).toBe(later);
    expect((await run("db", "backup", "monday.db")).code).toBe(2);
  });

  it("a backup without a name is found beside the database; damaged, it is refused and nothing is replaced", async () => {
    const before = await content();
    const { to } = await json<{ to: string }>("db", "backup");
    expect(to).toMatch(/data\/backups\/statistico-\d{4}-\d\d-\d\dT\d+\.db$/);
    writeFileSync(to, readFileSync(to).fill(0x33, 4096, 120_000));
    const { code, stderr } = await run("db", "restore", to);
    expect(code).toBe(3);
    expect(stderr).toMatch(TWO_LINES);
    expect(await content()).toBe(before);
  });

  it("check tells the same content, and how much there is of it", async () => {
    const { contentHash, counts } = await json<{ contentHash: string; counts: object }>("db", "check");
    expect(contentHash).toBe(await content());
    expect(counts).toMatchObject({ leagues: 1, results: 2 * 14 * 13, quarantine: 0 });
  });

  // The backup that stands there now lacks a season that the raw files have.
  it("rebuild replaces nothing where the raw files say otherwise", async () => {
    const before = await content();
    const { code, stderr } = await run("db", "rebuild");
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /the archive gives other content than \S+ holds; the new database is \S+\.rebuild\n/,
    );
    expect(await content()).toBe(before);
  });

  it("rebuild gives the same content from the raw files alone", async () => {
    await run("ingest", "football-data", "--from", `${SAMPLE}/2425/SIM2.csv`, "-q");
    const before = await content();
    const { stderr } = await run("db", "rebuild");
    expect(stderr).toMatch(/^3 files, \d+ rows; content [0-9a-f]{16}, as before\n$/);
    expect(await content()).toBe(before);
    expect(readdirSync(place.path("home-of-it/data")).filter((name) => name.includes("rebuild"))).toEqual([]);
  });

  it("files are their owner's alone", () => {
    expect(modesUnder(place.path("home-of-it/data"))).toEqual(new Set(["folder 0700", "file 0600"]));
    expect(statSync(place.path("home-of-it/data")).mode & 0o777).toBe(0o700);
  });
});

describe.concurrent("db sql", () => {
  it("answers in every format", async () => {
    const query = "SELECT 1 AS one, 'two' AS two";
    expect(await json("db", "sql", query)).toMatchObject({
      rows: [{ one: 1, two: "two" }],
      truncated: false,
    });
    expect((await run("db", "sql", query, "--csv")).stdout).toBe("one,two\n1,two\n");
  });

  it.each([
    "INSERT INTO league (code) VALUES ('X')",
    "PRAGMA user_version = 3",
    "ATTACH 'other.db' AS other",
    "SELECT 1; SELECT 2",
  ])("refuses %s", async (query) => {
    const { code, stdout, stderr } = await run("db", "sql", query);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^statistico: cannot run the query: /);
    expect(existsSync(place.path("home-of-it/other.db"))).toBe(false);
  });

  it("stops what takes too long and cuts what is too much", async () => {
    const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT";
    const [stopped, cut] = await Promise.all([
      run("db", "sql", `${endless} max(i) FROM n`, "--timeout", "1"),
      json<{ rows: object[]; truncated: boolean }>("db", "sql", `${endless} i FROM n`, "--limit", "7"),
    ]);
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(/the query was stopped after 1000 ms/);
    expect(cut).toMatchObject({ truncated: true, rows: { length: 7 } });
  });
});

describe("a club under two names", () => {
  // A season of the sample, and the next with one club spelt anew.
  const [OLD, NEW] = ["Amber Crag", "Amber Craig"];
  const at = "names";
  const named = (...args: readonly string[]): Promise<Ended> => place.run(args, { at });
  const clubs = async (): Promise<string[]> =>
    (JSON.parse((await named("teams", "list", "--json")).stdout) as { teams: { team: string }[] }).teams.map(
      ({ team }) => team,
    );

  beforeAll(async () => {
    await named("ingest", "football-data", "--from", `${SAMPLE}/2223/SIM2.csv`, "-q");
    const next = readFileSync(`${SAMPLE}/2324/SIM2.csv`, "utf8").replaceAll(OLD, NEW);
    await place.run(["ingest", "football-data", "--from", "-", "-q"], { at, input: next });
  });

  it("is asked about, merged by an alias, and stays merged in a database made anew", async () => {
    expect(await clubs()).toEqual(expect.arrayContaining([OLD, NEW]));
    const asked = await named("teams", "unknown");
    expect(asked.stdout).toContain(NEW);
    expect(asked.stderr).toContain(`statistico teams alias "${NEW}" "${OLD}" --country "Simulated"`);

    const dry = await named("teams", "alias", NEW, OLD, "--dry-run");
    expect(dry.code).toBe(0);
    expect(await clubs()).toContain(NEW);

    const { stderr } = await named("teams", "alias", NEW, OLD);
    expect(stderr).toMatch(/two clubs became one, 26 fixtures moved/);
    expect(await clubs()).not.toContain(NEW);
    const { stdout } = await named("team", OLD, "--json");
    expect((JSON.parse(stdout) as { seasons: object[] }).seasons).toHaveLength(2);
    expect((await named("teams", "unknown")).stderr).toMatch(/^0 names wait/);

    expect((await named("db", "rebuild")).stderr).toMatch(/, as before\n$/);
    expect(await clubs()).not.toContain(NEW);
  });

  it("is not merged with a club that does not exist", async () => {
    const { code, stderr } = await named("teams", "alias", "Nobody", "Amber Krag");
    expect(code).toBe(3);
    expect(stderr).toMatch(/no club called Amber Krag\n {2}try: did you mean Amber Crag/);
  });
});
