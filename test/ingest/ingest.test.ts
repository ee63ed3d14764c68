import { describe, expect, it } from "vitest";
import { StatisticoError } from "../../src/core/errors.js";
import { openArchive, sha256Of } from "../../src/ingest/archive.js";
import { type IngestContext, ingestFiles, rebuild, retryWaiting } from "../../src/ingest/ingest.js";
import type { Input } from "../../src/ingest/inputs.js";
import { mappedReader, type Reader, readerOf } from "../../src/ingest/readers.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();
const clock = { now: () => Date.UTC(2030, 0, 1) };
const SEASON = `Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR
E0,17/08/2029,Man United,Arsenal,2,1,H
E0,24/08/2029,Arsenal,Man United,0,0,D
`;

let folders = 0;

function context(reader?: Reader): IngestContext {
  const name = `place-${folders++}`;
  return {
    warehouse: openSqlite(scratch(`${name}.db`), { mode: "write", clock }),
    archive: openArchive(scratch(name)),
    aliases: [],
    clock,
    reader,
  };
}

const input = (path: string, text: string): Input => ({
  path,
  read: async () => new TextEncoder().encode(text),
});

const feed = (...matches: readonly (readonly [string, string, string])[]): string =>
  JSON.stringify({
    name: "Premier League 2029/30",
    matches: matches.map(([team1, team2, date]) => ({ team1, team2, date, score: { ft: [2, 1] } })),
  });

describe("ingest", () => {
  it("keeps what it refuses: the bytes are the proof", async () => {
    const at = context();
    const page = "<!doctype html><p>Just a moment...</p>";
    const { refused } = await ingestFiles([input("E0.csv", page)], {}, at);
    expect(refused[0]?.error.message).toContain("a web page instead of a table");
    expect(at.archive.entries()).toMatchObject([{ path: "E0.csv", sha256: sha256Of(page) }]);
    expect(new TextDecoder().decode(at.archive.read(sha256Of(page)))).toBe(page);
    expect(await rebuild(at)).toMatchObject({ rows: 0 });
    await at.warehouse.close();
  });

  it("asks no further with a key that is not accepted", async () => {
    const at = context(readerOf("the-odds-api") ?? undefined);
    let asked = 0;
    const denied = (path: string): Input => ({
      path,
      read: async () => {
        asked++;
        throw new StatisticoError("authentication", "no such key", "");
      },
    });
    const report = await ingestFiles([denied("1"), denied("2")], {}, at);
    expect({ asked, refused: report.refused.length }).toEqual({ asked: 1, refused: 1 });
    await at.warehouse.close();
  });

  it("reads the files whose rows waited for a name again, once it is known, and a rebuild comes to the same", async () => {
    const house = context();
    await ingestFiles([input("E0.csv", SEASON)], {}, house);
    const at = { ...house, reader: readerOf("openfootball") ?? undefined };
    const text = feed(
      ["Manchester United", "Arsenal FC", "2029-08-17"],
      ["Arsenal", "Manchester United", "2029-08-25"],
    );
    const path = "2029-30/en.1.json";
    const { files } = await ingestFiles([input(path, text)], {}, at);
    expect(files[0]).toMatchObject({ rows: 2, same: 0, quarantined: 2 });
    expect(await retryWaiting(at, "Liverpool")).toEqual({ files: 0, usable: 0 });
    const alias = {
      source: "openfootball",
      country: "England",
      alias: "Manchester United",
      team: "Man United",
    };
    await at.warehouse.addAlias({ ...alias, origin: "user" });
    expect(await retryWaiting(at, "Manchester United")).toMatchObject({ files: 1 });
    expect(await at.warehouse.quarantine({ status: "open" })).toEqual([]);
    // The second match is a day off and 2-1 instead of 0-0: the house has the say, and the difference is listed.
    expect(await at.warehouse.counts()).toMatchObject({ fixtures: 2, results: 2, teams: 2, unknownNames: 0 });
    const again = { ...context(), archive: at.archive, aliases: [{ ...alias, origin: "user" as const }] };
    await rebuild(again);
    expect(await again.warehouse.contentHash()).toBe(await at.warehouse.contentHash());
    for (const { warehouse } of [house, again]) await warehouse.close();
  });

  it("reads a described file as it was described when it came in, whatever the description is by now", async () => {
    const mapping = {
      format: "csv",
      league: { column: "L", codes: { PL: "E0" } },
      date: "When",
      dateFormat: "mm/dd/yyyy",
      home: "H",
      away: "A",
      homeGoals: "HG",
      awayGoals: "AG",
      prices: [{ column: "Pin", source: "PS", market: "MATCH_ODDS", runner: "HOME" }],
    } as const;
    const at = context(mappedReader("mine", mapping));
    const text =
      "L,When,H,A,HG,AG,Pin\nPL,08/17/2029,Arsenal,Hull,2,1,1.5\nPL,17/08/2029,Arsenal,Hull,2,1,NaN\nPL,08/24/2029,Hull,Arsenal,,,0.9\n";
    const { files } = await ingestFiles([input("mine.csv", text)], {}, at);
    expect(files[0]).toMatchObject({ rows: 3, new: 2, quarantined: 1, quarantinedCells: 1, prices: 1 });
    expect(await at.warehouse.prices({})).toMatchObject([
      { source: "PS", price: 1.5, observedAt: clock.now() },
    ]);
    const again = { ...context(), archive: at.archive };
    await rebuild(again);
    expect(await again.warehouse.contentHash()).toBe(await at.warehouse.contentHash());
    for (const { warehouse } of [at, again]) await warehouse.close();
  });
});
