import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column } from "../../src/report/column.js";
import { toCsv } from "../../src/report/csv.js";
import { toJson, toJsonl } from "../../src/report/json.js";
import { toMarkdown } from "../../src/report/markdown.js";

const columns: readonly Column[] = [
  { key: "team", title: "team" },
  { key: "edge", title: "edge", digits: 1 },
];
const safe = { raw: false };

/** A reader of RFC 4180 of its own: quotes doubled, separators and line ends inside quotes. */
function readCsv(text: string): string[][] {
  const records = [...text.matchAll(/("(?:[^"]|"")*"|[^,\n"]*)(,|\n)/g)];
  const rows: string[][] = [[]];
  for (const [, cell, end] of records) {
    rows[rows.length - 1].push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

describe("toCsv", () => {
  it("quotes separators, quotes and line ends, and writes numbers whole", () => {
    const rows = [
      { team: 'a "b", c', edge: 0.1234567890123 },
      { team: "x\ny", edge: -1 },
      { team: null, edge: null },
    ];
    expect(toCsv(columns, rows, safe)).toBe('team,edge\n"a ""b"", c",0.1234567890123\n"x\ny",-1\n,\n');
  });

  it.each(["=1+1", "+1", "-1+1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "\u001b=1"])(
    "defuses %j",
    (text) => {
      const cell = readCsv(toCsv(columns, [{ team: text, edge: 1 }], safe))[1][0];
      expect(cell.startsWith("'")).toBe(true);
      expect(cell.replace(/[\t\r]/g, "")).not.toMatch(/\p{Cc}/u);
    },
  );

  it("keeps numbers numbers, and every text with raw", () => {
    expect(toCsv(columns, [{ team: "=1", edge: -0.5 }], { raw: true })).toBe("team,edge\n=1,-0.5\n");
    expect(toCsv(columns, [{ team: "a", edge: -0.5 }], safe)).toBe("team,edge\na,-0.5\n");
    // Money is text with two decimals: still a number to a spreadsheet.
    expect(toCsv(columns, [{ team: "-10.00", edge: 1 }], safe)).toBe("team,edge\n-10.00,1\n");
  });

  it("gives back any text that is neither formula nor control", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
        (pairs) => {
          const rows = pairs.map(([team, edge]) => ({ team, edge }));
          const read = readCsv(toCsv(columns, rows, safe)).slice(1);
          expect(read.map(([team]) => team.replace(/^'/, ""))).toEqual(
            pairs.map(([team]) => team.replace(/^'/, "")),
          );
          expect(read.map(([, edge]) => Number(edge))).toEqual(pairs.map(([, edge]) => edge + 0));
        },
      ),
      { seed: 42 },
    );
  });
});

describe("toJson", () => {
  it("keeps the order of keys and ends in a newline", () => {
    expect(toJson({ schema: "statistico/x@1", b: 1, a: [0.1] })).toBe(
      '{\n  "schema": "statistico/x@1",\n  "b": 1,\n  "a": [\n    0.1\n  ]\n}\n',
    );
  });

  it("refuses a number that JSON cannot hold, however deep", () => {
    expect(() => toJson({ a: { b: [1, Number.NaN] } })).toThrow("1 must be finite in JSON, was NaN");
    expect(() => toJsonl([{ roi: Number.POSITIVE_INFINITY }])).toThrow("roi must be finite");
  });

  it("writes signs that a terminal obeys as escapes, which mean the same", () => {
    const document = { team: "\u001b[2J\u009b\u202eEvil\u007f" };
    const text = toJson(document);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(JSON.parse(text)).toEqual(document);
  });
});

describe("toJsonl", () => {
  it("writes an object a line", () => {
    expect(toJsonl([{ a: 1 }, { a: "x\ny" }])).toBe('{"a":1}\n{"a":"x\\ny"}\n');
  });
});

describe("toMarkdown", () => {
  it("sets numbers right and keeps a name from becoming a link, a tag or a column", () => {
    expect(toMarkdown(columns, [{ team: "[a](b)|<c>", edge: 0.25 }])).toBe(
      "| team | edge |\n| --- | --: |\n| \\[a\\](b)\\|&lt;c&gt; | 0.3 |\n",
    );
  });
});
