import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileReport } from "../../../src/exchange/recorded/file-report.js";
import { createLineCutter, cutLines, endLines } from "../../../src/exchange/recorded/lines.js";
import { readMarketFiles } from "../../../src/exchange/recorded/read-files.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";
import { sampleLines } from "./samples.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function reports(path: string, known?: Map<string, string>): Promise<FileReport[]> {
  const all: FileReport[] = [];
  for await (const { report, recordings } of readMarketFiles([path], known)) {
    expect(recordings.map(({ marketId }) => marketId)).toEqual(
      report.markets.map(({ marketId }) => marketId),
    );
    expect(Object.values(report.counts).reduce((sum, count) => sum + count, 0)).toBe(report.lines);
    all.push(report);
  }
  return all;
}

describe("lines out of chunks", () => {
  const cut = (chunks: Uint8Array[], longest?: number) => {
    const lines: (string | null)[] = [];
    const cutter = createLineCutter((line) => lines.push(line), longest);
    for (const chunk of chunks) cutLines(cutter, chunk);
    endLines(cutter);
    return lines;
  };

  it("are the same however the bytes are cut, characters of several bytes included", () => {
    const bytes = Buffer.from("één\n\nтри\nlast");
    const expected = ["één", "", "три", "last"];
    for (let size = 1; size <= bytes.length; size++) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(cut(chunks)).toEqual(expected);
    }
  });

  it("leave out one that is too long to hold, and go on after it", () => {
    expect(cut([Buffer.from("ab\ncd"), Buffer.from("efgh"), Buffer.from("ij\nk\n")], 5)).toEqual([
      "ab",
      null,
      "k",
    ]);
  });
});

describe("reading market files", () => {
  it("reports a broken file up to where it broke", async () => {
    const lines = Array.from({ length: 3000 }, (_, i) =>
      JSON.stringify({ op: "mcm", pt: i, mc: [{ id: "1.1", rc: [] }], noise: `${Math.sin(i)}` }),
    );
    const whole = gzipSync(lines.join("\n"));
    writeFileSync(join(folder, "cut.gz"), whole.subarray(0, whole.length >> 1));
    const [report] = await reports(join(folder, "cut.gz"));
    expect(report.warnings[0]).toContain("read up to its damage:");
    expect(report.counts.applied).toBeGreaterThan(100);
    expect(report.refused).toEqual([["not-json", 1]]); // the line that was cut
  });

  it("names empty files, files without a market, and files that are the same again", async () => {
    const path = join(folder, "some");
    mkdirSync(path);
    const line = '{"op":"mcm","pt":1,"mc":[{"id":"1.7","rc":[]}]}\n';
    writeFileSync(join(path, "a"), "");
    writeFileSync(join(path, "b"), "nothing\n\n");
    writeFileSync(join(path, "c"), line);
    writeFileSync(join(path, "d"), line.replace('"pt":1', '"pt":2'));
    writeFileSync(join(path, "e"), line);
    const found = await reports(path);
    expect(found.map(({ warnings }) => warnings[0])).toEqual([
      "empty",
      "no market in it",
      "1.7: no definition",
      "1.7: no definition",
      "1.7: no definition",
    ]);
    expect(found.flatMap(({ markets }) => markets.map(({ novelty }) => novelty))).toEqual([
      "new",
      "different",
      "same",
    ]);
    expect(found[1]).toMatchObject({
      lines: 2,
      counts: { quarantined: 1, blank: 1 },
      refused: [["not-json", 1]],
    });
    expect(found[2].sha256).toBe(found[4].sha256);
  });

  it("says which path does not exist", async () => {
    await expect(reports(join(folder, "nowhere"))).rejects.toThrow("no such file");
  });
});

describe.skipIf(!sharedAvailable)("the real samples", () => {
  it("all go through, every line accounted for", async () => {
    const all = await reports(sharedPath("data", "betfair-stream"));
    expect(all.length).toBe(67);
    const total = (pick: (report: FileReport) => number) =>
      all.reduce((sum, report) => sum + pick(report), 0);
    expect(all.filter(({ sha256 }) => sha256 === null).length).toBe(9); // the zips
    // Lines of market messages in the files, counted with a JSON parser in another language.
    expect(total(({ counts }) => counts.applied)).toBe(187_025);
    expect(all.filter(({ markets }) => markets.length > 0).length).toBe(31);
    // The two copies in betfair-database/missing_metadata: one of official/, one the first lines of a longer file.
    const again = all.flatMap(({ path, markets }) =>
      markets
        .filter(({ novelty }) => novelty !== "new")
        .map(({ novelty }) => [path.replace(/.*betfair-stream\//, ""), novelty]),
    );
    expect(again).toEqual([
      ["betfair-database/official/1.214555872.bz2", "same"],
      ["flumine/1.197931750.gz", "different"],
    ]);
  });

  it("an event file that repeats the files of its markets adds nothing", async () => {
    const names = ["1.195395432.bz2", "1.195395434.bz2"].map(
      (name) => `autoHubTutorials/PRO/2022/Mar/1/31270458/${name}`,
    );
    const path = join(folder, "event");
    mkdirSync(path);
    const [first, second] = names.map((name) => sampleLines(name).filter((line) => line !== ""));
    const time = (line: string) => JSON.parse(line).pt as number;
    writeFileSync(join(path, "1.195395432"), first.join("\n"));
    writeFileSync(join(path, "1.195395434"), second.join("\n"));
    writeFileSync(join(path, "31270458"), [...first, ...second].sort((a, b) => time(a) - time(b)).join("\n"));
    const novelties = (await reports(path)).map(({ markets }) => markets.map(({ novelty }) => novelty));
    expect(novelties).toEqual([["new"], ["new"], ["same", "same"]]);
  });
});
