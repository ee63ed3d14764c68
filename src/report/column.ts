import { invariant } from "../core/assert.js";

/** A column of a table, a CSV or a Markdown file. */
export interface Column {
  /** Which field of a row it shows; its name in CSV. */
  readonly key: string;
  /** Heading in a table; "" for none. */
  readonly title: string;
  /** Left out: right when every value is a number, else left. */
  readonly align?: "left" | "right";
  /** Of a text too long for the terminal, its end is shown: for paths. */
  readonly keepsEnd?: boolean;
  /** Decimals in tables and Markdown; CSV and JSON carry the number whole. */
  readonly digits?: number;
}

/** A row: fields that no column names are not shown. */
export type Row = Readonly<Record<string, unknown>>;

export type Cell = string | number | boolean | null;

/** The value of a column in a row; a missing field is null. Throws InvariantError for what is no cell, NaN included. */
export function cellOf(row: Row, { key }: Column): Cell {
  const value = row[key] ?? null;
  invariant(value === null || isCell(value), `column ${key} holds ${String(value)}, not a cell`);
  return value;
}

/** A cell as a person reads it; `null` is a dash. */
export function showCell(cell: Cell, digits?: number): string {
  if (cell === null) return "–";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return typeof cell === "number" ? showNumber(cell, digits) : cell;
}

/** Whether the column stands right: said so, or numbers only. */
export function standsRight(column: Column, cells: readonly Cell[]): boolean {
  if (column.align) return column.align === "right";
  return (
    cells.some((cell) => cell !== null) && cells.every((cell) => cell === null || typeof cell === "number")
  );
}

/** A number with a fixed count of decimals, or in full; never "-0". */
export function showNumber(value: number, digits?: number): string {
  invariant(Number.isFinite(value), `a number to show must be finite, was ${value}`);
  const text = digits === undefined ? String(value) : value.toFixed(digits);
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

function isCell(value: unknown): value is Cell {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
