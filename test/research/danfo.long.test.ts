import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { loadDanfo } from "../../src/research/danfo.js";
import { frameOf, numbersOf } from "../../src/research/frame.js";
import { groupBy } from "../../src/research/group.js";
import { summarise } from "../../src/research/summary.js";
import { scratchFolder } from "../support/scratch.js";

const installed = isInstalled("danfojs-node");
const rng = createRng(5);
const frame = frameOf(
  Array.from({ length: 300 }, (_, i) => ({
    league: ["E0", "E1", "D1"][i % 3],
    season: 2020 + (i % 2),
    clv: i % 7 === 0 ? null : rng() - 0.5,
  })),
);

/** danfojs-node is an oracle for our own sums here: another implementation by other people. */
describe.skipIf(!installed)("danfojs-node", () => {
  it("sums up a column as we do", async () => {
    const danfo = await loadDanfo();
    const [theirs, ours] = [danfo.summarise(frame, "clv"), summarise(numbersOf(frame, "clv"))];
    expect(theirs.count).toBe(ours.count);
    for (const key of ["sum", "mean", "deviation", "least", "median", "most"] as const)
      expect(theirs[key]).toBeCloseTo(ours[key] ?? Number.NaN, 10);
  });

  it("sums up groups as we do", async () => {
    const danfo = await loadDanfo();
    const theirs = danfo.summariseGroups(frame, ["league", "season"], "clv");
    const ours = groupBy(frame, ["league", "season"]);
    expect(theirs).toHaveLength(ours.length);
    for (const { key, frame: group } of ours) {
      const twin = theirs.find(({ key: k }) => k.league === key.league && k.season === key.season);
      const own = summarise(numbersOf(group, "clv"));
      expect(twin?.count).toBe(own.count);
      for (const name of ["sum", "mean", "deviation", "least", "most"] as const)
        expect(twin?.[name]).toBeCloseTo(own[name] ?? Number.NaN, 10);
    }
  });

  it("writes a spreadsheet in which no cell is a formula", async () => {
    const path = scratchFolder()("rows.xlsx");
    (await loadDanfo()).writeSpreadsheet(frameOf([{ name: "=1+1", empty: null, price: 2.5 }]), path);
    const { statistico: sheet } = spreadsheets().readFile(path).Sheets;
    // "t" is the kind of a cell, s for text; "f" would be its formula.
    expect(sheet.A2).toMatchObject({ t: "s", v: "=1+1" });
    expect(sheet.A2).not.toHaveProperty("f");
    expect(sheet.B2).toBeUndefined();
    expect(sheet.C2).toMatchObject({ t: "n", v: 2.5 });
  });

  it("refuses a folder that is not there in words", async () => {
    const path = scratchFolder()("nowhere/rows.xlsx");
    const danfo = await loadDanfo();
    expect(() => danfo.writeSpreadsheet(frame, path)).toThrow(`cannot write ${path}`);
  });
});

function isInstalled(name: string): boolean {
  try {
    return createRequire(import.meta.url).resolve(name) !== "";
  } catch {
    return false;
  }
}

interface Spreadsheets {
  readFile(path: string): {
    readonly Sheets: Readonly<Record<string, Readonly<Record<string, object | undefined>>>>;
  };
}

/** The reader that danfojs-node brings along. */
function spreadsheets(): Spreadsheets {
  const from = createRequire(createRequire(import.meta.url).resolve("danfojs-node"));
  return from("xlsx") as Spreadsheets;
}
