import { correlate } from "./correlation.js";
import { type Frame, knownColumns, numbersOf, numericColumns, type Value } from "./frame.js";
import { groupBy } from "./group.js";
import { summarise } from "./summary.js";

/** A row of an answer: plain values, ready for a table or a file. */
export type AnswerRow = Readonly<Record<string, Value>>;

/** A row a column: count, mean with its interval, spread and quantiles. All numeric columns when none is named. */
export function describeFrame(frame: Frame, columns: readonly string[]): AnswerRow[] {
  return describedColumns(frame, columns).map((column) => ({
    column,
    ...summarise(numbersOf(frame, column)),
  }));
}

/** A row a group and described column; a row a group with its count alone when none is described. */
export function describeGroups(
  frame: Frame,
  keys: readonly string[],
  columns: readonly string[] | null,
): AnswerRow[] {
  const described = columns === null ? null : describedColumns(frame, columns);
  return groupBy(frame, keys).flatMap(({ key, frame: group }): AnswerRow[] =>
    described === null
      ? [{ ...key, rows: group.rows.length }]
      : described.map((column) => ({ ...key, column, ...summarise(numbersOf(group, column)) })),
  );
}

/** A row a pair of columns, each pair once. */
export function correlateColumns(frame: Frame, columns: readonly string[]): AnswerRow[] {
  return columns.flatMap((first, i) =>
    columns
      .slice(i + 1)
      .map((second) => ({ first, second, ...correlate(numbersOf(frame, first), numbersOf(frame, second)) })),
  );
}

/** The columns to describe: those named, or all that hold numbers. */
export function describedColumns(frame: Frame, columns: readonly string[]): readonly string[] {
  return columns.length > 0 ? knownColumns(frame, columns) : numericColumns(frame);
}
