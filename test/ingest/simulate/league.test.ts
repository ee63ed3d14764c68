import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import { compareText } from "../../../src/domain/fixture.js";
import { clubName } from "../../../src/ingest/simulate/club-names.js";
import { type SimulatedFiles, simulateLeague } from "../../../src/ingest/simulate/league.js";
import { SAMPLE_OPTIONS } from "../../../src/ingest/simulate/options.js";
import { SEASON_COLUMNS } from "../../../src/ingest/simulate/season-file.js";
import { sharedAvailable } from "../../support/shared.js";

const sampleFolder = fileURLToPath(new URL("../../../fixtures/sample/", import.meta.url));
const sample = simulateLeague(SAMPLE_OPTIONS);
const small = { ...SAMPLE_OPTIONS, pastSeasons: 1, divisions: [{ code: "SIM1", clubs: 6 }] };

function textOf(files: SimulatedFiles, path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`no ${path}`);
  return file.text;
}

function rowsOf(text: string): string[][] {
  return text
    .split("\r\n")
    .slice(1, -1)
    .map((line) => line.split(","));
}

function inFormat(row: readonly string[]): boolean {
  const facts = /^SIM[12],\d\d\/\d\d\/20\d\d,\d\d:\d\d,[A-Z][a-z]+ [A-Z][a-z]+,[A-Z][a-z]+ [A-Z][a-z]+$/;
  const price = /^(-?\d{1,3}(\.\d{1,2})?)?$/;
  return (
    row.length === SEASON_COLUMNS.length &&
    facts.test(row.slice(0, 5).join(",")) &&
    row.slice(24, -1).every((cell) => price.test(cell))
  );
}

describe("the committed sample", () => {
  it("is what the generator makes, byte for byte, and nothing else", () => {
    const committed = readdirSync(sampleFolder, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => path.includes("."));
    expect(committed.sort(compareText)).toEqual(sample.map(({ path }) => path).sort(compareText));
    for (const { path, text } of sample)
      expect(readFileSync(`${sampleFolder}${path}`, "utf8") === text, path).toBe(true);
  });

  it("stays small enough to be committed", () => {
    expect(sample.reduce((bytes, { text }) => bytes + text.length, 0)).toBeLessThan(1_200_000);
  });
});

describe("simulateLeague", () => {
  it("gives the same bytes for the same seed and others for another", () => {
    const again = simulateLeague(small);
    expect(simulateLeague(small)).toEqual(again);
    const other = simulateLeague({ ...small, seed: 8 });
    expect(textOf(other, "2223/SIM1.csv")).not.toBe(textOf(again, "2223/SIM1.csv"));
    expect(textOf(other, "2223/SIM1.csv")).toContain("simulated by statistico seed 8");
  });

  it("writes every match of a whole season and says on each that it is simulated", () => {
    const rows = rowsOf(textOf(sample, "2324/SIM1.csv"));
    expect(rows).toHaveLength(16 * 15);
    for (const { path, text } of sample.filter((file) => file.path.endsWith(".csv")))
      for (const row of rowsOf(text))
        expect(row[row.length - 1], path).toBe("simulated by statistico seed 7");
  });

  it("keeps to the site's format in every cell", () => {
    for (const { text } of sample.filter((file) => file.path.endsWith(".csv"))) {
      expect(text.split("\r\n")[0]).toBe(SEASON_COLUMNS.join(","));
      expect(rowsOf(text).filter((row) => !inFormat(row))).toEqual([]);
    }
  });

  it("leaves results and closing prices of the upcoming fixtures empty, and holds the early ones", () => {
    const rows = rowsOf(textOf(sample, "fixtures.csv"));
    const column = (name: string) => rows.map((row) => row[SEASON_COLUMNS.indexOf(name)]);
    expect(rows.length).toBeGreaterThan(30);
    for (const name of ["FTHG", "FTR", "Referee", "HS", "PSCH", "AHCh"])
      expect(new Set(column(name))).toEqual(new Set([""]));
    for (const name of ["PSH", "B365>2.5", "AHh", "PAHH"]) expect(column(name)).not.toContain("");
  });

  it("draws the same past whatever the cut, so that a later cut only adds", () => {
    const early = simulateLeague({ ...small, cut: dayOf(2023, 12, 1) });
    const late = simulateLeague({ ...small, cut: dayOf(2024, 3, 1) });
    const before = textOf(early, "2324/SIM1.csv");
    const after = textOf(late, "2324/SIM1.csv");
    expect(after.startsWith(before)).toBe(true);
    expect(after.length).toBeGreaterThan(before.length);
    expect(textOf(early, "2223/SIM1.csv")).toBe(textOf(late, "2223/SIM1.csv"));
  });

  it("refuses a division that cannot pair its clubs", () => {
    expect(() => simulateLeague({ ...small, divisions: [{ code: "SIM1", clubs: 7 }] })).toThrow(
      "SIM1 needs an even number of clubs from 4 to 20, was 7",
    );
  });

  it("tells the true strengths, summing to zero, and the chances of each upcoming fixture", () => {
    const truth = JSON.parse(textOf(sample, "truth.json"));
    expect(truth.provenance).toBe("simulated by statistico seed 7");
    for (const { strengths } of truth.divisions)
      for (const { teams } of strengths) {
        const total = teams.reduce((sum: number, { attack }: { attack: number }) => sum + attack, 0);
        // Sixteen values of four decimals.
        expect(Math.abs(total)).toBeLessThan(16 * 0.00005);
      }
    expect(truth.upcoming).toHaveLength(rowsOf(textOf(sample, "fixtures.csv")).length);
  });
});

describe("clubName", () => {
  it("names four hundred clubs apart", () => {
    const names = Array.from({ length: 400 }, (_, i) => clubName(i));
    expect(new Set(names).size).toBe(400);
  });
});

describe.skipIf(!sharedAvailable)("the columns", () => {
  it("are columns of the real E0 file of 2024/25, and the provenance", async () => {
    const { gunzipSync } = await import("node:zlib");
    const { sharedPath } = await import("../../support/shared.js");
    const real = gunzipSync(
      readFileSync(sharedPath("data", "football-data.co.uk", "mmz4281", "2425", "E0.csv.gz")),
    )
      .toString("latin1")
      .split("\r\n")[0]
      .replace(/^\ufeff|^ï»¿/, "")
      .split(",");
    const kept = real.filter((name) => SEASON_COLUMNS.includes(name));
    expect([...kept, "Provenance"]).toEqual(SEASON_COLUMNS);
  });
});
