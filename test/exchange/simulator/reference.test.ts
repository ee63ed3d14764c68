import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordingsOf } from "../../../src/exchange/recorded/mcm.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";
import { readSample } from "../recorded/samples.js";
import { runReference } from "./reference-strategy.js";

/** [market, selection, handicap, price, size matched, average price, profit] as the reference writes them. */
type Line = [string, number, number, number, number, number, number];

function referenceLines(market: string): Line[] {
  const text = readFileSync(sharedPath("reference", "fills", `${market}.jsonl`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function ourLines(market: string, file: string): Line[] {
  const recording = recordingsOf(readSample(file)).find(({ marketId }) => marketId === market);
  if (recording === undefined) return expect.unreachable(market);
  return runReference(recording).orders.map(({ order, matchedMinor, averageHundredths, profitMinor }) => {
    const { request } = order;
    const price = request.price ?? 0;
    return [
      market,
      request.selectionId,
      request.handicap,
      price,
      matchedMinor / 100,
      averageHundredths / 100,
      profitMinor / 100,
    ];
  });
}

/** JSON has -0.0 for a lost bet of nothing. */
const plain = (line: Line) => line.map((value) => (value === 0 ? 0 : value));

describe.skipIf(!sharedAvailable)("the reference fills of flumine 2.13", () => {
  it.each([
    ["1.200806927", "flumine/1.200806927.gz", 400],
    ["1.206064380", "nautilus_trader/1-206064380.bz2", 496],
  ])("%s from %s: %i orders, each equal", (market, file, count) => {
    const theirs = referenceLines(market);
    expect(theirs.length).toBe(count);
    expect(ourLines(market, file).map(plain)).toEqual(theirs.map(plain));
  });
});
