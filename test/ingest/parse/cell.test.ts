import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCount, parseNumber } from "../../../src/core/number.js";
import { collapseSpace } from "../../../src/core/text.js";
import {
  cellCount,
  cellNumber,
  cellText,
  isBlankLine,
  isEmptyCell,
  MISSING,
  rawCell,
} from "../../../src/ingest/parse/cell.js";
import { type Cells, createCells, splitCells } from "../../../src/ingest/parse/cells.js";

function split(line: string): { cells: Cells; texts: string[]; isSound: boolean } {
  const cells = createCells();
  const isSound = splitCells(cells, line, 0, line.length);
  return { cells, texts: Array.from({ length: cells.count }, (_, index) => rawCell(cells, index)), isSound };
}

describe("splitCells", () => {
  it.each([
    ["a,b,c", ["a", "b", "c"], true],
    ["", [""], true],
    [",,", ["", "", ""], true],
    ['x,"Baines, S. J.",14', ["x", "Baines, S. J.", "14"], true],
    ['"a ""b"" c",""', ['a "b" c', ""], true],
    ['"","x"', ["", "x"], true],
    // A stray quote costs its own cell and nothing else.
    ['a,"b,c', ["a", '"b', "c"], false],
    ['a,5" nails,c', ["a", '5" nails', "c"], false],
    ['a,"b"x,c', ["a", '"b"x', "c"], false],
    ['"', ['"'], false],
    ['"a,b,"c d"', ['"a', "b", "c d"], false],
  ])("splits %j", (line, texts, isSound) => {
    expect(split(line)).toMatchObject({ texts, isSound });
  });

  it("reads its own span of a longer text", () => {
    const cells = createCells();
    splitCells(cells, "head\na,b\ntail", 5, 8);
    expect([cells.count, rawCell(cells, 0), rawCell(cells, 1), rawCell(cells, 2)]).toEqual([2, "a", "b", ""]);
  });

  it("grows for lines of thousands of cells, quoted or not", () => {
    const texts = Array.from({ length: 5000 }, (_, index) => String(index));
    expect(split(texts.join(",")).texts).toEqual(texts);
    expect(split(texts.map((text) => `"${text}"`).join(",")).texts).toEqual(texts);
  });

  it("undoes RFC 4180 quoting of any cells", () => {
    const cell = fc.string().filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (texts) => {
        const line = texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(",");
        expect(split(line)).toMatchObject({ texts, isSound: true });
      }),
      { seed: 42 },
    );
  });

  it("loses no character of a line without quotes", () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        fc.pre(!line.includes('"'));
        expect(split(line).texts).toEqual(line.split(","));
      }),
      { seed: 42 },
    );
  });
});

/** Texts near to numbers: digits, points, signs, spaces and what else turns up in such cells. */
const numberLike = fc.string({
  unit: fc.constantFrom(..."00123456789999....--+ \u00a0\u2009eE٣x`"),
  maxLength: 20,
});

describe("numbers of cells", () => {
  it("are read exactly as the strict rule reads the trimmed text", () => {
    fc.assert(
      fc.property(numberLike, (text) => {
        const { cells } = split(text);
        const trimmed = collapseSpace(text);
        const number = trimmed === "" ? MISSING : (parseNumber(trimmed) ?? Number.NaN);
        const count = trimmed === "" ? MISSING : (parseCount(trimmed) ?? Number.NaN);
        expect(cellNumber(cells, 0)).toBe(number);
        expect(cellCount(cells, 0)).toBe(count);
      }),
      { seed: 42, numRuns: 5000 },
    );
  });

  it("are exact for every price of up to fifteen digits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999 }),
        fc.integer({ min: 0, max: 99_999 }),
        (whole, part) => {
          const text = `${whole}.${part}`;
          expect(cellNumber(split(text).cells, 0)).toBe(Number(text));
        },
      ),
      { seed: 42, numRuns: 2000 },
    );
  });

  it.each(["3,5", "1e999", "0x10", "NaN", "Infinity", "1 000", "٣", "3.53.75", "c", "`", "--1", "1.5."])(
    "are never read by accident, was %j",
    (text) => {
      expect(cellNumber(split(`"${text}"`).cells, 0)).toBeNaN();
    },
  );

  it("are missing beyond the line and in absent columns", () => {
    const { cells } = split("1,2");
    expect([cellNumber(cells, 2), cellNumber(cells, -1), cellCount(cells, 2)]).toEqual([
      MISSING,
      MISSING,
      MISSING,
    ]);
  });
});

describe("texts of cells", () => {
  it("are what collapseSpace makes of them", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab c  \t\u00a0\ufeffüß"), maxLength: 12 });
    fc.assert(
      fc.property(text, (cell) => {
        const { cells } = split(cell);
        expect(cellText(cells, 0)).toBe(collapseSpace(cell));
        expect(isEmptyCell(cells, 0)).toBe(collapseSpace(cell) === "");
      }),
      { seed: 42, numRuns: 1000 },
    );
  });

  it("make a blank line when all are empty", () => {
    expect(isBlankLine(split(", ,\u00a0,\t,").cells)).toBe(true);
    expect(isBlankLine(split("").cells)).toBe(true);
    expect(isBlankLine(split(",,0").cells)).toBe(false);
  });
});
