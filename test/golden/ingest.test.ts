import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { sharedAvailable, sharedPath } from "../support/shared.js";
import { type Ended, SAMPLE, stored, workplace } from "./binary.js";

const place = workplace();
const FILE = `${SAMPLE}/2223/SIM1.csv`;

interface Totals {
  readonly files: number;
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly quarantined: number;
  readonly blank: number;
  readonly skipped: number;
  readonly refused: number;
}

function totals({ stdout }: Ended): Totals {
  return (JSON.parse(stdout) as { totals: Totals }).totals;
}

function ingest(at: string, ...from: readonly string[]): Promise<Ended> {
  return place.run(["ingest", "football-data", "--json", "--from", ...from], { at });
}

async function contentOf(at: string): Promise<string> {
  return (await stored(place.path(`${at}/data/statistico.db`))).contentHash;
}

describe("ingest of files", () => {
  // Sizes of the sample's files, counted in them: 240 + 182 matches in 2022/23.
  it("takes a folder in once: the second time everything is the same", async () => {
    const folder = `${SAMPLE}/2223`;
    expect(totals(await ingest("twice", folder))).toMatchObject({ files: 2, rows: 422, new: 422, same: 0 });
    const again = await place.run(["ingest", "football-data", "--from", folder], { at: "twice" });
    expect(again.stderr).toBe("422 fixtures in 2 files: 0 new, 0 changed, 422 same, 0 quarantined\n");
  });

  it("reads plain, packed, folder and standard input alike", async () => {
    mkdirSync(place.path("kinds/folder"), { recursive: true });
    const bytes = readFileSync(FILE);
    writeFileSync(place.path("kinds/SIM1.csv.gz"), gzipSync(bytes));
    cpSync(FILE, place.path("kinds/folder/SIM1.csv"));
    const ended = await Promise.all([
      ingest("plain", FILE),
      ingest("packed", place.path("kinds/SIM1.csv.gz")),
      ingest("folder", place.path("kinds/folder")),
      place.run(["ingest", "football-data", "--json", "--from", "-"], { at: "stdin", input: bytes }),
    ]);
    for (const one of ended) expect(totals(one)).toMatchObject({ files: 1, rows: 240, new: 240 });
    const hashes = await Promise.all(["plain", "packed", "folder", "stdin"].map(contentOf));
    expect(new Set(hashes).size).toBe(1);
  });

  it("keeps to the leagues and seasons asked for", async () => {
    const args = [
      "ingest",
      "football-data",
      "--json",
      "--from",
      SAMPLE,
      "--league",
      "SIM2",
      "--season",
      "2023..2024",
    ];
    const { files, new: fresh, skipped } = totals(await place.run(args, { at: "part" }));
    expect({ files, fresh, skipped }).toEqual({ files: 2, fresh: 182 + 182, skipped: 7 });
    const { stdout } = await place.run(["leagues", "--json"], { at: "part" });
    expect(JSON.parse(stdout)).toMatchObject({ leagues: [{ league: "SIM2", seasons: [2023, 2024] }] });
  });

  it("says which part of the files was asked for in vain", async () => {
    const args = ["ingest", "football-data", "--from", FILE, "--league", "SIM2", "--season", "2023"];
    const { code, stdout, stderr } = await place.run(args, { at: "vain" });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("no row of SIM2 in season 2023 in 1 file");
  });
});

// D1 of 2024/25 as it stood on 2025-02-23, 22 match days old, and as it stood after the season. Between the two the
// sports court gave Bochum the match at Union Berlin of 2024-12-14: 1-1 became 0-2.
describe.skipIf(!sharedAvailable)("a file that has grown", () => {
  const season = sharedPath("data", "football-data.co.uk", "mmz4281", "2425", "D1.csv.gz");
  const snapshot = sharedPath("data", "football-data.co.uk", "snapshots", "2425-D1@2025-02-23.csv.gz");
  const results = (...args: readonly string[]): Promise<Ended> =>
    place.run(["results", "--league", "D1", "--json", ...args], { at: "grown" });
  const scores = ({ stdout }: Ended): string[] =>
    (
      JSON.parse(stdout) as {
        results: { date: string; home: string; away: string; homeGoals: number; awayGoals: number }[];
      }
    ).results.map(
      ({ date, home, away, homeGoals, awayGoals }) => `${date} ${home} ${homeGoals}-${awayGoals} ${away}`,
    );
  let first: Ended;
  let second: Ended;

  beforeAll(async () => {
    first = await ingest("grown", snapshot);
    second = await place.run(["ingest", "football-data", "--from", season], { at: "grown" });
  });

  it("adds the new matches and changes only what was corrected", () => {
    const before = totals(first).rows;
    expect(totals(first)).toMatchObject({ new: before, changed: 0, same: 0 });
    const [, all, fresh, changed, same] =
      /^(\d+) fixtures in 1 file: (\d+) new, (\d+) changed, (\d+) same, 0 quarantined$/m.exec(
        second.stderr,
      ) ?? [];
    expect([all, fresh, changed, same].map(Number)).toEqual([306, 306 - before, 1, before - 1]);
  });

  it("tells the corrected result, and `results --revised` finds it again", async () => {
    expect(second.stderr).toMatch(
      /revised: Union Berlin - Bochum 1-1 \(1-1\), now 0-2 \(.*D1\.csv\.gz:\d+\)/,
    );
    const { stdout } = await results("--revised");
    expect(JSON.parse(stdout)).toMatchObject({
      results: [{ home: "Union Berlin", away: "Bochum", homeGoals: 0, awayGoals: 2, before: "1-1" }],
    });
  });

  // A first result counts as known when its match was over, a correction when it came in.
  it("shows the old score, and nothing later, to who asks as of new year", async () => {
    const [then, now] = [await results("--as-of", "2025-01-01"), await results()].map(scores);
    expect(then).toContain("2024-12-14 Union Berlin 1-1 Bochum");
    expect(now).toContain("2024-12-14 Union Berlin 0-2 Bochum");
    expect(then.filter((score) => score >= "2025-01-01")).toEqual([]);
    expect(now).toHaveLength(306);
  });
});
