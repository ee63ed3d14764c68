import { readFileSync, statSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/command-table.js";
import { type Ended, each, workplace } from "./binary.js";
import { ESCAPE, jsonFault, NOT_ASKED, preparePlace, QUESTIONS, SHOWN, words } from "./questions.js";

const place = workplace();
const FEW = ["results", "--league", "SIM1", "--limit", "3"];
const WIDE =
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i, hex(zeroblob(250)) x FROM n";

beforeAll(() => preparePlace(place));

describe("every command's answer", () => {
  it("is asked for here", () => {
    const asked = new Set([...QUESTIONS.map((question) => words(question)[0]), ...NOT_ASKED]);
    expect(COMMANDS.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
  });

  it("is one JSON document with a schema and no colour, for some of them; the long suite asks all", async () => {
    const some = SHOWN.filter((_, at) => at % 4 === 0);
    expect(await each(some, (question) => jsonFault(place, question))).toEqual(some.map(() => null));
  });
});

describe("formats", () => {
  const FORMATS = ["table", "csv", "jsonl", "md", "json"] as const;
  let answers: Readonly<Record<string, Ended>>;
  const told = (format: (typeof FORMATS)[number]): string => answers[format]?.stdout ?? "";

  beforeAll(async () => {
    const runs = await each(FORMATS, (format) =>
      place.run(format === "table" ? FEW : [...FEW, `--${format}`]),
    );
    answers = Object.fromEntries(FORMATS.map((format, at) => [format, runs[at]]));
  });

  it("are one at a time", async () => {
    const { code, stdout, stderr } = await place.run([...FEW, "--json", "--csv"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("an answer has one form, was --json and --csv");
  });

  it("give the same rows as table, CSV, JSON lines, Markdown and JSON", () => {
    expect(told("table").split("\n")).toHaveLength(2 + 3 + 1);
    const [head, ...rows] = told("csv").trimEnd().split("\n");
    expect(head).toMatch(/^fixtureId,league,season,date,kickOff,home,away,homeGoals,awayGoals/);
    expect(rows).toHaveLength(3);
    const lines = told("jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual((JSON.parse(told("json")) as { results: object[] }).results);
    expect(told("md").split("\n")[1]).toMatch(/^\|( ?:?-+:? ?\|)+$/);
    expect(told("md").trimEnd().split("\n")).toHaveLength(2 + 3);
  });

  it("colour headings when colour is forced, unless NO_COLOR or --no-color say otherwise", async () => {
    const colour = async (args: readonly string[], env: Record<string, string>): Promise<boolean> =>
      (await place.run([...FEW, ...args], { env: { FORCE_COLOR: "1", ...env } })).stdout.includes(ESCAPE);
    expect(
      await Promise.all([colour([], {}), colour([], { NO_COLOR: "1" }), colour(["--no-color"], {})]),
    ).toEqual([true, false, false]);
    expect(told("table")).not.toContain(ESCAPE);
  });

  it("may be asked for before the command's name as well as after it", async () => {
    expect(await place.run(["--json", ...FEW])).toEqual(answers.json);
  });

  it("go to the file of -o as they would have gone to stdout, which is what - means", async () => {
    const [dash, file] = await each(["-", "deep/answer.csv"], (output) =>
      place.run([...FEW, "--csv", "-o", output]),
    );
    expect(dash).toEqual(answers.csv);
    expect(file.stdout).toBe("");
    expect(readFileSync(place.path("deep/answer.csv"), "utf8")).toBe(told("csv"));
  });

  it("are equal in every time zone", async () => {
    const zones = await each(["UTC", "Pacific/Auckland", "America/St_Johns"], (TZ) =>
      place.run(["results", "--league", "SIM2", "--json"], { env: { TZ } }),
    );
    expect(new Set(zones.map(({ stdout }) => stdout)).size).toBe(1);
    expect(zones[0].stdout.length).toBeGreaterThan(10_000);
  });
});

describe("-o", () => {
  it("leaves the file as it was when the command fails", async () => {
    writeFileSync(place.path("kept.txt"), "before");
    const { code } = await place.run(["results", "--league", "NONE", "-o", "kept.txt"]);
    expect(code).toBe(3);
    expect(readFileSync(place.path("kept.txt"), "utf8")).toBe("before");
  });
});

describe("a pipe", () => {
  it("carries five megabytes to a slow reader whole", async () => {
    const query = `"$S" db sql "${WIDE}" --csv`;
    const { stdout } = await place.shell(`${query} -o wide.csv; ${query} | (sleep 0.3; wc -c)`);
    const { size } = statSync(place.path("wide.csv"));
    expect(size).toBeGreaterThan(5_000_000);
    expect(Number(stdout)).toBe(size);
  });

  it("that is closed early ends the command quietly", async () => {
    const { stdout, stderr } = await place.shell(
      `"$S" db sql "${WIDE}" --csv -q | head -1; echo "\${PIPESTATUS[0]}"`,
    );
    expect(stdout).toBe("i,x\n0\n");
    expect(stderr).toBe("");
  });
});
