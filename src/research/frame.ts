import { StatisticoError } from "../core/errors.js";
import { parseNumber } from "../core/number.js";
import { nearest } from "../core/text.js";

export type Value = string | number | boolean | null;

/** Rows of named values for exploration: a query's answer, the bets of a run, ratings, prices. */
export interface Frame {
  /** In the order in which they are shown. */
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, Value>>[];
}

/** Rows as a frame with the columns of the first row. */
export function frameOf(rows: readonly Readonly<Record<string, Value>>[]): Frame {
  return { columns: rows.length === 0 ? [] : Object.keys(rows[0]), rows };
}

/** The columns that were asked for, all known. Throws StatisticoError with the nearest name for one that is not. */
export function knownColumns({ columns }: Frame, asked: readonly string[]): readonly string[] {
  const unknown = asked.find((name) => !columns.includes(name));
  if (unknown === undefined) return asked;
  const meant = nearest(unknown, columns)[0];
  throw new StatisticoError(
    "usage",
    `no such column, was "${unknown}"`,
    meant ? `did you mean ${meant}? the columns are ${columns.join(", ")}` : columns.join(", "),
  );
}

/**
 * A column as numbers, null where nothing is written. Numbers written as text count, as money is in a bets file.
 *
 * Throws StatisticoError for a column that holds a word.
 */
export function numbersOf(frame: Frame, column: string): (number | null)[] {
  knownColumns(frame, [column]);
  return frame.rows.map((row) => {
    const value = numberOf(row[column] ?? null);
    if (value !== "word") return value;
    throw new StatisticoError(
      "usage",
      `column ${column} holds words, was "${String(row[column]).slice(0, 40)}"`,
      `--group-by ${column}`,
    );
  });
}

/** The columns that hold numbers, one at least, and nothing else. */
export function numericColumns({ columns, rows }: Frame): readonly string[] {
  return columns.filter((column) => {
    const values = rows.map((row) => numberOf(row[column] ?? null));
    return values.some((value) => typeof value === "number") && !values.includes("word");
  });
}

function numberOf(value: Value): number | null | "word" {
  if (value === null || value === "") return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return parseNumber(value) ?? "word";
}
