import { collapseSpace } from "../../../core/text.js";
import { cellText, isBlankLine } from "../cell.js";
import { createCells, splitCells } from "../cells.js";
import { decodeText } from "../decode.js";
import { type Lines, lineText, splitLines } from "../lines.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";

/** A line of a table by its columns' names; "" for a cell that is not there. */
export interface TableRow {
  readonly line: number;
  cell(name: string): string;
  raw(): string;
}

export interface Table {
  readonly kind: "table";
  readonly columns: readonly string[];
  /** Call `read` for every line below the header; null for a line of nothing but commas and space. */
  each(read: (row: TableRow | null, line: number) => void): void;
}

/**
 * A comma-separated table whose first line that is not empty names its columns; `needed` must be among them.
 *
 * Every physical line is read alone, so that a stray quote costs one row and never the rest.
 */
export function readTable(bytes: Uint8Array, needed: readonly string[]): Table | FeedRefusal {
  const text = decodeText(bytes);
  if (text.trim() === "") return refuseFeed("feed-empty", "the document is empty");
  if (/^\s*</.test(text)) return refuseFeed("feed-html-page", "a web page instead of a table");
  if (text.includes("\u0000")) return refuseFeed("feed-not-text", "not a text: it holds NUL bytes");
  const lines = splitLines(text);
  const header = lines.starts.findIndex((_, index) => lineText(lines, index).trim() !== "");
  const columns = cellsOf(lines, header);
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    return refuseFeed("feed-not-this", `no column ${missing.join(", ")} in the first line`);
  return { kind: "table", columns, each: (read) => eachRow(lines, header, columns, read) };
}

function cellsOf(lines: Lines, index: number): string[] {
  const cells = createCells();
  splitCells(cells, lines.text, lines.starts[index], lines.ends[index]);
  return Array.from({ length: cells.count }, (_, at) => cellText(cells, at));
}

function eachRow(
  lines: Lines,
  header: number,
  columns: readonly string[],
  read: (row: TableRow | null, line: number) => void,
): void {
  const places = new Map(columns.map((name, at) => [name, at]));
  const cells = createCells();
  for (let index = header + 1; index < lines.starts.length; index++) {
    splitCells(cells, lines.text, lines.starts[index], lines.ends[index]);
    const row: TableRow = {
      line: index + 1,
      cell: (name) => collapseSpace(cellText(cells, places.get(name) ?? -1)),
      raw: () => lineText(lines, index),
    };
    read(isBlankLine(cells) ? null : row, index + 1);
  }
}
