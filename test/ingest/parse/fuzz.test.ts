import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFootballData } from "../../../src/ingest/parse/football-data.js";

// rows = records + row rejects + blank, exactly, whatever is in the file (reliability.md R9).

const HEADER =
  "Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,B365H,B365D,B365A,AHh,PAHH,PAHA,B365>2.5,B365<2.5,Referee";

const hostileCell = fc.oneof(
  fc.constantFrom(
    "E0",
    "10/08/2019",
    "2019-08-10",
    "Arsenal",
    "Burnley",
    "Leeds",
    "2",
    "1.5",
    "-0.75",
    "15:00",
    "H",
  ),
  fc.constantFrom(
    "",
    " ",
    '"',
    '"a,b"',
    'x"y',
    "1,5",
    "1e999",
    "NaN",
    "-1",
    "٣",
    "=1+1",
    "\u0000",
    "\ufeff",
    "\u001b[2J",
  ),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "Date",
    "Div",
    HEADER,
    "31/02/2020",
    "08/13/2019",
    "\u00a0",
    "A".repeat(3000),
  ),
  fc.string({ maxLength: 8 }),
);
const soundRow = fc
  .tuple(
    fc.constantFrom("Arsenal", "Burnley", "Leeds", "Everton"),
    fc.constantFrom("Wigan", "Derby", "Stoke"),
  )
  .map(([home, away]) => `E0,10/08/2019,15:00,${home},${away},2,1,H,1.5,4.2,7,-0.75,1.9,2,1.8,2.1,M Dean`);
const row = fc.oneof(
  soundRow,
  fc.array(hostileCell, { maxLength: 20 }).map((cells) => cells.join(",")),
  fc.constantFrom("", ",,,,", HEADER, "Div,Date,HomeTeam,AwayTeam", "Country,League,Season,Date,Home,Away"),
);
const lineBreak = fc.constantFrom("\n", "\r\n", "\r");

function balance(bytes: Uint8Array): { rows: number; sum: number; lines: number } | null {
  const file = parseFootballData(bytes, { name: "fuzz.csv" });
  if (file.kind === "refused") return null;
  for (const reject of file.rejects) {
    expect(reject.line).toBeGreaterThan(0);
    expect(reject.rule).not.toBe("");
    expect(reject.text).not.toBe("");
    expect(reject.raw.length).toBeLessThanOrEqual(2000);
  }
  const rowRejects = file.rejects.filter(({ scope }) => scope === "row");
  const accounted = [...file.records, ...rowRejects].map(({ line }) => line);
  expect(new Set(accounted).size).toBe(accounted.length);
  return { rows: file.rows, sum: accounted.length + file.blank, lines: new Set(accounted).size };
}

describe("fuzzed files", () => {
  it("balance", () => {
    const content = fc.tuple(fc.array(row, { minLength: 1, maxLength: 30 }), lineBreak);
    fc.assert(
      fc.property(content, ([rows, end]) => {
        const text = `${[HEADER, ...rows].join(end)}${end}`;
        const found = balance(new TextEncoder().encode(text));
        // An independent count: every line after the header, an empty one at the very end left out.
        const lines = text.split(/\r\n|\r|\n/).length - 2;
        if (found) expect([found.rows, found.sum]).toEqual([lines, lines]);
        else expect(rows.every((line) => /^[,\s\u00a0\ufeff]*$/.test(line))).toBe(true);
      }),
      { seed: 42, numRuns: 600 },
    );
  });

  it("survive any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, headed) => {
        const head = headed ? new TextEncoder().encode(`${HEADER}\n`) : new Uint8Array(0);
        const found = balance(Uint8Array.of(...head, ...bytes));
        if (found) expect(found.sum).toBe(found.rows);
      }),
      { seed: 42, numRuns: 600 },
    );
  });

  it("read the same twice", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), (rows) => {
        const bytes = new TextEncoder().encode([HEADER, ...rows].join("\n"));
        const read = () => parseFootballData(bytes, { name: "fuzz.csv" });
        expect(read()).toEqual(read());
      }),
      { seed: 42, numRuns: 100 },
    );
  });
});
