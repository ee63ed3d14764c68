import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import { openArchive } from "../../../src/ingest/archive.js";
import {
  ingestMarkets,
  marketFiles,
  readHere,
  rebuildMarkets,
} from "../../../src/ingest/betfair/ingest-markets.js";
import { linkMarkets } from "../../../src/ingest/betfair/link-markets.js";
import { logPath, readLog } from "../../../src/ingest/betfair/market-log.js";
import type { Warehouse } from "../../../src/warehouse/port.js";
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { file, record } from "../../support/records.js";
import { scratchFolder } from "../../support/scratch.js";
import { tarMember } from "../../support/tar.js";
import { definition, KICK_OFF, message, wholeMarket } from "./stream.js";

const scratch = scratchFolder();
const clock = { now: () => 1_800_000_000_000 };
let places = 0;

/** A database, an archive and a folder of files of a test's own. */
function place() {
  const path = (name: string) => scratch(`${here}/${name}`);
  const here = `place${places++}`;
  mkdirSync(scratch(here));
  const warehouse: Warehouse = openSqlite(path("a.db"), { mode: "write", clock });
  const folders = { raw: path("raw"), logs: path("markets") };
  return {
    path,
    warehouse,
    folders,
    put(name: string, content: string | Uint8Array | readonly string[]): string {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), Array.isArray(content) ? content.join("\n") : (content as string));
      return path(name);
    },
    link: () => linkMarkets({ warehouse, archive: openArchive(folders.raw), logs: folders.logs }, 5),
    ingest: (...names: string[]) =>
      ingestMarkets(marketFiles(names.map(path)), {
        warehouse,
        archive: openArchive(folders.raw),
        folders,
        clock,
        read: readHere,
      }),
  };
}

const short = (path: string) => path.replace(/.*\/place\d+\//, "");

describe("ingesting exchange history", () => {
  it("keeps the file, compiles the market, and tells how it closed and ended", async () => {
    const { put, ingest, warehouse, folders } = place();
    put("in/1.100", wholeMarket());
    const { files } = await ingest("in");
    expect(files).toMatchObject([
      { rows: 6, new: 6, changed: 0, same: 0, quarantined: 0, blank: 0, checked: 6, warnings: [] },
    ]);
    const [market] = await warehouse.exchangeMarkets({});
    expect(market).toMatchObject({
      marketId: "1.100",
      status: "CLOSED",
      baseRate: 5,
      kickOff: KICK_OFF,
      inPlayAt: KICK_OFF,
      settledAt: KICK_OFF + 7_200_000,
      closing: "in-play",
      closingAt: KICK_OFF,
      runners: [
        { name: "Arsenal", status: "WINNER", lastTraded: 2.02, bestBack: 2, bestLay: 2.02 },
        { name: "Burnley", status: "LOSER", lastTraded: null, bestBack: 3.6, bestLay: 3.7 },
        { name: "The Draw", status: "LOSER", lastTraded: null, bestBack: 4, bestLay: 4.2 },
      ],
    });
    expect(readLog(folders.logs, market?.digest ?? "").source).toBe(files[0]?.sha256);
    expect(Buffer.from(openArchive(folders.raw).read(files[0]?.sha256 ?? "")).toString()).toBe(
      wholeMarket().join("\n"),
    );
  });

  it("changes nothing the second time, however the same bytes are packed", async () => {
    const { put, ingest, warehouse } = place();
    put("one/1.100", wholeMarket());
    put("two/other-name.gz", gzipSync(wholeMarket().join("\n")));
    await ingest("one");
    const hash = await warehouse.contentHash();
    for (const folder of ["one", "two"]) {
      const { files } = await ingest(folder);
      expect(files).toMatchObject([{ rows: 6, new: 0, changed: 0, same: 6, checked: 0 }]);
    }
    expect(await warehouse.contentHash()).toBe(hash);
    expect(await warehouse.counts()).toMatchObject({ exchangeRecordings: 1, files: 1 });
  });

  it("takes a tar apart: packed members, a damaged one, one that leaves its folder", async () => {
    const { put, ingest } = place();
    const packed = gzipSync(wholeMarket("1.101").join("\n"));
    put(
      "in/month.tar",
      Buffer.concat([
        tarMember("a/1.100", wholeMarket().join("\n")),
        tarMember("a/1.101.gz", packed),
        tarMember("a/cut.gz", packed.subarray(0, packed.length - 20)),
        tarMember("../out", "x"),
        Buffer.alloc(1024),
      ]),
    );
    const { files, refused } = await ingest("in");
    expect(files.map(({ path, new: added, changed }) => [short(path), added, changed])).toEqual([
      ["in/month.tar!a/1.100", 6, 0],
      ["in/month.tar!a/1.101.gz", 6, 0],
      ["in/month.tar!a/cut.gz", 0, expect.any(Number)],
    ]);
    expect(files[2]?.warnings[0]?.rule).toBe("damaged");
    expect(refused).toMatchObject([{ rule: "not-a-file", why: "name leaves the folder" }]);
  });

  it("knows a market that another file repeats, and one that was recorded otherwise", async () => {
    const { put, ingest, warehouse } = place();
    put("in/1-market", wholeMarket());
    put("in/2-event", [...wholeMarket(), "", ...wholeMarket("1.101", { marketType: "OVER_UNDER_25" })]);
    put("in/3-other", wholeMarket().slice(0, 3));
    const { files } = await ingest("in");
    expect(
      files.map(({ markets }) => markets.map(({ marketId, novelty }) => `${marketId} ${novelty}`)),
    ).toEqual([["1.100 new"], ["1.100 same", "1.101 new"], ["1.100 different"]]);
    expect(files.map(({ new: added, changed, same, blank }) => [added, changed, same, blank])).toEqual([
      [6, 0, 0, 0],
      [12, 0, 0, 1],
      [0, 3, 0, 0],
    ]);
    expect((await warehouse.exchangeMarkets({ marketIds: ["1.100"] }))[0]).toMatchObject({
      recordings: 2,
      status: "CLOSED",
    });
  });

  it("sets aside what cannot be read by rule and line, and goes on", async () => {
    const { put, ingest, warehouse } = place();
    const bad = message("1.100", -100, { rc: [{ id: 11, atb: [[2.015, 3]] }] });
    const half = JSON.stringify({
      op: "mcm",
      pt: KICK_OFF + 100_000,
      mc: [
        { id: "1.100", rc: [{ id: 11, ltp: 1.4 }] },
        { id: "1.100", rc: [{ id: 11, ltp: "NaN" }] },
      ],
    });
    const lines = wholeMarket();
    put("in/1.100", [...lines.slice(0, 3), "half a li", bad, ...lines.slice(3, 5), half, ...lines.slice(5)]);
    const { files } = await ingest("in");
    expect(files).toMatchObject([{ rows: 9, new: 7, quarantined: 2, quarantinedCells: 1, blank: 0 }]);
    expect(await warehouse.quarantine()).toMatchObject([
      { line: 4, rule: "not-json", scope: "row", raw: "half a li" },
      { line: 5, rule: "bad-price", column: "1.100", scope: "row", raw: bad },
      { line: 8, rule: "bad-price", column: "1.100", scope: "cell", raw: half },
    ]);
  });

  it.each<[string, string | readonly string[], string[], object]>([
    ["an empty file", "", ["empty"], { rows: 0 }],
    ["a text log", "19:02 connected\n19:03 lost\n", ["no-market"], { rows: 2, quarantined: 2 }],
    [
      "heartbeats alone",
      ['{"op":"mcm","pt":5,"clk":null,"ct":"HEARTBEAT"}'],
      ["no-market"],
      { rows: 1, blank: 1 },
    ],
    ["a definition alone", wholeMarket().slice(0, 1), ["no-result"], { rows: 1, new: 1 }],
    ["a file that stops before the close", wholeMarket().slice(0, 4), ["no-result"], { rows: 4, new: 4 }],
    [
      "a file without names",
      [message("1.1", 0, { marketDefinition: definition({ eventName: null }, true) })],
      ["no-names"],
      { new: 1 },
    ],
    [
      "changes without a definition",
      [message("1.1", 0, { rc: [{ id: 1, ltp: 2 }] })],
      ["no-definition"],
      { new: 1 },
    ],
  ])("says what is wrong with %s", async (_, content, rules, counts) => {
    const { put, ingest, warehouse } = place();
    put("in/file", content);
    const { files } = await ingest("in");
    expect(files).toMatchObject([counts]);
    expect(files[0]?.warnings.map(({ rule }) => rule)).toEqual(rules);
    expect(await warehouse.check()).toEqual([]);
  });

  it("quarantines one line of each rule of a file that is no market file", async () => {
    const { put, ingest, warehouse } = place();
    put("in/log", `${"no json\n".repeat(50)}{"op":"ocm"}\n`);
    const { files } = await ingest("in");
    expect(files).toMatchObject([{ rows: 51, quarantined: 51 }]);
    expect((await warehouse.quarantine()).map(({ rule, line }) => [rule, line])).toEqual([
      ["not-json", 1],
      ["other-stream", 51],
    ]);
  });

  it("refuses packings it does not read by name", async () => {
    const { put, ingest } = place();
    put("in/a.zip", Buffer.from([0x50, 0x4b, 3, 4, 14, 0]));
    put("in/b.xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]));
    const { files, refused } = await ingest("in");
    expect(files).toEqual([]);
    expect(refused.map(({ rule }) => rule)).toEqual(["packed-zip", "packed-xz"]);
  });

  it("never lets a file choose where it writes", async () => {
    const { put, ingest, warehouse, folders, path } = place();
    put("in/file", wholeMarket("../../../escaped"));
    await ingest("in");
    const [market] = await warehouse.exchangeMarkets({});
    expect(market?.marketId).toBe("../../../escaped");
    expect(existsSync(logPath(folders.logs, market?.digest ?? ""))).toBe(true);
    expect(existsSync(path("escaped"))).toBe(false);
  });

  it("stops between files when told to, and the same run again does the rest", async () => {
    const { put, warehouse, folders, path, ingest } = place();
    for (const n of [1, 2, 3]) put(`in/${n}`, wholeMarket(`1.${n}`));
    const stop = new AbortController();
    await ingestMarkets(marketFiles([path("in")]), {
      warehouse,
      archive: openArchive(folders.raw),
      folders,
      clock,
      read: readHere,
      onFile: (_, done) => done === 1 && stop.abort(),
      signal: stop.signal,
    });
    expect(await warehouse.counts()).toMatchObject({ exchangeMarkets: 1 });
    const { files } = await ingest("in");
    expect(files.map(({ new: added }) => added)).toEqual([0, 6, 6]);
  });

  it("leaves no part of a file behind in the archive", async () => {
    const { put, ingest, folders } = place();
    put("in/1.100", wholeMarket());
    await ingest("in");
    await ingest("in");
    const manifest = readFileSync(`${folders.raw}/manifest.jsonl`, "utf8").trim().split("\n");
    expect(manifest).toHaveLength(1);
    expect(JSON.parse(manifest[0] ?? "")).toMatchObject({ source: "betfair", reading: "betfair@1" });
  });
});

describe("linking football markets", () => {
  const fixtureFile = () =>
    file([record({ season: 2024, day: dayOf(2024, 8, 17), minutes: 900, goals: null })]);

  it("finds the fixture by names and day, and keeps the closing prices as its prices", async () => {
    const { put, ingest, link, warehouse } = place();
    await warehouse.writeFile(fixtureFile());
    put("in/1.100", wholeMarket("1.100", { eventName: "Arsenal FC v Burnley" }));
    await ingest("in");
    expect(await link()).toEqual({ linked: 1, waiting: 0 });
    const prices = await warehouse.prices({ sources: ["BFE"], moments: ["close"] });
    // The closing prices of `wholeMarket`.
    expect(
      prices.map(({ runner, side, price, moment }) => `${runner} ${side} ${price} ${moment}`).sort(),
    ).toEqual(
      ["AWAY BACK 3.6", "AWAY LAY 3.7", "DRAW BACK 4", "DRAW LAY 4.2", "HOME BACK 2", "HOME LAY 2.02"].map(
        (text) => `${text} close`,
      ),
    );
    // As the book stood from an hour before kick-off, and from ten minutes before; with what was on offer.
    const ticks = await warehouse.prices({ sources: ["BFE"], moments: ["tick"] });
    const home = ticks.filter(({ runner, side }) => runner === "HOME" && side === "LAY");
    expect(home.map(({ price, size, observedAt }) => [price, size, observedAt - KICK_OFF])).toEqual([
      [2.14, 80, -3_600_000],
      [2.02, 60, -600_000],
    ]);
    expect(await link()).toEqual({ linked: 0, waiting: 0 });
    expect(await warehouse.check()).toEqual([]);
  });

  it("goes by an alias of the source, and never by likeness", async () => {
    const { put, ingest, link, warehouse } = place();
    await warehouse.writeFile(fixtureFile());
    const named = (name: string) => {
      const { runners, ...rest } = definition() as { runners: { name: string }[] };
      return {
        ...rest,
        eventName: `${name} v Burnley`,
        runners: [{ ...runners[0], name }, ...runners.slice(1)],
      };
    };
    put("in/1.100", [message("1.100", -5000, { marketDefinition: named("Arsenall") })]);
    await ingest("in");
    expect(await link()).toEqual({ linked: 0, waiting: 1 });
    await warehouse.addAlias({
      source: "betfair",
      country: "England",
      alias: "Arsenall",
      team: "Arsenal",
      origin: "user",
    });
    expect(await link()).toEqual({ linked: 1, waiting: 0 });
    expect((await warehouse.exchangeMarkets({}))[0]?.link?.runners.map(({ runner }) => runner)).toEqual([
      "HOME",
      "AWAY",
      "DRAW",
    ]);
  });

  it("is made again from the archive, and no other link with it", async () => {
    const { put, ingest, link, warehouse, folders, path } = place();
    await warehouse.writeFile(fixtureFile());
    put("in/1.100", wholeMarket());
    put("in/log", "no market");
    await ingest("in");
    await link();
    put("in/1.200", wholeMarket("1.200"));
    await ingest("in");
    const again: Warehouse = openSqlite(path("b.db"), { mode: "write", clock });
    await again.writeFile(fixtureFile());
    const archive = openArchive(folders.raw);
    const logs = path("made-again");
    const told = { warehouse: again, archive, folders: { ...folders, logs } };
    expect(await rebuildMarkets(told, () => {})).toEqual({ files: 3, rows: 13 });
    expect(await again.contentHash()).toBe(await warehouse.contentHash());
    const [market] = await again.exchangeMarkets({ linked: true });
    expect(market?.marketId).toBe("1.100");
    expect(existsSync(logPath(logs, market?.digest ?? ""))).toBe(true);
  });

  it("leaves a market of another day alone", async () => {
    const { put, ingest, link, warehouse } = place();
    await warehouse.writeFile(fixtureFile());
    put("in/1.100", wholeMarket("1.100", { marketTime: "2024-08-20T14:00:00.000Z" }));
    await ingest("in");
    expect(await link()).toEqual({ linked: 0, waiting: 1 });
  });
});
