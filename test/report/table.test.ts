import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column } from "../../src/report/column.js";
import { displayWidth } from "../../src/report/display-width.js";
import { fitWidths, renderTable } from "../../src/report/table.js";

const columns: readonly Column[] = [
  { key: "team", title: "team" },
  { key: "price", title: "price", digits: 2 },
  { key: "because", title: "because" },
];
const rows = [
  { team: "Amber Fen", price: 2.1, because: "our price is shorter than the market's by a good deal" },
  { team: "Jade Gorge", price: 11, because: "the same" },
];
const pipe = { width: null, color: false };

describe("renderTable", () => {
  it("sets texts left, numbers right, a rule under the headings and no trailing space", () => {
    // Laid out by hand.
    expect(renderTable(columns, [{ team: "Amber Fen", price: 2.1, because: "x" }, { team: "B" }], pipe)).toBe(
      [
        "team       price  because",
        "─────────  ─────  ───────",
        "Amber Fen   2.10  x",
        "B              –  –",
        "",
      ].join("\n"),
    );
  });

  it("shortens the widest text to fit a terminal, never a number", () => {
    const lines = renderTable(columns, rows, { width: 40, color: false }).trimEnd().split("\n");
    expect(lines.map((line) => displayWidth(line)).every((width) => width <= 40)).toBe(true);
    expect(lines[2]).toBe("Amber Fen    2.10  our price is shorter…");
    const narrow = renderTable(columns, rows, { width: 5, color: false });
    expect(narrow).toContain("11.00");
  });

  it("never shortens in a pipe", () => {
    expect(renderTable(columns, rows, pipe)).toContain(rows[0].because);
  });

  it("writes no escape without colour, and bold headings alone with it", () => {
    const hostile = [{ team: "\u001b]0;x\u0007\u001b[2J\u009bEvil\u202e", price: 1, because: "a\nb" }];
    const plain = renderTable(columns, hostile, pipe);
    expect(plain.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(plain.trimEnd().split("\n")).toHaveLength(3);
    const coloured = renderTable(columns, hostile, { width: null, color: true });
    // Three headings, each switched on and off; the escapes of the name are gone.
    expect(coloured.split("\u001b[1m")).toHaveLength(4);
    expect(coloured.split("\u001b")).toHaveLength(7);
  });

  it("draws long tables as short ones: the rows beyond a screenful stand where the first ones do", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ team: fc.string({ maxLength: 12 }), price: fc.double({ min: 1, max: 99 }) }), {
          minLength: 1,
          maxLength: 5,
        }),
        (few) => {
          const many = Array.from({ length: 60 }, () => few).flat();
          const long = Array.from({ length: Math.ceil(400 / many.length) }, () => many).flat();
          const lines = renderTable(columns.slice(0, 2), long, pipe).split("\n").slice(2);
          for (let i = 0; i + few.length < long.length; i++) expect(lines[i + few.length]).toBe(lines[i]);
        },
      ),
      { seed: 42, numRuns: 12 },
    );
  });

  it("counts wide signs as two columns", () => {
    expect(displayWidth("日本 FC")).toBe(7);
    expect(displayWidth("e\u0301")).toBe(1);
    const lines = renderTable(
      [
        { key: "team", title: "team" },
        { key: "n", title: "n" },
      ],
      [{ team: "日本", n: 1 }],
      pipe,
    );
    expect(lines).toContain("日本  1");
  });

  it("refuses what is no cell", () => {
    expect(() => renderTable(columns, [{ team: "x", price: Number.NaN }], pipe)).toThrow(
      "column price holds NaN",
    );
    expect(() => renderTable(columns, [{ team: ["x"] }], pipe)).toThrow("column team");
  });
});

describe("fitWidths", () => {
  it("takes from the widest text first and stops at six columns", () => {
    const layouts = [
      { natural: 20, elastic: true },
      { natural: 10, elastic: false },
      { natural: 12, elastic: true },
    ];
    // 20 + 10 + 12 and two gaps of 2 are 46.
    expect(fitWidths(layouts, 46)).toEqual([20, 10, 12]);
    expect(fitWidths(layouts, 40)).toEqual([14, 10, 12]);
    expect(fitWidths(layouts, 36)).toEqual([11, 10, 11]);
    expect(fitWidths(layouts, 10)).toEqual([6, 10, 6]);
    expect(fitWidths(layouts, null)).toEqual([20, 10, 12]);
  });
});
