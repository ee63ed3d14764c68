import { parseNumber } from "../core/number.js";
import { type Cell, type Column, cellOf, type Row } from "./column.js";

export interface CsvStyle {
  /** Leave text as it is, formulas included: for programs, not for spreadsheets. */
  readonly raw: boolean;
}

/**
 * Rows as CSV with a header, quoted as in RFC 4180; lines end in a newline alone, as line tools expect.
 *
 * Numbers are written whole, null is empty. Unless `raw`, a text that a spreadsheet would take for a formula (it
 * starts with = + - @, a tab, a carriage return or NUL) gets a leading apostrophe, and control characters that could
 * reach a terminal are removed. Source of the list: OWASP, CSV Injection.
 */
export function toCsv(columns: readonly Column[], rows: readonly Row[], { raw }: CsvStyle): string {
  const header = columns.map(({ key }) => quoteCell(key)).join(",");
  const lines = rows.map((row) => columns.map((column) => csvCell(cellOf(row, column), raw)).join(","));
  return [header, ...lines].map((line) => `${line}\n`).join("");
}

function csvCell(cell: Cell, raw: boolean): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  return quoteCell(raw ? cell : neutralise(cell));
}

// A quoted cell may hold these; a terminal only moves on.
const LAYOUT_SIGNS = "\t\r\n";

/** Text that no spreadsheet runs and no terminal obeys. A number written as text stays a number: "-10.00". */
export function neutralise(text: string): string {
  if (parseNumber(text) !== null) return text;
  const shown = text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    LAYOUT_SIGNS.includes(sign) ? sign : "",
  );
  return opensFormula(text) || opensFormula(shown) ? `'${shown}` : shown;
}

function opensFormula(text: string): boolean {
  return ["=", "+", "-", "@", "\t", "\r", "\0"].includes(text.charAt(0));
}

function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
