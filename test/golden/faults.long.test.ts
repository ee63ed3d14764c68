import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import { type Ended, SAMPLE, stored, TWO_LINES, workplace } from "./binary.js";

const place = workplace();
const SEASON = readFileSync(`${SAMPLE}/2223/SIM1.csv`);
const NOTHING = "no database at ";

beforeAll(async () => {
  const { code } = await place.run(["ingest", "football-data", "--from", `${SAMPLE}/2223`, "-q"], {
    at: "good",
  });
  expect(code).toBe(0);
});

/** A database of the sample to spoil, under another name. */
function copyOfGood(name: string): string {
  const path = place.path(`${name}.db`);
  copyFileSync(place.path("good/data/statistico.db"), path);
  return path;
}

function expectProblem(ended: Ended, code: number, said: RegExp): void {
  expect(ended.stderr).toMatch(said);
  expect(ended.stderr).toMatch(TWO_LINES);
  expect(ended.code).toBe(code);
}

async function ingestOf(name: string, bytes: string | Uint8Array): Promise<Ended> {
  mkdirSync(place.path(name), { recursive: true });
  const file = name.startsWith("packed") ? "E0.csv.gz" : "E0.csv";
  writeFileSync(place.path(`${name}/${file}`), bytes);
  return place.run(["ingest", "football-data", "--from", file], { at: name });
}

describe.concurrent("a file that is none", () => {
  it.each([
    ["empty", new Uint8Array(0), /E0\.csv/],
    ["binary", Uint8Array.from({ length: 4096 }, (_, i) => (i * 131) % 256), /E0\.csv/],
    [
      "page",
      "<!DOCTYPE html>\n<html><head><title>Moved</title></head></html>\n",
      /E0\.csv:1 column 1 a web page/,
    ],
    ["packed-cut", gzipSync(SEASON).subarray(0, 9000), /E0\.csv\.gz is a damaged or truncated gzip file/],
    [
      "packed-bomb",
      gzipSync(Buffer.alloc(64 * 1024 * 1024)),
      /E0\.csv\.gz unpacks to more than its size allows/,
    ],
    ["packed-noise", Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), /E0\.csv\.gz is a damaged/],
  ] as const)("is refused with its name: %s", async (name, bytes, said) => {
    expectProblem(await ingestOf(name, bytes), 3, said);
    const { counts } = await stored(place.path(`${name}/data/statistico.db`));
    expect({ files: counts.files, results: counts.results }).toEqual({ files: 0, results: 0 });
  });

  it("beside good ones does not stop them", async () => {
    mkdirSync(place.path("mixed/files"), { recursive: true });
    writeFileSync(place.path("mixed/files/a.csv"), "");
    writeFileSync(place.path("mixed/files/b.csv"), SEASON);
    const { code, stderr } = await place.run(["ingest", "football-data", "--from", "files"], { at: "mixed" });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^refused: files\/a\.csv/m);
    expect(stderr).toMatch(/^240 fixtures in 1 file: 240 new, 0 changed, 0 same, 0 quarantined$/m);
  });

  it("is a quarantined row when it is a second heading inside a file", async () => {
    const lines = SEASON.toString("utf8").trimEnd().split(/\r?\n/);
    const twice = [...lines.slice(0, 11), lines[0], ...lines.slice(11)].join("\n");
    const { code, stdout } = await place.run(["ingest", "football-data", "--json", "--from", "-"], {
      at: "headings",
      input: twice,
    });
    expect(code).toBe(0);
    const { totals } = JSON.parse(stdout) as { totals: Record<string, number> };
    expect(totals.new).toBe(240);
    expect(totals.rows).toBe(240 + (totals.quarantined ?? 0) + (totals.blank ?? 0));
  });

  it("is refused when standard input says nothing, or the path is not there", async () => {
    expectProblem(await place.run(["ingest", "football-data", "--from", "-"]), 3, /-/);
    expectProblem(
      await place.run(["ingest", "football-data", "--from", "gone.csv"]),
      2,
      /no such file or folder, was gone\.csv/,
    );
  });
});

describe.concurrent("a wrong command line", () => {
  it.each([
    [["reslts"], /no command called reslts\n {2}try: did you mean results\b/],
    [
      ["ingest", "footbal-data"],
      /statistico ingest has no command footbal-data\n {2}try: did you mean football-data\b/,
    ],
    [["results", "--leage", "E0"], /unknown option '--leage'\n {2}try: did you mean --league\?/],
    [["results", "--limit", "ten"], /--limit: a whole number is wanted, was "ten"/],
    [["db", "restore", "gone.db"], /no such file, was gone\.db/],
    [["results", "--config", "gone.yaml"], /no configuration file at gone\.yaml/],
    [["ingest", "football-data", "--league", "E0"], /needs --league and --season/],
  ] as const)("%j ends with 2 and says what to type", async (args, said) => {
    expectProblem(await place.run(args, { at: "good" }), 2, said);
  });

  it("names the nearest league there is", async () => {
    expectProblem(
      await place.run(["fit", "--league", "SIM3"], { at: "good" }),
      3,
      /nothing of league SIM3[^\n]*\n {2}try: did you mean SIM/,
    );
  });

  it("in statistico.yaml is told with line and column", async () => {
    const spoilt = async (name: string, text: string): Promise<Ended> => {
      mkdirSync(place.path(name), { recursive: true });
      writeFileSync(place.path(`${name}/statistico.yaml`), text);
      return place.run(["leagues"], { at: name });
    };
    expectProblem(
      await spoilt("typo", "database: a.db\nsources:\n  football-data:\n    leages: [E0]\n"),
      2,
      /statistico\.yaml:4:5 unknown setting, was leages\n {2}try: did you mean leagues\?/,
    );
    expectProblem(await spoilt("range", "commission: 2\n"), 2, /statistico\.yaml:1:13 commission: /);
    expectProblem(await spoilt("syntax", "database: [a\ncommission: 0.1\n"), 2, /statistico\.yaml:\d+:\d+ /);
  });
});

describe.concurrent("a database that cannot serve", () => {
  it("is missing: nothing is made by reading", async () => {
    expectProblem(
      await place.run(["results"], { at: "none" }),
      3,
      new RegExp(`${NOTHING}\\S+statistico\\.db`),
    );
  });

  it("is damaged", async () => {
    const path = copyOfGood("damaged");
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096, Math.min(bytes.length, 200_000));
    writeFileSync(path, bytes);
    expectProblem(await place.run(["results", "--db", path]), 3, /the database is damaged: \S+damaged\.db/);
  });

  it("is another program's, or no database at all", async () => {
    const foreign = place.path("foreign.db");
    new Database(foreign).exec("CREATE TABLE recipes (id)").close();
    const before = readFileSync(foreign);
    expectProblem(await place.run(["results", "--db", foreign]), 3, /foreign\.db/);
    expectProblem(
      await place.run(["ingest", "football-data", "--from", `${SAMPLE}/2223`, "--db", foreign]),
      3,
      /foreign\.db/,
    );
    expect(readFileSync(foreign)).toEqual(before);
    writeFileSync(place.path("letter.db"), "Dear reader, ".repeat(100));
    expectProblem(
      await place.run(["results", "--db", place.path("letter.db")]),
      3,
      /not a database: \S+letter\.db/,
    );
  });

  it("has a newer schema", async () => {
    const path = copyOfGood("newer");
    const database = new Database(path);
    database.pragma("user_version = 9999");
    database.close();
    expectProblem(await place.run(["results", "--db", path]), 3, /newer/);
  });

  it("is locked by another process: one line, after the wait for it", async () => {
    const path = copyOfGood("locked");
    const holder = new Database(path);
    holder.exec("BEGIN EXCLUSIVE");
    const ended = await place.run(["ingest", "football-data", "--from", `${SAMPLE}/2324`, "--db", path]);
    holder.exec("ROLLBACK");
    holder.close();
    expectProblem(ended, 1, /the database is locked by another process: \S+locked\.db/);
  });
});

describe.concurrent("a disk that says no", () => {
  // RLIMIT_FSIZE, in blocks of 1 KiB.
  it("keeps an answer from its file, and the file as it was", async () => {
    writeFileSync(place.path("small.json"), "as it was");
    const ended = await place.shell(
      `ulimit -f 1; trap '' XFSZ; "$S" price --home-rate 1.8 --away-rate 1.1 --json -o small.json`,
    );
    expectProblem(ended, 1, /disk full while writing small\.json/);
    expect(readFileSync(place.path("small.json"), "utf8")).toBe("as it was");
  });

  it("keeps a season from the database, and the database as it was", async () => {
    const path = copyOfGood("limited");
    const ended = await place.shell(
      `ulimit -f 900; trap '' XFSZ; "$S" ingest football-data --from ${SAMPLE}/2324 --db ${path}`,
    );
    expectProblem(ended, 1, /cannot write to the database: \S+limited\.db/);
    expect(await stored(path)).toMatchObject({ problems: [], counts: { results: 422 } });
  });
});

describe("a bug", () => {
  it("is never what an operator's problem looks like, and --debug alone shows a trace", async () => {
    const [plain, debug] = await Promise.all([
      place.run(["fit", "--league", "NONE"], { at: "good" }),
      place.run(["fit", "--league", "NONE", "--debug"], { at: "good" }),
    ]);
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    expect(debug.stderr).toMatch(/^\s+at /m);
    expect(debug.code).toBe(plain.code);
  });
});
