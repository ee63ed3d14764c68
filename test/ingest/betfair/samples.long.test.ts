import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openArchive } from "../../../src/ingest/archive.js";
import { ingestMarkets, marketFiles, readHere } from "../../../src/ingest/betfair/ingest-markets.js";
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { sampleLines } from "../../exchange/recorded/samples.js";
import { scratchFolder } from "../../support/scratch.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";

const scratch = scratchFolder();
const clock = { now: () => 1_800_000_000_000 };

function ingest(name: string, path: string) {
  const folders = { raw: scratch(`${name}/raw`), logs: scratch(`${name}/markets`) };
  mkdirSync(scratch(name), { recursive: true });
  const warehouse = openSqlite(scratch(`${name}/a.db`), { mode: "write", clock });
  const archive = openArchive(folders.raw);
  return ingestMarkets(marketFiles([path]), { warehouse, archive, folders, clock, read: readHere });
}

describe.skipIf(!sharedAvailable)("the real samples", () => {
  it("all go in, every line accounted for and every update equal to its line", async () => {
    const { files, refused } = await ingest("all", sharedPath("data", "betfair-stream"));
    expect(files).toHaveLength(58);
    expect(refused.map(({ rule }) => rule)).toEqual(Array(9).fill("packed-zip"));
    for (const file of files)
      expect(file.new + file.changed + file.same + file.quarantined + file.blank).toBe(file.rows);
    // Lines of market messages in the files, counted with a JSON parser in another language; 19 of them in two files.
    expect(files.reduce((sum, file) => sum + file.new + file.changed + file.same, 0)).toBe(187_025);
    expect(files.filter(({ warnings }) => warnings.some(({ rule }) => rule === "log-differs"))).toEqual([]);
    // The two copies in betfair-database/missing_metadata: one of official/, one the first lines of a longer file.
    const known = files.flatMap(({ path, markets, new: added, changed }) =>
      markets.length === 0 || added > 0 ? [] : [[path.replace(/.*betfair-stream\//, ""), changed]],
    );
    expect(known).toEqual([["flumine/1.197931750.gz", 166]]);
  });

  it("an event file that repeats the files of its markets adds nothing", async () => {
    const names = ["1.195395432.bz2", "1.195395434.bz2"].map(
      (name) => `autoHubTutorials/PRO/2022/Mar/1/31270458/${name}`,
    );
    const path = scratch("event-files");
    mkdirSync(path);
    const [first, second] = names.map((name) => sampleLines(name).filter((line) => line !== ""));
    const time = (line: string): number => JSON.parse(line).pt;
    writeFileSync(`${path}/1.195395432`, first?.join("\n") ?? "");
    writeFileSync(`${path}/1.195395434`, second?.join("\n") ?? "");
    const both = [...(first ?? []), ...(second ?? [])].sort((a, b) => time(a) - time(b));
    writeFileSync(`${path}/31270458`, both.join("\n"));
    const { files } = await ingest("event", path);
    expect(files.map(({ markets }) => markets.map(({ novelty }) => novelty))).toEqual([
      ["new"],
      ["new"],
      ["same", "same"],
    ]);
    expect(files[2]).toMatchObject({ new: 0, changed: 0 });
  });
});
