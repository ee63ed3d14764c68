import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLog, encodeLog } from "../../../src/exchange/recorded/log.js";
import { createMcmReader, readLine, recordingsOf } from "../../../src/exchange/recorded/mcm.js";
import { createVerdicts } from "../../../src/exchange/recorded/verdicts.js";
import { checkLine, createLogCheck, finishCheck } from "../../../src/exchange/recorded/verify.js";
import { streamLines } from "./stream-lines.js";

/** Compile `lines`, then hold the logs against `again`: what a second reading of the file would find. */
function check(lines: readonly string[], again: readonly string[] = lines) {
  const verdicts = createVerdicts();
  const reader = createMcmReader(verdicts);
  for (const line of lines) readLine(reader, line);
  const logs = recordingsOf(reader).map((recording) => decodeLog(encodeLog(recording, ""), "log").recording);
  const found = createLogCheck(logs, verdicts);
  for (const line of again) checkLine(found, line);
  return { found, differences: finishCheck(found) };
}

const line = (rc: object[], pt = 1) => JSON.stringify({ op: "mcm", pt, mc: [{ id: "1.1", rc }] });

describe("the second pass over a file", () => {
  it("agrees with every log that was compiled from it", () => {
    fc.assert(
      fc.property(streamLines, (lines) => {
        expect(check(lines).differences).toEqual([]);
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  it("counts every update of every market", () => {
    const { found } = check([line([{ id: 1, ltp: 2 }], 1), line([{ id: 1, ltp: 3 }], 2), line([], 3)]);
    expect(found.updates).toBe(3);
  });

  it.each([
    ["a size", [{ id: 1, atb: [[2, 10]] }], [{ id: 1, atb: [[2, 11]] }], "atb 1000 at 2, the line says 11"],
    [
      "a price",
      [{ id: 1, trd: [[2, 10]] }],
      [{ id: 1, trd: [[2.02, 10]] }],
      "trd 0 at 2.02, the line says 10",
    ],
    ["a last trade", [{ id: 1, ltp: 2 }], [{ id: 1, ltp: 3 }], "last traded 2, the line says 3"],
    ["a volume", [{ id: 1, tv: 2 }], [{ id: 1, tv: 4 }], "volume 200, the line says 4"],
    ["a runner", [{ id: 1, ltp: 2 }], [{ id: 2, ltp: 2 }], "runner 2/0: missing"],
    ["a level", [{ id: 1, batb: [[0, 2, 3]] }], [{ id: 1, batb: [[0, 2, 4]] }], "at the end: batb"],
    ["a waiting size", [{ id: 1, spb: [[2, 3]] }], [{ id: 1, spb: [[2, 5]] }], "at the end: spb"],
    ["a projected price", [{ id: 1, spn: 2 }], [{ id: 1, spn: "NaN" }], "projected 2 and NaN"],
  ])("finds %s that is not the file's", (_, before, after, what) => {
    const { differences } = check([line(before)], [line(after)]);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ marketId: "1.1", line: 1 });
    expect(differences[0].what).toContain(what);
  });

  it("finds a time that is not the file's, and updates that the file has not", () => {
    expect(check([line([], 5)], [line([], 6)]).differences[0]?.what).toBe("time 5, the line says 6");
    expect(check([line([], 5), line([], 6)], [line([], 5)]).differences[0]?.what).toBe("2 slots too many");
  });
});
