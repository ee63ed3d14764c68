import { describe, expect, it } from "vitest";
import { readCapped } from "../../../../src/files/read-capped.js";
import { parseEngsoccerdata } from "../../../../src/ingest/parse/feed/engsoccerdata.js";
import { sharedAvailable, sharedPath } from "../../../support/shared.js";

/**
 * Counted by a dozen lines of another language over the same tables: rows, rows without a date, rows of a match that
 * stands there already, matches of the cup that went to extra time, and matches with goals.
 */
const TABLES = [
  ["facup.csv.gz", { rows: 17_080, undated: 282, repeated: 0, extraTime: 275, goals: 16_464 }],
  ["england5.csv.gz", { rows: 22_473, undated: 9034, repeated: 4, extraTime: 0, goals: 13_435 }],
] as const;

describe.skipIf(!sharedAvailable)("engsoccerdata", () => {
  it.each(TABLES)("is read whole: %s", (file, expected) => {
    const name = sharedPath(`data/engsoccerdata/${file}`);
    const feed = parseEngsoccerdata(readCapped(name), { name, receivedAt: 0 });
    if (feed.kind === "refused") throw new Error(feed.text);
    const of = (rule: string): number => feed.rejects.filter((one) => one.rule === rule).length;
    expect({
      rows: feed.rows,
      undated: of("start-not-an-instant"),
      repeated: of("duplicate-event"),
      extraTime: of("score-after-extra-time"),
      goals: feed.records.filter(({ goals }) => goals !== null).length,
    }).toEqual(expected);
  });
});
