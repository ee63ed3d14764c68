import { parseCount, parseNumber } from "../../core/number.js";
import { collapseSpace } from "../../core/text.js";
import type { Cells } from "./cells.js";

/** An empty cell, or one beyond the end of its line. Prices and counts are never this. */
export const MISSING = Number.NEGATIVE_INFINITY;

const SPACE = 32;
const TILDE = 126;
const ZERO = 48;
const POINT = 46;
/** Up to fifteen digits are exact in a double, and so is their quotient by a power of ten, rounded once. */
const EXACT_DIGITS = 15;

/** Text of a cell, every kind of space trimmed and collapsed; "" when the line ends before it or the index is -1. */
export function cellText(cells: Cells, index: number): string {
  const raw = rawCell(cells, index);
  return isTidy(raw) ? raw : collapseSpace(raw);
}

/** Printable ASCII without a space at an end or beside another: already what `collapseSpace` makes of it. */
function isTidy(text: string): boolean {
  let previous = SPACE;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < SPACE || code > TILDE || (code === SPACE && previous === SPACE)) return false;
    previous = code;
  }
  return text === "" || previous !== SPACE;
}

/** Text of a cell as it stands. */
export function rawCell(cells: Cells, index: number): string {
  return index >= 0 && index < cells.count ? cells.text.slice(cells.starts[index], cells.ends[index]) : "";
}

/** True for a cell of nothing but space. Most cells start with a printable ASCII character and are settled by it. */
export function isEmptyCell(cells: Cells, index: number): boolean {
  if (index < 0 || index >= cells.count || cells.starts[index] === cells.ends[index]) return true;
  const first = cells.text.charCodeAt(cells.starts[index]);
  return (first <= SPACE || first > TILDE) && cellText(cells, index) === "";
}

/**
 * Number of a cell, exactly as `parseNumber` reads its trimmed text; MISSING when the cell is empty, NaN when it holds
 * anything else. Digits and one point, nearly every price there is, are read without making a string.
 */
export function cellNumber(cells: Cells, index: number): number {
  if (index < 0 || index >= cells.count) return MISSING;
  const { text } = cells;
  const start = cells.starts[index];
  const end = cells.ends[index];
  if (start === end) return MISSING;
  if (end - start > EXACT_DIGITS) return carefulNumber(cells, index, parseNumber);
  let value = 0;
  let scale = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      scale *= 10;
    } else if (code === POINT && scale === 0 && i > start) scale = 1;
    else return carefulNumber(cells, index, parseNumber);
  }
  return scale > 1 ? value / scale : value;
}

/** Whole number of a cell, exactly as `parseCount` reads its trimmed text; MISSING when empty, NaN for all else. */
export function cellCount(cells: Cells, index: number): number {
  if (index < 0 || index >= cells.count) return MISSING;
  const start = cells.starts[index];
  const end = cells.ends[index];
  if (start === end) return MISSING;
  if (end - start > 9) return carefulNumber(cells, index, parseCount);
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = cells.text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return carefulNumber(cells, index, parseCount);
    value = value * 10 + digit;
  }
  return value;
}

function carefulNumber(cells: Cells, index: number, parse: (text: string) => number | null): number {
  const text = cellText(cells, index);
  return text === "" ? MISSING : (parse(text) ?? Number.NaN);
}

/** True for a line of commas and spaces. */
export function isBlankLine(cells: Cells): boolean {
  for (let index = 0; index < cells.count; index++) if (!isEmptyCell(cells, index)) return false;
  return true;
}
