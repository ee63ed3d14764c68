import Table from "cli-table3";
import { stripControls } from "../core/text.js";
import { type Cell, type Column, cellOf, type Row, showCell, standsRight } from "./column.js";
import { displayWidth, pad, shorten, shortenStart } from "./display-width.js";

export interface TableStyle {
  /** Columns of the terminal; null for a pipe, where nothing is ever shortened. */
  readonly width: number | null;
  readonly color: boolean;
}

const GAP = 2;
// Narrower than this a text says nothing: the table is let run over instead.
const LEAST_TEXT = 6;
// cli-table3 takes time that grows with the square of the rows: 8 s for 5,000. What scrolls past is padded by us.
const SCREENFUL = 200;
// A rule under the headings, and no other line.
const LIGHT = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "─",
  "mid-mid": "  ",
  right: "",
  "right-mid": "",
  middle: "  ",
};

interface Layout {
  readonly column: Column;
  readonly right: boolean;
  readonly texts: readonly string[];
  /** May be shortened: a text, never a number. */
  readonly elastic: boolean;
  readonly natural: number;
}

/**
 * Rows as a light table: a rule under the headings, numbers to the right, no trailing space, a newline at the end.
 *
 * Fits `width` by shortening the widest texts with an ellipsis; numbers stay whole. With `width` null nothing is
 * shortened. Control characters in cells are removed; escapes appear only with `color`.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly Row[],
  { width, color }: TableStyle,
): string {
  const layouts = columns.map((column) => layOut(column, rows));
  const widths = fitWidths(layouts, width);
  const bodyRows = rows.map((_, i) =>
    layouts.map(({ texts, column }, c) => (column.keepsEnd ? shortenStart : shorten)(texts[i], widths[c])),
  );
  const heads = layouts.map(({ column }, c) => heading(shorten(column.title, widths[c]), color));
  const lines = [
    ...drawn(layouts, widths, heads, bodyRows.slice(0, SCREENFUL)),
    ...padded(layouts, widths, bodyRows.slice(SCREENFUL)),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function drawn(
  layouts: readonly Layout[],
  widths: readonly number[],
  heads: readonly string[],
  rows: readonly string[][],
): string[] {
  const table = new Table({
    chars: LIGHT,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
    head: [...heads],
    colAligns: layouts.map(({ right }) => (right ? "right" : "left")),
    colWidths: [...widths],
  });
  table.push(...rows);
  return table.toString().split("\n");
}

/** What `drawn` gives for body rows, in linear time. */
function padded(layouts: readonly Layout[], widths: readonly number[], rows: readonly string[][]): string[] {
  return rows.map((row) =>
    row.map((text, c) => pad(text, widths[c], layouts[c].right)).join(" ".repeat(GAP)),
  );
}

function heading(title: string, color: boolean): string {
  return color && title ? `\u001b[1m${title}\u001b[22m` : title;
}

function layOut(column: Column, rows: readonly Row[]): Layout {
  const cells: Cell[] = rows.map((row) => cellOf(row, column));
  const texts = cells.map((cell) => stripControls(showCell(cell, column.digits)));
  return {
    column,
    right: standsRight(column, cells),
    texts,
    elastic: cells.some((cell) => typeof cell === "string"),
    natural: texts.reduce((widest, text) => Math.max(widest, displayWidth(text)), displayWidth(column.title)),
  };
}

/** Shorten the widest text by one column again and again until the line fits or no text can give more. */
export function fitWidths(
  layouts: readonly { readonly natural: number; readonly elastic: boolean }[],
  width: number | null,
): number[] {
  const widths = layouts.map(({ natural }) => Math.max(1, natural));
  if (width === null) return widths;
  let excess = widths.reduce((sum, w) => sum + w, GAP * (widths.length - 1)) - width;
  for (; excess > 0; excess--) {
    const giver = widestElastic(layouts, widths);
    if (giver === -1) break;
    widths[giver]--;
  }
  return widths;
}

function widestElastic(layouts: readonly { readonly elastic: boolean }[], widths: readonly number[]): number {
  let widest = -1;
  layouts.forEach(({ elastic }, i) => {
    if (elastic && widths[i] > LEAST_TEXT && (widest === -1 || widths[i] > widths[widest])) widest = i;
  });
  return widest;
}
